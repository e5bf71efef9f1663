"""A rules file as large as any board will write, made up but always the same."""

from collections.abc import Mapping
from itertools import count

from rules.language.ruleset import RuleSet, language
from rules.level import Level

_AGES = (3, 7, 13, 16, 18)


def generated(*, rules: int, questions: int) -> RuleSet:
    """So many rules over so many questions: pairs, counts, ages, and parts within parts."""
    names = [f"q{number}" for number in range(questions)]
    tree = {
        "name": "Påhittade regler",
        "version": "1",
        "levels": {level.value: _promise(level) for level in Level},
        "areas": {"allt": "Allt"},
        "indicators": [_question(name) for name in names],
        "facts": [{"id": "alder", "type": "int", "min": 0, "max": 130}],
        "rules": [_rule(number, names) for number in range(rules)],
    }
    return language(tree, {})


def _promise(level: Level) -> Mapping[str, object]:
    return {"name": level.value, "handle_within": "4 h", "hub": False, "source": "praxis"}


def _question(name: str) -> Mapping[str, object]:
    return {"id": name, "area": "allt", "kind": "risk", "ask": f"{name}?", "from": "praxis"}


def _rule(number: int, names: list[str]) -> Mapping[str, object]:
    return {
        "rule": f"regel-{number}",
        "level": list(Level)[number % len(Level)].value,
        "when": _when(number, names),
        "because": "Därför.",
        "source": "praxis",
        "fires": [{names[0]: "ja"}],
        "silent": [{names[0]: "nej"}],
    }


def _when(number: int, names: list[str]) -> object:
    lap = number // len(names)
    some = (names[(number * 11 + lap * 5 + turn * (7 + 2 * lap)) % len(names)] for turn in count())
    one, two, three = (next(some) for _ in range(3))
    limit = _AGES[number // 5 % len(_AGES)]
    age = {"fact": "alder", "below": limit, "if_unknown": number % 2 == 0}
    apart = 3 + 4 * lap
    many = list(dict.fromkeys(names[(number + turn * apart) % len(names)] for turn in range(18)))
    match number % 5:
        case 0:
            return {"all": [one, two]}
        case 1:
            return {"at_least": 2, "of": [one, two, three]}
        case 2:
            return {"all": [one, age]}
        case 3:
            return {"all": [one, {"any": [two, {"all": [three, age]}]}]}
        case _:
            return {"at_least": 5, "of": many}

"""Made-up rules files and concerns: every operator, level, type of fact, group, number and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from hypothesis import strategies as st

from rules.answer import Answer, Value

QUESTIONS = {
    "a": ("risk", "hem"),
    "b": ("risk", "hem"),
    "c": ("risk", "skola"),
    "d": ("risk", "skola"),
    "e": ("handelse", "skola"),
    "f": ("skydd", "hem"),
}
FACTS: list[dict[str, Any]] = [
    {"id": "tal", "type": "int", "min": 0, "max": 6},
    {"id": "dag", "type": "date", "earliest": "2026-01-01", "latest": "2026-12-31"},
    {"id": "sant", "type": "bool"},
    {"id": "ord", "type": "enum", "values": ["x", "y", "z"]},
]
GROUPS = {"en": ["a", "b", "c"], "tva": ["b", "c", "d", "e"]}
PARAMETERS = {
    "fast": {"value": 2, "because": "Två."},
    "rorlig": {
        "values": [
            {"value": 1, "because": "Ett.", "valid_until": "2026-06-30"},
            {"value": 3, "because": "Tre.", "valid_from": "2026-07-01"},
        ]
    },
}
DAYS = ("2026-02-28", "2026-03-01", "2026-06-30", "2026-07-01", "2026-12-31")
SOURCES = ("mottagning", "skola", "barnet", "vardnadshavare")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A rules file as text, and one concern."""

    rules: str
    facts: Mapping[str, Any]
    answers: Mapping[str, Answer]
    day: date


_questions = st.sampled_from(sorted(QUESTIONS))
_days = st.sampled_from(DAYS)


def _counted(of: Any, many: int) -> st.SearchStrategy[Any]:
    numbers: st.SearchStrategy[Any] = st.integers(1, many)
    if many >= 3:
        numbers |= st.sampled_from([{"parameter": name} for name in PARAMETERS])
    return numbers.map(lambda number: {"at_least": number, "of": of})


_lists = st.lists(_questions, min_size=1, unique=True).flatmap(
    lambda names: _counted(names, len(names))
)
_counts = (
    _lists
    | st.sampled_from(sorted(GROUPS)).flatmap(
        lambda name: _counted({"group": name}, len(GROUPS[name]))
    )
    | _counted({"kind": "risk"}, 4)
    | _counted({"area": "hem"}, 2)
    | _counted({"kind": "handelse", "area": "skola"}, 1)
)


def _compared(fact: str, words: tuple[str, str], limits: st.SearchStrategy[Any]) -> Any:
    return st.builds(
        lambda word, limit, unknown: {"fact": fact, word: limit, **unknown},
        st.sampled_from(words),
        limits,
        _unknown,
    )


_unknown = st.sampled_from([{}, {"if_unknown": True}, {"if_unknown": False}])
_limits = st.integers(1, 6) | st.sampled_from([{"parameter": name} for name in PARAMETERS])
_facts = (
    _compared("tal", ("below", "at_least"), _limits)
    | _compared("dag", ("before", "from"), _days)
    | st.builds(
        lambda it, unknown: {"fact": "sant", "equals": it, **unknown}, st.booleans(), _unknown
    )
    | st.builds(
        lambda values, unknown: {"fact": "ord", "in": values, **unknown},
        st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, unique=True),
        _unknown,
    )
)


def _trees(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return (
        parts.map(lambda it: {"all": it})
        | parts.map(lambda it: {"any": it})
        | inner.map(lambda it: {"not": it})
    )


_whens = st.recursive(_questions | _counts | _facts, _trees, max_leaves=7)
_levels = st.sampled_from(["grön", "orange", "röd"])
_times = st.sampled_from(
    [
        {},
        {},
        {"valid_from": "2026-03-01"},
        {"valid_until": "2026-06-30"},
        {"valid_from": "2026-03-01", "valid_until": "2026-06-30"},
    ]
)


def _rule(name: str, says: tuple[str, Any], times: Mapping[str, str]) -> dict[str, Any]:
    level, when = says
    stated = {} if when is None else {"when": when}
    because = {"because": "Därför.", "source": "praxis"}
    return {
        "rule": name,
        "level": level,
        **stated,
        **because,
        **times,
        "fires": [{}],
        "silent": [{}],
    }


def _file(drawn: list[tuple[tuple[str, Any], Any]], precaution: Any) -> str:
    promise = {"name": "N", "handle_within": "4 h", "hub": True, "source": "praxis"}
    tree = {
        "name": "Slumpade regler",
        "version": "1",
        "levels": {level: dict(promise) for level in ("röd", "orange", "grön")},
        "areas": {"hem": "Hemmet", "skola": "Skolan"},
        "indicators": [
            {"id": name, "area": area, "kind": kind, "ask": f"Stämmer {name}?", "from": "praxis"}
            for name, (kind, area) in QUESTIONS.items()
        ],
        "facts": FACTS,
        "groups": GROUPS,
        "parameters": PARAMETERS,
        **({"precaution": _rule("ingen-vet", precaution, {})} if precaution else {}),
        "rules": [_rule(f"r{n}", says, times) for n, (says, times) in enumerate(drawn)],
    }
    return str(yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100))


class _Plain(yaml.SafeDumper):
    """No anchors: the language does not have them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_undated = st.recursive(_questions | _lists, _trees, max_leaves=3)
_files = st.builds(
    _file,
    st.lists(st.tuples(st.tuples(_levels, _whens), _times), min_size=1, max_size=5),
    st.none() | st.tuples(_levels, st.none() | _undated.filter(lambda it: "rorlig" not in str(it))),
)
_answers = st.dictionaries(
    _questions, st.builds(Answer, st.sampled_from(Value), st.sampled_from(SOURCES))
)
_known = st.fixed_dictionaries(
    {},
    optional={
        "tal": st.none() | st.integers(0, 6),
        "dag": st.none() | _days,
        "sant": st.none() | st.booleans(),
        "ord": st.none() | st.sampled_from(["x", "y", "z"]),
    },
)

drawn: st.SearchStrategy[Drawn] = st.builds(
    Drawn, _files, _known, _answers, _days.map(date.fromisoformat)
)

"""The smallest change that gives another level is the one found by trying every change."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, product

from hypothesis import given, settings

from rules.engines.changes import MOST_CHANGES
from rules.engines.counterfactual import Counterfactuals, Way
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar
from rules.level import Level, highest
from tests.rules import language

Key = tuple[int, int, int, list[int]]
State = tuple[Scalar | None, ...]
Changed = tuple[tuple[str, Scalar | None], ...]
NAMES = (*language.QUESTIONS, *language.WORDS.facts)
VALUES: dict[str, tuple[Scalar | None, ...]] = {
    "n": (0, 1, 2, 3, 4, 5, None),
    "flag": (True, False, None),
    "word": ("x", "y", "z", None),
}
ANSWERS: tuple[Scalar | None, ...] = (True, False, None)


class Tried:
    """Another program for the same: it tries every set of changes, the smallest first."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._levels = {rule.id: rule.level for rule in ruleset.all_rules}
        self._oracle = Oracle(ruleset.all_rules)
        self.certain = cache(self._certain)
        self.level = cache(self._level)

    def least(self, situation: Situation, wanted: Callable[[Level], bool]) -> Key | None:
        """How good the best set of changes is; None when none of so many changes gives it."""
        was = known(situation)
        for size in range(1, MOST_CHANGES + 1):
            fit = (it for it in changes(was, size) if wanted(self.level(after(was, it))))
            if (best := min((key(was, it) for it in fit), default=None)) is not None:
                return best
        return None

    def _level(self, state: State) -> Level:
        """What is certain by the rules that hold, or by every way to answer the rest."""
        open_ = [n for n, name in enumerate(NAMES) if name not in VALUES and state[n] is None]
        every = []
        for said in product((True, False), repeat=len(open_)):
            new = dict(zip(open_, said, strict=True))
            every.append(self.certain(tuple(new.get(n, it) for n, it in enumerate(state))))
        return highest(self.certain(state), min(every, key=lambda level: level.rank))

    def _certain(self, state: State) -> Level:
        named = dict(zip(NAMES, state, strict=True))
        answers = {n: v is True for n, v in named.items() if n not in VALUES and v is not None}
        situation = Situation(answers, {name: named[name] for name in VALUES})
        return highest(*(self._levels[name] for name in self._oracle.fire(situation)))


def known(situation: Situation) -> State:
    return tuple({**situation.facts, **situation.answers}.get(name) for name in NAMES)


def changes(was: State, size: int) -> Iterator[Changed]:
    for numbers in combinations(range(len(NAMES)), size):
        others = [
            [(NAMES[n], value) for value in VALUES.get(NAMES[n], ANSWERS) if value is not was[n]]
            for n in numbers
        ]
        yield from product(*others)


def after(was: State, changed: Changed) -> State:
    new = dict(changed)
    return tuple(new.get(name, it) for name, it in zip(NAMES, was, strict=True))


def key(was: State, changed: Changed) -> Key:
    """Fewest, then fewest facts, then fewest changed answers, then by the order of the file."""
    facts = sum(name in VALUES for name, _ in changed)
    altered = sum(name not in VALUES and was[NAMES.index(name)] is not None for name, _ in changed)
    return len(changed), facts, altered, sorted(place(was, *it) for it in changed)


def place(was: State, name: str, value: Scalar | None) -> int:
    """Ja before nej before none; a number by how far it lies from the one that was."""
    number = NAMES.index(name)
    if name != "n":
        return 20 * number + list(VALUES.get(name, ANSWERS)).index(value)
    old = int(was[number] or 0)
    far = 19 if value is None else 2 * abs(int(value) - old) + (int(value) > old)
    return 20 * number + far


def quality(way: Way, situation: Situation) -> Key:
    return key(known(situation), tuple((change.name, change.then) for change in way.changes))


rulesets = language.rulesets(language.anything)


@settings(max_examples=language.FEW)
@given(ruleset=rulesets, situation=language.situations)
def test_the_smallest_change_to_a_higher_level_is_the_one_found_by_trying_them_all(
    ruleset: RuleSet, situation: Situation
) -> None:
    found, tried = Counterfactuals(ruleset), Tried(ruleset)
    level = found.level(situation)

    assert level is tried.level(known(situation))
    for target in (it for it in Level if it.above(level)):
        ways = found.up(situation, target)
        best = tried.least(situation, lambda it, target=target: it is target)  # type: ignore[misc]
        assert (quality(ways[0], situation) if ways else None) == best
        assert all(way.level is target for way in ways)
        assert len({len(way.changes) for way in ways}) <= 1


@settings(max_examples=language.FEW)
@given(ruleset=rulesets, situation=language.situations)
def test_the_smallest_change_to_a_lower_level_is_the_one_found_by_trying_them_all(
    ruleset: RuleSet, situation: Situation
) -> None:
    found, tried = Counterfactuals(ruleset), Tried(ruleset)
    level = found.level(situation)

    way = found.down(situation, level)

    best = tried.least(situation, level.above)
    assert (quality(way, situation) if way else None) == best


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets(language.monotone), situation=language.situations)
def test_the_answers_that_raise_only_together_are_the_smallest_sets_that_do(
    ruleset: RuleSet, situation: Situation
) -> None:
    found, tried = Counterfactuals(ruleset), Tried(ruleset)
    was, level = known(situation), found.level(situation)
    open_ = [name for name in language.QUESTIONS if name not in situation.answers]
    fewest = {}
    for target in (it for it in Level if it.above(level)):
        sizes = [
            len(chosen)
            for size in range(1, len(open_) + 1)
            for chosen in combinations(open_, size)
            if not target.above(tried.level(after(was, tuple((name, True) for name in chosen))))
        ]
        fewest[target] = min(sizes, default=99)

    together = found.together(situation, level)

    expected = {
        target: size
        for target, size in fewest.items()
        if 1 < size <= MOST_CHANGES
        and all(size < other for it, other in fewest.items() if it.above(target))
    }
    assert {it.level: len(it.answers) for it in together} == expected
    for it in together:
        answers = tuple((question.indicator, question.answer == "ja") for question in it.answers)
        assert tried.level(after(was, answers)) is it.level

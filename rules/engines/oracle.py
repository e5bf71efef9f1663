"""The second engine: plain Python closures over the syntax tree, three-valued (strong Kleene)."""

from collections.abc import Callable, Iterable

from rules.engines.situation import Situation
from rules.engines.touching import NOTHING_KNOWN, Touching
from rules.language.rule import Rule
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    OneOf,
    Side,
    Unanswered,
)

Truth = bool | None
Test = Callable[[Situation], Truth]


class Oracle:
    """Answers which rules hold; shares nothing with the live engine but the tree."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        known = tuple(rules)
        self._tests = [(rule.id, compile_test(rule.when)) for rule in known]
        self._touching = Touching(rule.when for rule in known)
        blank = ((number, test(NOTHING_KNOWN)) for number, (_, test) in enumerate(self._tests))
        self._of_nothing = frozenset(number for number, truth in blank if truth is True)

    def fire(self, situation: Situation) -> frozenset[str]:
        """The ids of the rules that are true, not merely possible."""
        touched = self._touching.numbers(situation)
        tests = [self._tests[number] for number in touched]
        untouched = [self._tests[number][0] for number in self._of_nothing - touched]
        return frozenset((*untouched, *(name for name, test in tests if test(situation) is True)))


def compile_test(condition: Condition) -> Test:
    """A function that is True, False or None (unknown) for a situation."""
    match condition:
        case Answered(indicator):
            return lambda situation: situation.answers.get(indicator)
        case AtLeast(count, indicators):
            return _at_least(count, indicators)
        case Unanswered(indicators):
            return lambda situation: situation.answers.keys().isdisjoint(indicators)
        case Bound():
            return _bound(condition)
        case OneOf(fact, values, if_unknown):
            return _one_of(fact, frozenset(values), if_unknown)
        case All() | AnyOf() | Not():
            return _combined(condition)


def _combined(condition: All | AnyOf | Not) -> Test:
    match condition:
        case All(parts):
            return _all([compile_test(part) for part in parts])
        case AnyOf(parts):
            return _any([compile_test(part) for part in parts])
        case Not(part):
            return _not(compile_test(part))


def _at_least(count: int, indicators: tuple[str, ...]) -> Test:
    def test(situation: Situation) -> Truth:
        answers = list(map(situation.answers.get, indicators))
        if answers.count(True) >= count:
            return True
        return False if len(answers) - answers.count(False) < count else None

    return test


def _bound(condition: Bound) -> Test:
    fact, limit, below = condition.fact, condition.limit, condition.side is Side.BELOW

    def test(situation: Situation) -> Truth:
        value = situation.facts.get(fact)
        if value is None:
            return True if condition.if_unknown else None
        return (int(value) < limit) is below

    return test


def _one_of(fact: str, values: frozenset[object], if_unknown: bool) -> Test:
    def test(situation: Situation) -> Truth:
        value = situation.facts.get(fact)
        if value is None:
            return True if if_unknown else None
        return value in values

    return test


def _all(tests: list[Test]) -> Test:
    def test(situation: Situation) -> Truth:
        whole: Truth = True
        for part in tests:
            truth = part(situation)
            if truth is False:
                return False
            if truth is None:
                whole = None
        return whole

    return test


def _any(tests: list[Test]) -> Test:
    def test(situation: Situation) -> Truth:
        whole: Truth = False
        for part in tests:
            truth = part(situation)
            if truth is True:
                return True
            if truth is None:
                whole = None
        return whole

    return test


def _not(inner: Test) -> Test:
    def test(situation: Situation) -> Truth:
        truth = inner(situation)
        return None if truth is None else not truth

    return test

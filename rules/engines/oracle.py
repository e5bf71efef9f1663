"""The second engine: plain Python closures over the syntax tree, three-valued (strong Kleene)."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from typing import assert_never

from rules.engines.situation import Situation
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
Reply = tuple[str, bool]
_Tested = tuple[str, Test]


class Oracle:
    """Answers which rules hold; shares nothing with the live engine but the tree."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._always: set[_Tested] = set()
        self._by_reply: dict[Reply, set[_Tested]] = {}
        for rule in rules:
            tested, needed = (rule.id, compile_test(rule.when)), one_needed(rule.when)
            for reply in needed or ():
                self._by_reply.setdefault(reply, set()).add(tested)
            if needed is None:
                self._always.add(tested)

    def fire(self, situation: Situation) -> frozenset[str]:
        """The ids of the rules that are true, not merely possible."""
        woken = [
            self._by_reply[reply] for reply in situation.answers.items() if reply in self._by_reply
        ]
        tried = self._always.union(*woken)
        return frozenset([name for name, test in tried if test(situation) is True])


def one_needed(condition: Condition, holds: bool = True) -> frozenset[Reply] | None:
    """Answers without one of which the condition is never true (or false); None without such."""
    match condition:
        case Not(part):
            return one_needed(part, not holds)
        case All(parts) | AnyOf(parts):
            needed = [one_needed(part, holds) for part in parts]
            known = [replies for replies in needed if replies is not None]
            if isinstance(condition, All) is holds:
                return min(known, key=len, default=None)
            return frozenset().union(*known) if len(known) == len(needed) else None
        case Answered(indicator):
            return frozenset([(indicator, holds)])
        case AtLeast(_, indicators):
            return frozenset((name, holds) for name in indicators)
        case Unanswered(indicators):
            return None if holds else frozenset(product(indicators, (True, False)))
        case Bound() | OneOf():
            return None
        case _:
            assert_never(condition)


def compile_test(condition: Condition) -> Test:
    """A function that is True, False or None (unknown) for a situation."""
    match condition:
        case Answered(indicator):
            return lambda situation: situation.answers.get(indicator)
        case AtLeast(count, indicators):
            return _at_least(count, indicators)
        case Unanswered(indicators):
            return partial(_unanswered, frozenset(indicators))
        case Bound():
            return _bound(condition)
        case OneOf(fact, values, if_unknown):
            return _one_of(fact, frozenset(values), if_unknown)
        case All() | AnyOf() | Not():
            return _combined(condition)
        case _:
            assert_never(condition)


def _combined(condition: All | AnyOf | Not) -> Test:
    match condition:
        case All(parts):
            return _all([compile_test(part) for part in parts])
        case AnyOf(parts):
            return _any([compile_test(part) for part in parts])
        case Not(part):
            return _not(compile_test(part))
        case _:
            assert_never(condition)


def _at_least(count: int, indicators: tuple[str, ...]) -> Test:
    asked, so_many = set(indicators), len(indicators)

    def test(situation: Situation) -> Truth:
        answers = situation.answers
        given = [answers[name] for name in answers.keys() & asked]
        if given.count(True) >= count:
            return True
        return False if so_many - given.count(False) < count else None

    return test


def _unanswered(indicators: frozenset[str], situation: Situation) -> Truth:
    return indicators.isdisjoint(situation.answers)


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

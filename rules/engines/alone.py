"""The single answers that make a condition hold, each by itself, with all else as it is."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import assert_never

from rules.engines.normal import counted
from rules.engines.oracle import compile_test
from rules.engines.situation import Situation
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    OneOf,
    Unanswered,
    indicators_of,
)

Reply = tuple[str, bool]

# None when the condition holds already, and goes on to whatever is answered.
Alone = Callable[[Situation], frozenset[Reply] | None]

_NO_REPLY: frozenset[Reply] = frozenset()


def compile_alone(condition: Condition) -> Alone:
    """A function that finds the answers to open questions that the condition reads."""
    return _compiled(counted(condition), True, indicators_of(condition))


def _compiled(condition: Condition, holds: bool, reads: frozenset[str]) -> Alone:
    """The same for the condition to be true, or false."""
    match condition:
        case Not(part):
            return _compiled(part, not holds, reads)
        case All(parts) | AnyOf(parts):
            inner = [_compiled(part, holds, reads) for part in parts]
            return _every(inner) if isinstance(condition, All) is holds else _some(inner)
        case Unanswered(indicators):
            return _unanswered(frozenset(indicators), holds, reads)
        case Answered(indicator):
            return _at_least(1, (indicator,), holds)
        case AtLeast(count, indicators):
            need = count if holds else len(indicators) - count + 1
            return _at_least(need, indicators, holds)
        case Bound() | OneOf():
            return _fact(condition, holds)
        case _:
            assert_never(condition)


def _fact(leaf: Bound | OneOf, holds: bool) -> Alone:
    """No answer changes a fact."""
    test = compile_test(leaf)
    return lambda situation: None if test(situation) is holds else _NO_REPLY


def _at_least(need: int, indicators: tuple[str, ...], holds: bool) -> Alone:
    wanted = frozenset((name, holds) for name in indicators)

    def alone(situation: Situation) -> frozenset[Reply] | None:
        answers = situation.answers
        missing = need - list(map(answers.get, indicators)).count(holds)
        if missing <= 0:
            return None
        if missing > 1:
            return _NO_REPLY
        if answers.keys().isdisjoint(indicators):
            return wanted
        return frozenset(reply for reply in wanted if reply[0] not in answers)

    return alone


def _unanswered(indicators: frozenset[str], holds: bool, reads: frozenset[str]) -> Alone:
    """Emptiness lasts while only other questions are answered, and any answer ends it for good."""
    replies = frozenset(product(reads - indicators if holds else indicators, (True, False)))

    def alone(situation: Situation) -> frozenset[Reply] | None:
        if situation.answers.keys().isdisjoint(indicators):
            return replies
        return _NO_REPLY if holds else None

    return alone


def _every(parts: Sequence[Alone]) -> Alone:
    """What all the parts that do not hold have in common."""

    def alone(situation: Situation) -> frozenset[Reply] | None:
        common: frozenset[Reply] | None = None
        for part in parts:
            found = part(situation)
            if found is None:
                continue
            common = found if common is None else common & found
            if not common:
                break
        return common

    return alone


def _some(parts: Sequence[Alone]) -> Alone:
    def alone(situation: Situation) -> frozenset[Reply] | None:
        each = []
        for part in parts:
            found = part(situation)
            if found is None:
                return None
            each.append(found)
        return _NO_REPLY.union(*each)

    return alone

"""What a way to hold demands of what is known: so many of some names, each with a fitting value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from rules.engines.normal import Clause, Literal, alternatives, counted
from rules.engines.oracle import Test, compile_test
from rules.engines.situation import Situation
from rules.language.syntax import (
    Answered,
    AtLeast,
    Bound,
    Condition,
    Leaf,
    OneOf,
    Scalar,
    Unanswered,
)

State = Mapping[str, Scalar | None]
Accepts = Callable[[Scalar | None], bool]


@dataclass(frozen=True, slots=True)
class Demand:
    """At least `need` of the names, questions or facts, have a value that is accepted."""

    names: tuple[str, ...]
    need: int
    accepts: Accepts

    def missing(self, state: State) -> int:
        """How many more are needed; none when it is met."""
        met = sum(1 for name in self.names if self.accepts(state.get(name)))
        return max(0, self.need - met)

    def denied(self) -> "Demand":
        """What must be so for this not to be met."""
        refuses = partial(_refuses, self.accepts)
        return Demand(self.names, len(self.names) - self.need + 1, refuses)


# Any one of the demands is enough.
Either = tuple[Demand, ...]


def ways(condition: Condition) -> tuple[tuple[Demand, ...], ...]:
    """The ways in which the condition is certainly true: all demands of one; raises TooWide."""
    return tuple(tuple(map(demand, clause)) for clause in clauses(condition))


def clauses(condition: Condition) -> tuple[Clause, ...]:
    """The alternatives of the condition, as few as possible; raises TooWide."""
    return alternatives(counted(condition))


def never(every: Iterable[tuple[Demand, ...]]) -> tuple[Either, ...]:
    """What must be so, all of it, for none of these ways to be certainly true."""
    return tuple(tuple(it.denied() for it in way) for way in every)


def demand(literal: Literal) -> Demand:
    """What a leaf, or its opposite, demands to be certain."""
    return _demand(literal.leaf, literal.holds)


def met(goal: Iterable[Either], state: State) -> bool:
    """True when one demand of each is met."""
    return all(any(it.missing(state) == 0 for it in either) for either in goal)


def _demand(leaf: Leaf, holds: bool) -> Demand:
    match leaf:
        case Answered(indicator):
            return Demand((indicator,), 1, partial(_is, holds))
        case AtLeast(count, names):
            need = count if holds else len(names) - count + 1
            return Demand(names, need, partial(_is, holds))
        case Unanswered(names):
            if holds:
                return Demand(names, len(names), partial(_is, None))
            return Demand(names, 1, _is_known)
        case Bound(fact) | OneOf(fact):
            return Demand((fact,), 1, partial(_fits, compile_test(leaf), fact, holds=holds))
        case _:
            assert_never(leaf)


def _is(wanted: bool | None, value: Scalar | None) -> bool:
    return value is wanted


def _is_known(value: Scalar | None) -> bool:
    return value is not None


def _fits(test: Test, fact: str, value: Scalar | None, *, holds: bool) -> bool:
    return test(Situation({}, {fact: value})) is holds


def _refuses(accepts: Accepts, value: Scalar | None) -> bool:
    return not accepts(value)

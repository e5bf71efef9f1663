"""The closed tree of conditions that rules.yaml may state; every compiler reads only this."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

Scalar = int | bool | str


@dataclass(frozen=True, slots=True)
class Answered:
    """The question is answered ja; false when it is answered nej, unknown otherwise."""

    indicator: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the questions, each named once, are ja; `count` is 1 to all of them."""

    count: int
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """None of the questions has an answer that counts; never unknown itself."""

    indicators: tuple[str, ...]


class Side(StrEnum):
    """On which side of the limit a number must be."""

    BELOW = "below"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Bound:
    """The number is below, or at least, the limit; `if_unknown` makes an unknown number count."""

    fact: str
    side: Side
    limit: int
    if_unknown: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """The yes-or-no, or the word, is one of the values; `if_unknown` as for a number."""

    fact: str
    values: tuple[bool, ...] | tuple[str, ...]
    if_unknown: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is false; an unknown part stays unknown."""

    part: "Condition"


Leaf = Answered | AtLeast | Unanswered | Bound | OneOf
Condition = Leaf | All | AnyOf | Not


def leaves(condition: Condition, holds: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """Each leaf, and whether it must be true (or false, under a not) for the condition to hold."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part, holds)
        case Not(part):
            yield from leaves(part, not holds)
        case Answered() | AtLeast() | Unanswered() | Bound() | OneOf():
            yield condition, holds
        case _:
            assert_never(condition)


def asked(leaf: Leaf) -> tuple[str, ...]:
    """The questions that a leaf reads."""
    match leaf:
        case Answered(indicator):
            return (indicator,)
        case AtLeast(_, indicators) | Unanswered(indicators):
            return indicators
        case Bound() | OneOf():
            return ()
        case _:
            assert_never(leaf)


def indicators_of(condition: Condition) -> frozenset[str]:
    """Every question that the condition reads."""
    return frozenset(name for leaf, _ in leaves(condition) for name in asked(leaf))

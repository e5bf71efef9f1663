"""A condition in other words: as alternatives, each a set of leaves that decide it, or shorter."""

from dataclasses import dataclass
from itertools import product

from rules.language.syntax import All, Answered, AnyOf, AtLeast, Condition, Leaf, Not

WIDEST = 256


@dataclass(frozen=True, slots=True)
class Literal:
    """A leaf that must be true, or must be false; unknown is neither."""

    leaf: Leaf
    holds: bool


Clause = tuple[Literal, ...]


class TooWide(Exception):
    """The condition has more alternatives than a person, or the live engine, can follow."""


def alternatives(condition: Condition, holds: bool = True) -> tuple[Clause, ...]:
    """The ways in which the condition is true (or false); raises TooWide."""
    match condition:
        case Not(part):
            return alternatives(part, not holds)
        case All(parts) if holds:
            return _every(parts, holds)
        case AnyOf(parts) if not holds:
            return _every(parts, holds)
        case All(parts) | AnyOf(parts):
            return _narrow([clause for part in parts for clause in alternatives(part, holds)])
        case leaf:
            return ((Literal(leaf, holds),),)


def _every(parts: tuple[Condition, ...], holds: bool) -> tuple[Clause, ...]:
    """One alternative of each part, in all combinations."""
    whole: tuple[Clause, ...] = ((),)
    for part in parts:
        ways = alternatives(part, holds)
        whole = _narrow([(*left, *right) for left, right in product(whole, ways)])
    return whole


def _narrow(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Each alternative once, without repeated or contradicting leaves."""
    kept = dict.fromkeys(tuple(dict.fromkeys(clause)) for clause in clauses)
    sound = tuple(clause for clause in kept if not _contradicts(clause))
    if len(sound) > WIDEST:
        raise TooWide(len(sound))
    return sound


def _contradicts(clause: Clause) -> bool:
    return any(Literal(literal.leaf, not literal.holds) in clause for literal in clause)


def counted(condition: Condition) -> Condition:
    """The same, with questions of which any will do as one count: one row instead of one each."""
    match condition:
        case AnyOf(parts):
            inner = [counted(part) for part in parts]
            simple = [part for part in inner if _any_of(part)]
            if len(simple) < 2:
                return AnyOf(tuple(inner))
            names = dict.fromkeys(name for part in simple for name in _any_of(part))
            rest = [part for part in inner if part not in simple]
            return AnyOf((AtLeast(1, tuple(names)), *rest))
        case All(parts):
            return All(tuple(counted(part) for part in parts))
        case Not(part):
            return Not(counted(part))
        case leaf:
            return leaf


def _any_of(condition: Condition) -> tuple[str, ...]:
    """The questions of which one ja is enough; none when the condition is not so simple."""
    match condition:
        case Answered(indicator):
            return (indicator,)
        case AtLeast(1, indicators):
            return indicators
        case _:
            return ()

"""A condition as alternatives: each is a set of leaves that together make it true, or false."""

from dataclasses import dataclass
from itertools import product

from rules.syntax import All, AnyOf, Condition, Leaf, Not

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

"""Every small slip of the pen in a rule: a part left out or turned around, a threshold moved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from rules.language.rule import Rule
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Leaf,
    Not,
    OneOf,
    Side,
    Unanswered,
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one slip in it; `slip` says which."""

    rule: Rule
    slip: str


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every mutant of the rule's condition; the rule that is gone altogether is not among them."""
    for when, slip in slips(rule.when):
        yield Mutant(replace(rule, when=when), slip)


def slips(condition: Condition) -> Iterator[tuple[Condition, str]]:
    """The condition with one slip in it, at the top or anywhere below."""
    yield negated(condition), f"turned around: {_named(condition)}"
    match condition:
        case All(parts) | AnyOf(parts):
            form = type(condition)
            yield (AnyOf if form is All else All)(parts), f"{form.__name__} is the other"
            for number, part in enumerate(parts):
                rest = (*parts[:number], *parts[number + 1 :])
                if rest:
                    yield form(rest), f"left out: {_named(part)}"
                for other, slip in slips(part):
                    yield form((*parts[:number], other, *parts[number + 1 :])), slip
        case Not(part):
            for other, slip in slips(part):
                yield Not(other), slip
        case leaf:
            yield from _moved(leaf)


def negated(condition: Condition) -> Condition:
    """The condition turned around."""
    return condition.part if isinstance(condition, Not) else Not(condition)


def _moved(leaf: Leaf) -> Iterator[tuple[Condition, str]]:
    """Thresholds one step up and down, questions and values left out, unknown the other way."""
    match leaf:
        case Answered() | Unanswered():
            return
        case AtLeast(count, questions):
            for other in (count - 1, count + 1):
                if 1 <= other <= len(questions):
                    yield AtLeast(other, questions), f"at least {other}, not {count}"
            for name in questions:
                rest = tuple(it for it in questions if it != name)
                if len(rest) >= count:
                    yield AtLeast(count, rest), f"without {name}"
        case Bound(fact, side, limit, if_unknown):
            for other in (limit - 1, limit + 1):
                yield replace(leaf, limit=other), f"{fact} at {other}, not {limit}"
            sides = {Side.BELOW: Side.AT_LEAST, Side.AT_LEAST: Side.BELOW}
            yield replace(leaf, side=sides[side]), f"{fact} on the other side"
            yield replace(leaf, if_unknown=not if_unknown), f"{fact} unknown counts otherwise"
        case OneOf(fact, values, if_unknown):
            for value in values if len(values) > 1 else ():
                left = tuple(it for it in values if it != value)
                shorter = replace(leaf, values=left)  # type: ignore[arg-type]  # of one kind still
                yield shorter, f"{fact} without {value}"
            yield replace(leaf, if_unknown=not if_unknown), f"{fact} unknown counts otherwise"
        case _:
            assert_never(leaf)


def _named(condition: Condition) -> str:
    match condition:
        case Answered(indicator):
            return indicator
        case AtLeast(count, questions):
            return f"at least {count} of {len(questions)}"
        case Bound(fact) | OneOf(fact):
            return fact
        case _:
            return type(condition).__name__

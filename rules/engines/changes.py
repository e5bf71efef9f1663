"""What could have been known otherwise: other answers, none, other facts; and what that weighs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rules.engines.demand import State
from rules.engines.fewest import Option
from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType
from rules.language.syntax import Bound, Scalar, leaves

# A change of more things than this is no longer a small one that a person can picture.
MOST_CHANGES = 5

# Room in the weight for more facts, and more changed answers, than there ever are.
_ROOM = 16


@dataclass(frozen=True, slots=True)
class Change:
    """One thing known otherwise: None is not answered, or an unknown fact.

    For a number `between` tells the whole stretch that would do, from and to, None at an open end.
    """

    name: str
    was: Scalar | None
    then: Scalar | None
    is_fact: bool = False
    between: tuple[int | None, int | None] | None = None

    @property
    def is_new(self) -> bool:
        """True for an answer to a question that has none that counts."""
        return not self.is_fact and self.was is None


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights of one situation: fewest first, then answers before facts, then file order.

    Among as few changes those with fewer facts weigh less, then those with fewer changed answers,
    then those that stand first in the file.
    """

    options: tuple[Option, ...]
    one: int

    @property
    def limit(self) -> int:
        """More than any set of `MOST_CHANGES` weighs."""
        return (MOST_CHANGES + 1) * self.one - self.one // 2

    def only_new(self, situation: Situation) -> tuple[Option, ...]:
        """The options that answer what is not answered, and nothing else."""
        return tuple(
            it
            for it in self.options
            if isinstance(it.value, bool)
            and it.name not in situation.facts
            and it.name not in situation.answers
        )


def state_of(situation: Situation) -> dict[str, Scalar | None]:
    """Answers and facts as one; their names are never the same."""
    return {**situation.facts, **situation.answers}


def situation_of(state: State, facts: Iterable[str]) -> Situation:
    """The reverse: what is no fact and has a value is an answer."""
    named = frozenset(facts)
    answers = {name: value is True for name, value in state.items() if name not in named}
    known = {name: answers[name] for name in answers if state[name] is not None}
    return Situation(known, {name: state.get(name) for name in named})


def scale(ruleset: RuleSet, situation: Situation) -> Scale:
    """Every change that can be made of a situation, with its weight."""
    found = list(_questions(ruleset, situation))
    for fact in ruleset.words.facts.values():
        found += ((2, fact.id, value) for value in _others(fact, ruleset.all_rules, situation))
    size = len(found)
    tiers = (0, 1 << size, 1 << (size + _ROOM))
    one = 1 << (size + 2 * _ROOM)
    options = (
        Option(name, value, one + tiers[tier] - (1 << (size - 1 - place)))
        for place, (tier, name, value) in enumerate(found)
    )
    return Scale(tuple(options), one)


def _questions(ruleset: RuleSet, situation: Situation) -> Iterator[tuple[int, str, Scalar | None]]:
    for name in ruleset.indicators:
        given = situation.answers.get(name)
        if given is None:
            yield from ((0, name, True), (0, name, False))
        else:
            yield from ((1, name, not given), (1, name, None))


def _others(fact: Fact, rules: Iterable[Rule], situation: Situation) -> Iterator[Scalar | None]:
    """The other values that rules can tell apart, the nearest first, and at last unknown."""
    value = situation.facts.get(fact.id)
    if fact.values:
        yield from (word for word in fact.values if word != value)
    elif fact.type is FactType.YES_OR_NO:
        yield from (truth for truth in (True, False) if truth is not value)
    else:
        numbers = (nearest(stretch, value) for stretch in stretches(fact, rules))
        known = [number for number in numbers if number != value]
        yield from sorted(known, key=lambda number: abs(number - int(value or 0)))
    if value is not None:
        yield None


def stretches(fact: Fact, rules: Iterable[Rule]) -> list[tuple[int, int]]:
    """The numbers between the limits that the rules set: within each all are alike."""
    low, high = fact.span
    limits = {
        leaf.limit
        for rule in rules
        for leaf, _ in leaves(rule.when)
        if isinstance(leaf, Bound) and leaf.fact == fact.id and low < leaf.limit <= high
    }
    ends = [low, *sorted(limits), high + 1]
    return [(first, after - 1) for first, after in pairwise(ends)]


def nearest(stretch: tuple[int, int], value: Scalar | None) -> int:
    """The number of the stretch that lies nearest; its first when the number is unknown."""
    first, last = stretch
    return first if value is None else min(max(int(value), first), last)


def by_weight(chosen: Iterable[Option]) -> Mapping[str, Scalar | None]:
    """The values of the options, the lightest first."""
    return {it.name: it.value for it in sorted(chosen, key=lambda it: it.weight)}

"""What follows from one count for another; z3 is told, since it is slow to see it by itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

import z3  # type: ignore[import-untyped]

from rules.language.rule import Rule
from rules.language.syntax import AtLeast, leaves
from rules.proofs.logic import AnyConcern, Formula


@dataclass(frozen=True, slots=True)
class _Count:
    """At least `least` of the questions have the answer."""

    questions: tuple[str, ...]
    least: int
    yes: bool

    def implies(self, other: "_Count") -> bool:
        """Of those counted here, so many at least are counted there too."""
        elsewhere = len(set(self.questions) - set(other.questions))
        return self.yes is other.yes and other.least <= self.least - elsewhere


def consequences(concern: AnyConcern, rules: Iterable[Rule]) -> Iterator[Formula]:
    """For each two counts in the rules, that the one follows from the other, where it does."""
    counts = dict.fromkeys(count for rule in rules for count in _counts(rule))
    for one, other in permutations(counts, 2):
        if one.implies(other):
            yield z3.Implies(_formula(concern, one), _formula(concern, other))


def _counts(rule: Rule) -> Iterator[_Count]:
    for leaf, holds in leaves(rule.when):
        if isinstance(leaf, AtLeast):
            short = len(leaf.indicators) - leaf.count + 1
            yield _Count(leaf.indicators, leaf.count if holds else short, holds)


def _formula(concern: AnyConcern, count: _Count) -> Formula:
    if count.yes:
        return concern.true(AtLeast(count.least, count.questions))
    short = len(count.questions) - count.least + 1
    return concern.false(AtLeast(short, count.questions))

"""Which answer to a question lowers most and which raises most, for a whole set of rules."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rules.language.rule import Rule
from rules.language.syntax import Answered, AtLeast, asked, leaves

# So many questions that pull both ways are tried in every combination; beyond that both ends of the
# interval may be too high, and neither is ever too low.
MOST_TRIED = 8


@dataclass(frozen=True, slots=True)
class Ends:
    """The answers by which a question lowers most and raises most; `mixed` can do both either way.

    A question that only ever raises is at its best nej and at its worst ja. That the two bound
    every other way to answer is proved for each rules file in rules.proofs.unknowns.
    """

    mixed: frozenset[str]
    best: Mapping[str, bool]
    worst: Mapping[str, bool]


def ends(rules: Iterable[Rule], indicators: Iterable[str]) -> Ends:
    """Read off the conditions: under how many nots each question stands."""
    pulls = [pull for rule in rules for pull in _pulls(rule)]
    down = frozenset(name for name, raises in pulls if not raises)
    mixed = down & {name for name, raises in pulls if raises}
    plain = [name for name in indicators if name not in mixed]
    best = {name: name in down for name in plain}
    return Ends(mixed, best, worst={name: not answer for name, answer in best.items()})


def _pulls(rule: Rule) -> Iterator[tuple[str, bool]]:
    """Each question that the rule reads, and whether a ja can raise (else a nej can)."""
    for leaf, holds in leaves(rule.when):
        if isinstance(leaf, Answered | AtLeast):
            for name in asked(leaf):
                yield name, holds

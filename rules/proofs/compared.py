"""Two versions of the rules in one period, and the search for concerns that they judge apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import permutations

import z3  # type: ignore[import-untyped]

from rules.engines.situation import Situation
from rules.language.period import Period
from rules.language.ruleset import RuleSet
from rules.language.vocabulary import Vocabulary
from rules.level import Level
from rules.proofs.both import Both, understood
from rules.proofs.change import Witness
from rules.proofs.counting import consequences
from rules.proofs.logic import AnyConcern, Formula
from rules.proofs.retold import known_facts, sentences
from rules.proofs.search import Search
from rules.proofs.side import Side


def day_of(period: Period) -> date:
    """A day of the period; any day will do, since nothing changes through it."""
    return period.first or period.last or date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The rules of both versions in a period through which neither changes.

    `search` is over `both.concern`; `counts` is what follows from one count for another.
    """

    period: Period
    both: Both
    search: Search
    old: Side
    new: Side
    counts: Formula

    @classmethod
    def within(
        cls, period: Period, files: tuple[RuleSet, RuleSet], *, both: Both, search: Search
    ) -> "Compared":
        """The old and the new rules of the period; raises Unproved as Side.of."""
        day = day_of(period)
        old, new = (rules.on(day) for rules in files)
        return cls(
            period=period,
            both=both,
            search=search,
            old=Side.of(old, both.old),
            new=Side.of(new, both.new),
            counts=_counts(both.concern, old, new),
        )

    @property
    def reads_alike(self) -> bool:
        """True when the formulas of every level are the very same; then nothing needs proof."""
        return all(self.old.reaches[it].eq(self.new.reaches[it]) for it in Level)

    def moves(self) -> Iterator[tuple[Level, Level, Formula]]:
        """From which level to which, and when a concern goes so; what lowers most comes first."""
        for before, after in permutations(reversed(Level), 2):
            yield before, after, z3.And(self.old.proposes(before), self.new.proposes(after))

    def witness(self, claim: Formula) -> Witness | None:
        """The plainest concern of which the claim is true, in words of both if there is one.

        None when there is none; raises Unproved.
        """
        claims = (self.both.domain, self.counts, claim)
        if not self.search.possible(*claims):
            return None
        found = self.search.witness(*claims, self.both.shared) or self.search.witness(*claims)
        return self._shown(self.both.told(found)) if found else None

    def _shown(self, told: Situation) -> Witness:
        words = self.old.ruleset.words, self.new.ruleset.words
        before, after = self.old.level(told), self.new.level(told)
        unknown_to_old, unknown_to_new = (_unknown(told, it) for it in words)
        return Witness(
            period=self.period,
            day=None if self.period.endless else day_of(self.period),
            answers=told.answers,
            facts=known_facts(told, words),
            before=before,
            after=after,
            old_rules=self.old.deciding(told, before),
            new_rules=self.new.deciding(told, after),
            unknown_to_old=unknown_to_old,
            unknown_to_new=unknown_to_new,
            sentences=sentences(told, words),
        )


def _counts(concern: AnyConcern, old: RuleSet, new: RuleSet) -> Formula:
    return concern.every(consequences(concern, (*old.all_rules, *new.all_rules)))


def _unknown(told: Situation, words: Vocabulary) -> tuple[str, ...]:
    """What of the concern the version takes as not given."""
    known = understood(told, words)
    names = (*told.answers, *told.facts)
    taken = {*known.answers, *(name for name, it in known.facts.items() if it is not None)}
    return tuple(name for name in names if name not in taken)

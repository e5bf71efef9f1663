"""Proves what must hold of a rules file, for every day on which it reads otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.language.fault import Fault
from rules.language.period import Period, pieces
from rules.language.ruleset import RuleSet
from rules.proofs import coverage, each_rule, theorems, unknowns
from rules.proofs.check import Check, Flaw
from rules.proofs.search import MOST_STEPS, Unproved
from rules.proofs.subject import Subject, subject
from rules.proofs.told import told

CHECKS: tuple[Check, ...] = (
    *each_rule.CHECKS,
    *coverage.CHECKS,
    *theorems.CHECKS,
    *unknowns.CHECKS,
)
_TOO_HARD = "gick inte att bevisa inom gränserna; gör villkoren enklare, eller dela regeln"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one check over all days; `unproved` counts what z3 could not decide."""

    check: Check
    obligations: int
    flaws: tuple[Fault, ...]
    unproved: tuple[Fault, ...] = ()

    @property
    def proved(self) -> bool:
        """True when every obligation was shown."""
        return not self.flaws and not self.unproved


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that was shown, or not, about the rules of a file."""

    periods: tuple[Period, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What makes the file unsound: a grave flaw, and whatever could not be proved."""
        grave = [it.flaws for it in self.outcomes if it.check.grave]
        return tuple(fault for found in grave for fault in found) + tuple(
            fault for it in self.outcomes for fault in it.unproved
        )

    @property
    def remarks(self) -> tuple[Fault, ...]:
        """What is worth a look."""
        return tuple(flaw for it in self.outcomes if not it.check.grave for flaw in it.flaws)


def prove(ruleset: RuleSet, *, steps: int = MOST_STEPS) -> Proof:
    """Every check on the rules of every day; z3 may take `steps` for each question to it."""
    dated = tuple(_periods(ruleset))
    periods = tuple(period for period, _ in dated)
    try:
        subjects = [(period, subject(of_day, steps=steps)) for period, of_day in dated]
    except Unproved:
        nothing = (Fault(("rules",), _TOO_HARD),)
        return Proof(periods, tuple(Outcome(check, 0, (), nothing) for check in CHECKS))
    return Proof(periods, tuple(outcome(check, subjects) for check in CHECKS))


def _periods(ruleset: RuleSet) -> Iterator[tuple[Period, RuleSet]]:
    """The times with the rules that apply in them; a time before every rule has none to prove."""
    for period in pieces(ruleset.days):
        of_day = ruleset.on(period.first or period.last or date.min)
        if of_day.rules:
            yield period, of_day


def outcome(check: Check, subjects: Iterable[tuple[Period, Subject]]) -> Outcome:
    """What comes of one check over the rules of each time."""
    count, flaws, unproved = 0, [], []
    for period, found in subjects:
        for obligation in check.obligations(found):
            count += 1
            try:
                flaw = obligation.refute()
            except Unproved:
                unproved.append((period, found, Flaw(obligation.path, _TOO_HARD)))
                continue
            if flaw:
                flaws.append((period, found, flaw))
    return Outcome(check, count, tuple(_faults(flaws)), tuple(_faults(unproved)))


def _faults(flaws: Iterable[tuple[Period, Subject, Flaw]]) -> Iterator[Fault]:
    """Each flaw once, though it be found on many days; the days are told when they are not all."""
    seen: set[tuple[object, str]] = set()
    for period, found, flaw in flaws:
        if (flaw.path, flaw.message) in seen:
            continue
        seen.add((flaw.path, flaw.message))
        when = "" if period.endless else f" (gäller {period})"
        shown = f"; {told(flaw.witness, found.ruleset.words)}" if flaw.witness else ""
        yield Fault(flaw.path, f"{flaw.message}{shown}{when}")

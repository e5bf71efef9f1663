"""How far a case has come and what leads it on: one leading action, and the others beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.access import Action
from rules.case import Case
from rules.deciding import missing_before_close
from rules.level import Level
from rules.statement import DecisionKind
from workflows.rows import CaseRow, ClockRow, UnitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What has happened, as far as the next action depends on it; a list cannot tell `assessed`."""

    level: Level
    protection_assessed: bool
    level_confirmed: bool
    raise_proposed: bool
    lowering_proposed: bool
    incident: bool
    called: bool
    all_answered: bool
    meeting_due: bool
    meeting_held: bool
    late_answer: bool
    assessed: bool | None
    decision: str | None
    handed_over: bool
    received: bool
    feedback_due: bool
    breach_open: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do: the words, the page below the case's address, and what it takes."""

    text: str
    noun: str
    action: Action


_PROTECTION = Act("Gör skyddsbedömning", "protection", Action.ASSESS)
_RAISE = Act("Ta ställning till höjd nivå", "level", Action.ASSESS)
_LOWERING = Act("Pröva föreslagen sänkning", "lowering", Action.ASSESS)
_CHECK = Act("Kontrollera nivån själv", "level", Action.ASSESS)
_LEVEL = Act("Bekräfta nivån", "level", Action.ASSESS)
_CALL = Act("Kalla hubben", "call", Action.CALL)
_WAIT = Act("Följ enheternas svar", "hub", Action.READ)
_MEET = Act("Håll hubbmötet", "meeting", Action.MEET)
_MAP = Act("Kartlägg och bedöm", "mapping", Action.MEET)
_ASSESS_AND_DECIDE = Act("Bedöm och besluta", "", Action.READ)
_REASSESS = Act("Väg in svar som kom efter mötet", "assessment", Action.MEET)
_DECIDE = Act("Fatta beslut", "decision", Action.DECIDE)
_HAND_OVER = Act("Lämna över till utredning", "handover", Action.HAND_OVER)
_RECEIVE = Act("Ta emot överlämningen", "receipt", Action.RECEIVE)
_AWAIT_RECEIPT = Act("Invänta att utredaren tar emot", "", Action.READ)
_FEED_BACK = Act("Återkoppla till anmälaren", "feedback", Action.FEED_BACK)
_EXPLAIN = Act("Fristbrott att förklara", "clocks", Action.READ)
_CLOSE = Act("Avsluta i hubben", "closing", Action.CLOSE)
_NOTHING = Act("Läs ärendet", "", Action.READ)


def leading(progress: Progress) -> Act:
    """The one action that leads the case on."""
    return next(_acts(progress), _NOTHING)


def _acts(it: Progress) -> Iterator[Act]:
    if it.closed:
        if it.feedback_due:
            yield _FEED_BACK
        return
    if not it.protection_assessed:
        yield _PROTECTION
    if it.decision is None:
        yield from _before_decision(it)
    else:
        yield from _after_decision(it)


def _before_decision(it: Progress) -> Iterator[Act]:
    if it.lowering_proposed:
        yield _LOWERING
    if it.raise_proposed:
        yield _RAISE
    if it.incident:
        yield _CHECK
    if not it.level_confirmed:
        yield _LEVEL
    if it.level is Level.GREEN and not it.called:
        yield _DECIDE
    elif not it.called:
        yield _CALL
    elif not it.meeting_held:
        yield _MEET if it.meeting_due or it.all_answered else _WAIT
    else:
        yield from _after_meeting(it)


def _after_meeting(it: Progress) -> Iterator[Act]:
    if it.late_answer:
        yield _REASSESS
    if it.assessed is None:
        yield _ASSESS_AND_DECIDE
    yield _DECIDE if it.assessed else _MAP


def _after_decision(it: Progress) -> Iterator[Act]:
    if it.late_answer:
        yield _REASSESS
    if it.decision != DecisionKind.NOT_OPEN and not it.received:
        yield _AWAIT_RECEIPT if it.handed_over else _HAND_OVER
    if it.feedback_due:
        yield _FEED_BACK
    if it.breach_open:
        yield _EXPLAIN
    yield _CLOSE


def of_case(case: Case, now: datetime) -> Progress:
    """The progress of a case that has been read."""
    duty = case.registered.reporter.kind.under_duty and case.feedback.requested is not None
    return Progress(
        level=case.level,
        protection_assessed=case.protection is not None,
        level_confirmed=case.confirmed_level is not None,
        raise_proposed=case.raise_is_proposed,
        lowering_proposed=case.lowering is not None,
        incident=case.incident is not None,
        called=case.call is not None,
        all_answered=bool(case.units) and not case.silent_units,
        meeting_due=case.call is not None and case.call.starts_at <= now,
        meeting_held=case.meeting is not None,
        late_answer=bool(case.late_answers),
        assessed=bool(case.assessments),
        decision=case.decision.decision.value if case.decision else None,
        handed_over=case.handover is not None,
        received=case.receipt is not None,
        feedback_due=duty and case.feedback.given is None,
        breach_open=any(clock.breach_is_open for clock in case.clocks.values()),
        closed=case.closed is not None,
    )


def of_row(
    row: CaseRow, clocks: Iterable[ClockRow], *, units: Iterable[UnitRow], now: datetime
) -> Progress:
    """The progress of a case in a list, read off its row and its clocks."""
    kept = tuple(clocks)
    running = {clock.clock for clock in kept if clock.stopped_at is None}
    called = tuple(units)
    return Progress(
        level=Level(row.level),
        protection_assessed="skyddsbedomning" not in running,
        level_confirmed=row.level_confirmed,
        raise_proposed=row.raise_proposed,
        lowering_proposed=row.lowering_proposed,
        incident=row.incident,
        called=row.called_at is not None,
        all_answered=bool(called) and all(unit.answered_at for unit in called),
        meeting_due=row.meeting_at is not None and row.meeting_at <= now,
        meeting_held=row.meeting_held_at is not None,
        late_answer="ombedomning" in running,
        assessed=None,
        decision=row.outcome,
        handed_over=row.handover_unit is not None,
        received=row.acknowledged_at is not None,
        feedback_due=bool(running & {"aterkoppling", "aterkoppling_genast"}),
        breach_open=any(clock.passed_at and not clock.explained_at for clock in kept),
        closed=row.closed_at is not None,
    )


def missing(case: Case) -> tuple[str, ...]:
    """What still has to be done before the hub may let go of the case."""
    return missing_before_close(case)

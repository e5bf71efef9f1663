"""Rows that lists and boards read: pure projections of a case, written in its transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from rules import context
from rules.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case in a list; `context` is in the form that is matched (rules.context.key)."""

    case_id: str
    number: str
    version: int
    report_id: str
    reference: str | None
    context: str | None
    received_at: datetime
    registered_at: datetime
    channel: str
    reporter_kind: str
    title: str
    child_name: str | None
    birth_date: date | None
    personal_number: str | None
    protected: bool
    level: str
    level_confirmed: bool
    raise_proposed: bool
    lowering_proposed: bool
    incident: bool
    phase: str
    outcome: str | None
    called_at: datetime | None
    meeting_at: datetime | None
    meeting_ends_at: datetime | None
    meeting_room: str | None
    meeting_held_at: datetime | None
    decided_at: datetime | None
    handover_unit: str | None
    investigator: str | None
    acknowledged_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """One clock, running or not; a passed one stays."""

    case_id: str
    key: str
    clock: str
    name: str
    legal: bool
    unit: str | None
    anchor_at: datetime
    due_at: datetime
    target_at: datetime
    why: str
    law: str | None
    stopped_at: datetime | None
    passed_at: datetime | None
    owner: str | None
    cause: str | None
    comment: str | None
    explained_at: datetime | None
    measure: str | None
    measure_by: datetime | None
    resting_until: datetime | None
    acknowledged_at: datetime | None
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One called unit: its visibility of the case and what it has answered."""

    case_id: str
    unit: str
    called_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    answer: str | None
    deputy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRow:
    """A moment at which somebody has to be told about a clock."""

    case_id: str
    key: str
    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything that is projected from one case."""

    case: CaseRow
    clocks: tuple[ClockRow, ...]
    units: tuple[UnitRow, ...]
    alarms: tuple[AlarmRow, ...]


def rows_of(case: Case) -> Rows:
    """The projection of `case`; rebuilding from the journal gives the same rows."""
    return Rows(
        case=_case_row(case),
        clocks=tuple(_clock_row(case, key) for key in case.clocks),
        units=tuple(_unit_row(case, unit) for unit in case.units),
        alarms=tuple(alarm for key in case.clocks for alarm in _alarms(case, key)),
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """What some events changed of a case's rows: those that are other now, and alarms now over."""

    case: CaseRow
    clocks: tuple[ClockRow, ...]
    units: tuple[UnitRow, ...]
    alarms: tuple[AlarmRow, ...]
    gone: tuple[AlarmRow, ...]


def changed(after: Case, before: Case | None = None) -> Changed:
    """What the tables lack that say `before`; everything, when there was nothing before.

    A clock or a unit that no event was about is the very same object in both.
    """
    clocks, units = (before.clocks, before.units) if before else ({}, {})
    keys = [key for key, clock in after.clocks.items() if clock is not clocks.get(key)]
    names = [name for name, unit in after.units.items() if unit is not units.get(name)]
    now = {alarm for key in keys for alarm in _alarms(after, key)}
    was = {alarm for key in keys if before and key in clocks for alarm in _alarms(before, key)}
    return Changed(
        _case_row(after),
        tuple(_clock_row(after, key) for key in keys),
        tuple(_unit_row(after, name) for name in names),
        alarms=tuple(now - was),
        gone=tuple(was - now),
    )


def _case_row(case: Case) -> CaseRow:
    first = case.registered
    return CaseRow(
        case_id=case.id,
        number=case.number,
        version=case.version,
        report_id=first.report_id,
        reference=first.reference,
        context=context.key(first.context) or None if first.context else None,
        received_at=first.received_at,
        registered_at=first.at,
        channel=first.channel.value,
        reporter_kind=first.reporter.kind.value,
        title=first.title,
        child_name=case.child.name,
        birth_date=case.child.birth_date,
        personal_number=case.child.personal_number,
        protected=case.child.is_protected,
        level=case.level.value,
        level_confirmed=case.confirmed_level is not None,
        raise_proposed=case.raise_is_proposed,
        lowering_proposed=case.lowering is not None,
        incident=case.incident is not None,
        phase=case.phase.value,
        outcome=case.decision.decision.value if case.decision else None,
        called_at=case.call.at if case.call else None,
        meeting_at=case.call.starts_at if case.call else None,
        meeting_ends_at=case.call.ends_at if case.call else None,
        meeting_room=case.call.room if case.call else None,
        meeting_held_at=case.meeting.at if case.meeting else None,
        decided_at=case.decision.at if case.decision else None,
        handover_unit=case.handover.unit if case.handover else None,
        investigator=_investigator(case),
        acknowledged_at=case.receipt.at if case.receipt else None,
        closed_at=case.closed.at if case.closed else None,
    )


def _investigator(case: Case) -> str | None:
    if case.receipt:
        return case.receipt.investigator
    return case.handover.investigator if case.handover else None


def _clock_row(case: Case, key: str) -> ClockRow:
    clock = case.clocks[key]
    return ClockRow(
        case_id=case.id,
        key=key,
        clock=clock.started.clock,
        name=clock.started.name,
        legal=clock.started.legal,
        unit=clock.started.unit,
        anchor_at=clock.started.anchor_at,
        due_at=clock.due_at,
        target_at=clock.schedule.target_at,
        why=clock.schedule.why,
        law=clock.started.law,
        stopped_at=clock.stopped.stopped_at if clock.stopped else None,
        passed_at=clock.passed.at if clock.passed else None,
        owner=clock.passed.owner if clock.passed else None,
        cause=clock.explained.cause if clock.explained else None,
        comment=clock.explained.comment if clock.explained else None,
        explained_at=clock.explained.at if clock.explained else None,
        measure=clock.explained.measure if clock.explained else None,
        measure_by=clock.explained.measure_by if clock.explained else None,
        resting_until=clock.suspended.until if clock.suspended else None,
        acknowledged_at=clock.acknowledged.at if clock.acknowledged else None,
        moved=clock.turn,
    )


def _unit_row(case: Case, name: str) -> UnitRow:
    unit = case.units[name]
    return UnitRow(
        case_id=case.id,
        unit=name,
        called_at=unit.called_at,
        answer_by=unit.answer_by,
        answered_at=unit.answer.at if unit.answer else None,
        answer=unit.answer.answer.value if unit.answer else None,
        deputy=unit.deputy.deputy if unit.deputy else None,
    )


def _alarms(case: Case, key: str) -> tuple[AlarmRow, ...]:
    """What is still to be told: the sweep claims by these rows and by nothing else."""
    return tuple(
        AlarmRow(case_id=case.id, key=key, step=alarm.step, at=alarm.at)
        for alarm in case.clocks[key].pending
    )

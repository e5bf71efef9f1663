"""What became of the concerns, read from the journal of the simulated hub and from nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.case import Case
from rules.clock import MOOT, Clock
from rules.level import Level

PROMISES = {
    "klassad": "klassning",
    "hubb kallad": None,
    "alla enheter svarat": "enhetssvar",
    "möte hållet": "hubbmote",
    "beslut": "hantering",
    "överlämning mottagen": "overlamning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One clock of a case; `held` is None while it is neither kept nor broken."""

    clock: str
    name: str
    key: str
    unit: str | None
    due_at: datetime
    held: bool | None
    recorded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One concern: when it came, how long each step took, and which promises were kept."""

    number: int
    level: Level
    received_at: datetime
    took: dict[str, timedelta]
    promises: tuple[Promise, ...]
    extra_meeting: bool | None
    meets_at: datetime | None
    answers: tuple[tuple[str, str], ...]


def measure(number: int, case: Case, *, at: datetime) -> Measured:
    """The case as it stands at `at`."""
    reached = dict(_reached(case))
    return Measured(
        number=number,
        level=case.level,
        received_at=case.received_at,
        took={step: moment - case.received_at for step, moment in reached.items()},
        promises=tuple(_promises(case, at)),
        extra_meeting=case.call.extra if case.call else None,
        meets_at=case.call.starts_at if case.call else None,
        answers=tuple((unit, _answered(case, unit)) for unit in case.units),
    )


def _reached(case: Case) -> Iterator[tuple[str, datetime]]:
    if case.levels:
        yield "klassad", case.levels[0].at
    if case.call:
        yield "hubb kallad", case.call.at
    if case.units and not case.silent_units:
        yield "alla enheter svarat", max(it.answers[0].at for it in case.units.values())
    if case.meeting:
        yield "möte hållet", case.meeting.ended_at
    if case.decision:
        yield "beslut", case.decision.at
    if case.receipt:
        yield "överlämning mottagen", case.receipt.at


def _answered(case: Case, unit: str) -> str:
    called = case.units[unit]
    if not called.answers:
        return "aldrig"
    return "i tid" if called.answers[0].at < called.answer_by else "sent"


def _promises(case: Case, at: datetime) -> Iterator[Promise]:
    for key, clock in case.clocks.items():
        yield Promise(
            clock=clock.started.clock,
            name=clock.started.name,
            key=key,
            unit=clock.started.unit,
            due_at=clock.due_at,
            held=_held(clock, at),
            recorded=clock.passed is not None,
        )


def _held(clock: Clock, at: datetime) -> bool | None:
    due = clock.due_at
    if clock.passed is not None or (clock.stopped and clock.stopped.stopped_at > due):
        return False
    if clock.stopped is not None:
        return None if clock.stopped.because == MOOT else True
    return False if at >= due else None

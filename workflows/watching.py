"""The sweep: what is due is claimed, recorded and told, in one transaction a case.

A clock is a row; the scheduler only wakes this. Running it late, twice or in many processes does
the same thing once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules import fold
from rules.case import Case, Clock
from rules.clocks import intake_unit, owner, pass_deadlines, receiving_unit
from rules.errors import ChangedMeanwhile
from rules.events import DeadlinePassed
from rules.people import PROGRAM, Role
from rules.policy import Policy
from workflows.delivery_ports import Notice
from workflows.movement import Moment, moment_of, write
from workflows.notices import alarm
from workflows.ports import Access, Office, UnitOfWork
from workflows.rows import rows_of


@dataclass(frozen=True, slots=True)
class Passed:
    """A deadline that the sweep found passed, and how late it was found."""

    case_id: str
    number: str
    name: str
    due_at: datetime
    late: timedelta


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one sweep did."""

    passed: tuple[Passed, ...] = ()
    warned: int = 0
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outage:
    """Nobody watched between these moments; what passed meanwhile is listed."""

    since: datetime
    until: datetime
    passed: tuple[Passed, ...]


def sweep(office: Office) -> Sweep:
    """Record every passed deadline and raise every alarm that is due, one case at a time."""
    passed: list[Passed] = []
    warned = 0
    skipped: list[str] = []
    damaged: list[str] = []
    while True:
        try:
            done = _sweep_one(office, skipped)
        except _Lost as lost:
            skipped.append(lost.case_id)
            damaged += [lost.case_id] if lost.damaged else []
            continue
        if done is None:
            return Sweep(tuple(passed), warned, tuple(damaged))
        passed.extend(done.passed)
        warned += done.warned


# What a case that cannot be read or folded may raise: it must not silence every other case.
_DAMAGED = (ValueError, KeyError, TypeError, AttributeError, AssertionError)


class _Lost(Exception):
    """The case could not be swept now: somebody wrote to it meanwhile, or it is damaged."""

    def __init__(self, case_id: str, *, damaged: bool) -> None:
        self.case_id = case_id
        self.damaged = damaged


def _sweep_one(office: Office, skip: list[str]) -> Sweep | None:
    moment = moment_of(office, PROGRAM)
    with office.uow() as work:
        case_id = work.watch.claim(moment.at, skip=skip)
        if case_id is None:
            return None
        try:
            done = _swept(work, case_id, moment, office=office)
        except ChangedMeanwhile as error:
            raise _Lost(case_id, damaged=False) from error
        except _DAMAGED as error:
            raise _Lost(case_id, damaged=True) from error
        _log(work, moment, case_id)
        work.commit()
    return done


def _swept(work: UnitOfWork, case_id: str, moment: Moment, *, office: Office) -> Sweep:
    case = fold.replay(case_id, work.journal.read(case_id))
    assert case is not None
    warned = _raise_alarms(work, case, moment)
    breaches = pass_deadlines(case, moment.at)
    write(work, case, breaches, moment=moment, office=office)
    return Sweep(tuple(_passed(case, breach, moment.at) for breach in breaches), warned)


def _passed(case: Case, breach: DeadlinePassed, at: datetime) -> Passed:
    name = case.clocks[breach.key].started.name
    return Passed(case.id, case.number, name, breach.due_at, at - breach.due_at)


def _raise_alarms(work: UnitOfWork, case: Case, moment: Moment) -> int:
    """Tell of each alarm once; a warning that a later one has overtaken is only marked."""
    done = work.watch.raised(case.id)
    due = [row for row in rows_of(case).alarms if row.at <= moment.at]
    latest = {row.key: row.step for row in sorted(due, key=lambda row: row.at)}
    fresh = [row for row in due if (row.key, row.step) not in done]
    for row in fresh:
        if row.step == latest[row.key]:
            clock = case.clocks[row.key]
            work.outbox.put(tuple(_alarm_notices(case, clock, step=row.step, moment=moment)))
        work.watch.mark(case.id, row.key, row.step, at=moment.at)
    return len(fresh)


def _alarm_notices(case: Case, clock: Clock, *, step: str, moment: Moment) -> Iterator[Notice]:
    roles = clock.started.tell
    if step == "frist":
        roles = tuple(dict.fromkeys((*roles, *clock.started.escalate)))
    for role in dict.fromkeys(_role(name, case) for name in roles):
        for unit in _units_for(role, case, clock, policy=moment.rulebook.policy):
            told = alarm(case, clock.started.key, step, role=role, unit=unit, at=moment.at)
            yield told
            yield from _to_deputy(case, told)


def _role(name: str, case: Case) -> Role:
    """Before anything goes to the investigators, what is theirs is the intake's to watch."""
    theirs = case.handover is not None or case.handover_is_due
    return Role.INTAKE if name == Role.INVESTIGATOR.value and not theirs else Role(name)


def _units_for(role: Role, case: Case, clock: Clock, *, policy: Policy) -> Iterable[str | None]:
    """Whose people with `role` are meant: the clock's own unit, or every unit in the hub."""
    if role is Role.MANAGER:
        return (None,)
    if role is Role.INTAKE:
        return (intake_unit(policy),)
    if role is Role.INVESTIGATOR:
        return (receiving_unit(case, policy),)
    if role is Role.UNIT and clock.started.unit not in case.units:
        return tuple(case.units)
    return (owner(case, clock),)


def _to_deputy(case: Case, told: Notice) -> Iterator[Notice]:
    """Who stands in for a unit is told as the unit is."""
    called = case.units.get(told.unit or "") if told.role is Role.UNIT else None
    if called and called.deputy:
        deputy = called.deputy.deputy
        yield replace(told, key=f"{told.key}:{deputy}", role=None, account=deputy)


def _log(work: UnitOfWork, moment: Moment, case_id: str) -> None:
    work.access.record(
        Access(
            at=moment.at,
            account_id=PROGRAM.id,
            action="bevaka",
            case_ids=(case_id,),
            granted=True,
            relation="programmet",
        )
    )


def beat(office: Office, worker: str) -> None:
    """Leave a sign of life."""
    with office.uow() as work:
        work.watch.beat(worker, office.clock())
        work.commit()


def catch_up(office: Office, worker: str) -> Outage:
    """Before any work is accepted: sweep, and list what passed while nobody watched."""
    now = office.clock()
    with office.uow() as work:
        last = work.watch.last_beat()
    done = sweep(office)
    beat(office, worker)
    return Outage(last or now, now, done.passed)


def unpromised(office: Office) -> tuple[str, ...]:
    """Open cases that nobody would be told about: the promise is that there are none."""
    with office.uow() as work:
        return work.lists.unpromised()

"""The sweep: what is due is claimed, recorded and told, in one transaction a case.

A clock is a row; the scheduler only wakes this. Running it late, twice or in many processes does
the same thing once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rules import fold
from rules.alarms import due_events
from rules.case import Case
from rules.errors import ChangedMeanwhile
from rules.events import Alerted, DeadlinePassed
from rules.people import PROGRAM
from rules.schedule import Calendar
from workflows.movement import Moment, moment_of, write
from workflows.ports import Access, Office, UnitOfWork


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
    calendar = Calendar(moment.rulebook.policy, moment.rulebook.version, office.rests)
    events = due_events(case, calendar, moment.at)
    write(work, case, events, moment=moment, office=office)
    passed = tuple(_passed(case, it, moment.at) for it in events if isinstance(it, DeadlinePassed))
    return Sweep(passed, sum(isinstance(it, Alerted) for it in events))


def _passed(case: Case, breach: DeadlinePassed, at: datetime) -> Passed:
    name = case.clocks[breach.key].started.name
    return Passed(case.id, case.number, name, breach.due_at, at - breach.due_at)


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

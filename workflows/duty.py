"""What the socialjour takes over when the office closes: cases whose clocks end before it opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.case import Case
from rules.clock import Clock
from rules.clocks import intake_unit
from rules.duty import on_duty_until, reads_list
from rules.errors import NotAllowed
from rules.level import Level
from rules.milestone import Milestone
from rules.people import Actor
from rules.policy import Policy
from workflows.movement import Moment, moment_of
from workflows.ports import Office, UnitOfWork
from workflows.reading import log_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCase:
    """A case as the socialjour needs it: `child` is None when the name is or may be protected."""

    case_id: str
    number: str
    level: Level
    child: str | None
    protected: bool
    protection_assessed: bool
    clocks: tuple[Clock, ...]
    silent_units: tuple[str, ...]
    meeting_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyList:
    """The list up to `until`, when the office opens; none while the office answers itself."""

    cases: tuple[DutyCase, ...]
    until: datetime | None
    moment: Moment


def read_duty_list(office: Office, actor: Actor) -> DutyList:
    """The list as it stands now. It tells names: a look at it is a look at every case in it."""
    moment = moment_of(office, actor)
    policy = moment.rulebook.policy
    if not reads_list(actor, intake_unit(policy)):
        raise NotAllowed
    until = on_duty_until(moment.at, policy.office, office.rests)
    with office.uow() as work:
        cases = tuple(_cases(work, until, policy)) if until is not None else ()
        ids = tuple(case.case_id for case in cases)
        log_cases(work, moment, ids, action="läsa socialjourens lista")
        work.commit()
    return DutyList(cases=cases, until=until, moment=moment)


def _cases(work: UnitOfWork, until: datetime, policy: Policy) -> Iterator[DutyCase]:
    ids = tuple(row.case_id for row in work.lists.due_before(until))
    found = work.journal.cases(ids)
    for case_id in ids:
        clocks = tuple(_due(found[case_id], until, policy))
        if clocks:
            yield _duty_case(found[case_id], clocks)


def _due(case: Case, until: datetime, policy: Policy) -> Iterator[Clock]:
    """What ends before `until`, nearest first; to explain a breach is work for a chef's desk.

    A breach that is explained, or that a closed case has left behind, is nothing for tonight.
    """
    alive = (it for it in case.clocks.values() if _waits(it, case) and ends_at(it) < until)
    for clock in sorted(alive, key=ends_at):
        known = policy.clocks.get(clock.started.clock)
        if known is None or known.begins is not Milestone.BREACHED:
            yield clock


def _waits(clock: Clock, case: Case) -> bool:
    return clock.running or (clock.stopped is None and clock.breach_is_open and not case.closed)


def ends_at(clock: Clock) -> datetime:
    """When something is to happen to it: a clock that rests does so until then."""
    return clock.suspended.until if clock.suspended else clock.due_at


def _duty_case(case: Case, clocks: tuple[Clock, ...]) -> DutyCase:
    waits = case.decision is None
    return DutyCase(
        case_id=case.id,
        number=case.number,
        level=case.level,
        child=None if case.child.is_protected else case.child.name,
        protected=case.child.is_protected,
        protection_assessed=case.protection is not None,
        clocks=clocks,
        silent_units=case.silent_units if waits else (),
        meeting_at=case.call.starts_at if case.call and waits and not case.meeting else None,
    )

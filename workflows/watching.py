"""The sweep: what is due is claimed, recorded and told, each case in one transaction.

A clock is a row; the scheduler only wakes this. Running it late, twice or in many processes does
the same thing once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules import fold
from rules.alarms import due_events
from rules.case import Case
from rules.errors import ChangedMeanwhile, Refusal
from rules.events import Alerted, DeadlinePassed, Event
from rules.people import PROGRAM
from workflows.movement import Moment, calendar_of, keep_all, moment_of, movement
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


# So many cases share a transaction; whoever writes to one of them waits that long for it.
BATCH = 200


def sweep(office: Office) -> Sweep:
    """Record every passed deadline and raise every alarm that is due, many cases at a time.

    What cannot be written together is tried in ever smaller parts, so that a case that is damaged
    or busy stands alone and silences no other.
    """
    rounds: list[Sweep] = []
    passed_over: list[str] = []
    most = BATCH
    while True:
        try:
            found = sweep_some(office, most=most, skip=passed_over)
        except Lost as lost:
            if len(lost.case_ids) == 1:
                passed_over += lost.case_ids
                rounds += [Sweep(damaged=lost.case_ids)] if lost.damaged else []
            most = max(1, len(lost.case_ids) // 2)
            continue
        if found is None:
            return _together(rounds)
        passed_over += found.damaged
        rounds.append(found)
        most = min(BATCH, most * 2)


def _together(rounds: Sequence[Sweep]) -> Sweep:
    return Sweep(
        tuple(passed for it in rounds for passed in it.passed),
        sum(it.warned for it in rounds),
        tuple(case_id for it in rounds for case_id in it.damaged),
    )


# What a case that cannot be read or folded may raise: it must not silence every other case.
_DAMAGED = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
    Refusal,
)


class Lost(Exception):
    """One of the cases could not be swept now: somebody wrote to it meanwhile, or it is damaged."""

    def __init__(self, case_ids: tuple[str, ...], *, damaged: bool) -> None:
        self.case_ids = case_ids
        self.damaged = damaged


def sweep_some(office: Office, *, most: int, skip: Sequence[str] = ()) -> Sweep | None:
    """At most so many cases in one transaction; None when nothing is due. Raises Lost."""
    moment = moment_of(office, PROGRAM)
    with office.uow() as work:
        case_ids = work.watch.claim(moment.at, most=most, skip=skip)
        if not case_ids:
            return None
        try:
            done = _swept(work, case_ids, moment, office=office)
        except ChangedMeanwhile as error:
            raise Lost(case_ids, damaged=False) from error
        except _DAMAGED as error:
            raise Lost(case_ids, damaged=True) from error
        work.commit()
    return done


def _swept(work: UnitOfWork, case_ids: Sequence[str], moment: Moment, *, office: Office) -> Sweep:
    cases = work.journal.cases(case_ids)
    calendar = calendar_of(office, moment)
    due = {case_id: due_events(cases[case_id], calendar, moment.at) for case_id in case_ids}
    made = [
        movement(fold.extend(cases[it], events), events, moment=moment, office=office)
        for it, events in due.items()
    ]
    keep_all(work, [it for it in made if it.addition.events])
    work.access.record(*(_line(moment, case_id) for case_id in case_ids))
    return Sweep(
        tuple(_passed(cases, due, moment.at)),
        sum(isinstance(event, Alerted) for events in due.values() for event in events),
        # The rows said that something was due, the journal says that nothing is.
        tuple(it.after.id for it in made if not it.addition.events),
    )


def _passed(
    cases: Mapping[str, Case], due: Mapping[str, Sequence[Event]], at: datetime
) -> Iterator[Passed]:
    for case_id, events in due.items():
        case = cases[case_id]
        for breach in events:
            if isinstance(breach, DeadlinePassed):
                name, due_at = case.clocks[breach.key].started.name, breach.due_at
                yield Passed(case.id, case.number, name, due_at, at - due_at)


def _line(moment: Moment, case_id: str) -> Access:
    return Access(
        at=moment.at,
        account_id=PROGRAM.id,
        action="bevaka",
        case_ids=(case_id,),
        granted=True,
        relation="programmet",
    )

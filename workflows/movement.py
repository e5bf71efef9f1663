"""The one movement that every step makes: open, fetch, refuse, decide, append, log, commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules import fold, legible
from rules.access import Action, require
from rules.alarms import breaches_before
from rules.case import Case
from rules.clocks import follow, intake_unit
from rules.errors import Invalid, NotAllowed, NotVisible
from rules.events import Event
from rules.people import Actor
from rules.schedule import Calendar
from workflows.delivery_ports import Notice
from workflows.notices import notices_for
from workflows.ports import Access, Addition, Office, Rulebook, UnitOfWork


@dataclass(frozen=True, slots=True)
class Moment:
    """What a decision is given besides the case: the time, the rules, and who acts."""

    at: datetime
    rulebook: Rulebook
    actor: Actor
    new_id: Callable[[], str]


def moment_of(office: Office, actor: Actor) -> Moment:
    """The present moment, read once a step so that nothing in it can disagree."""
    return Moment(office.clock(), office.rulebook(), actor, office.new_id)


Decide = Callable[[Case, Moment], Sequence[Event]]


def step(office: Office, actor: Actor, case_id: str, *, action: Action, decide: Decide) -> Case:
    """Take one step in a case; the clocks follow, the log is written, or nothing happens."""
    moment = moment_of(office, actor)
    with office.uow() as work:
        case, _ = open_case(work, moment, case_id=case_id, action=action, office=office)
        events = tuple(decide(until_now(case, moment, office), moment))
        after = write(work, case, events, moment=moment, office=office)
        work.commit()
    return after


def open_case(
    work: UnitOfWork, moment: Moment, *, case_id: str, action: Action, office: Office
) -> tuple[Case, tuple[Event, ...]]:
    """The case and its events, if the actor may do this with it; a denied attempt is logged."""
    events = work.journal.read(case_id)
    case = fold.replay(case_id, events)
    intake = intake_unit(moment.rulebook.policy)
    try:
        if case is None:
            raise NotVisible
        found = require(moment.actor, action, case, intake_unit=intake)
    except (NotVisible, NotAllowed) as denied:
        known = case_id if case is not None else None
        log_denied(office, moment, action=action, case_id=known, why=type(denied).__name__)
        raise
    relation = ", ".join(sorted(relation.value for relation in found))
    _log(work, moment, case_id, action=action, relation=relation)
    return case, events


def until_now(case: Case, moment: Moment, office: Office) -> Case:
    """`case` as a step is decided on: with what has passed also where no sweep has seen it yet."""
    return fold.extend(case, breaches_before(case, calendar_of(office, moment), moment.at))


def write(
    work: UnitOfWork, case: Case, events: Sequence[Event], *, moment: Moment, office: Office
) -> Case:
    """Append `events` and the clock events that follow from them, and put out the notices.

    What passed before them is recorded first, however soon they come after it; they were decided
    on the case `until_now`. It is recorded when there are none too: the clocks are followed all
    the same, and one that the rules of the day no longer want would stop as if it had been kept.
    """
    calendar = calendar_of(office, moment)
    events = (*breaches_before(case, calendar, moment.at), *events)
    return keep(work, fold.extend(case, events), events, moment=moment, office=office)


def calendar_of(office: Office, moment: Moment) -> Calendar:
    """The policy of the moment with the rest days of the office."""
    return Calendar(moment.rulebook.policy, moment.rulebook.version, office.rests)


def keep(
    work: UnitOfWork, after: Case, events: Sequence[Event], *, moment: Moment, office: Office
) -> Case:
    """The same for the last `events` of `after`, of which the journal knows nothing yet."""
    made = movement(after, events, moment=moment, office=office)
    if made.addition.events:
        it = made.addition
        work.journal.append(it.case_id, it.events, expected=it.expected)
        work.outbox.put(made.notices)
    return made.after


@dataclass(frozen=True, slots=True)
class Movement:
    """What a step brings with it: events with the clock events that follow, and the notices."""

    after: Case
    addition: Addition
    notices: tuple[Notice, ...]


def movement(after: Case, events: Sequence[Event], *, moment: Moment, office: Office) -> Movement:
    """What the last `events` of `after` bring with them; nothing is written."""
    _require_legible(events)
    calendar = calendar_of(office, moment)
    clocks = follow(after, calendar, moment.at)
    expected = after.version - len(events)
    return Movement(
        fold.extend(after, clocks),
        Addition(after.id, (*events, *clocks), expected),
        notices_for(after, events, policy=calendar.policy, at=moment.at),
    )


def keep_all(work: UnitOfWork, movements: Sequence[Movement]) -> None:
    """Write those of many cases together: all of them or none."""
    work.journal.append_all([it.addition for it in movements])
    work.outbox.put([notice for it in movements for notice in it.notices])


def _require_legible(events: Sequence[Event]) -> None:
    """Every event that is kept passes here, so that no store and no document meets such a sign."""
    found = {path: said for event in events for path, said in legible.faults(event)}
    if found:
        raise Invalid(found)


def _log(work: UnitOfWork, moment: Moment, case_id: str, *, action: Action, relation: str) -> None:
    work.access.record(
        Access(
            at=moment.at,
            account_id=moment.actor.id,
            action=action.value,
            case_ids=(case_id,),
            granted=True,
            relation=relation,
        )
    )


def log_denied(
    office: Office, moment: Moment, *, case_id: str | None, action: Action, why: str
) -> None:
    """In a transaction of its own: the step itself is undone, the attempt is kept."""
    with office.uow() as work:
        work.access.record(
            Access(
                at=moment.at,
                account_id=moment.actor.id,
                action=action.value,
                case_ids=(case_id,) if case_id else (),
                granted=False,
                detail=why,
            )
        )
        work.commit()

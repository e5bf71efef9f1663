"""The hub's meeting is found a time and a room, moved, and manned; one booking at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime

from rules import events as ev
from rules import fold, moving, slots, standing_in
from rules.access import Action
from rules.case import Case
from rules.people import Actor
from rules.slots import Slot
from rules.wish import Wish
from workflows.diaries import diary
from workflows.meeting_notices import unmanned
from workflows.movement import Moment, moment_of, open_case, until_now, write
from workflows.ports import Office, UnitOfWork
from workflows.reading import CaseView

# From the case, what is wished for it and the moment, to what happens.
Book = Callable[[Case, Wish, Moment], Sequence[ev.Event]]


def deadline(case: Case, moment: Moment) -> datetime:
    """The moment by which the hub's decision is promised."""
    length = moment.rulebook.policy.clocks["hantering"].span_for(case.level)
    return case.received_at + length.elapsed


def proposal(office: Office, case: Case, moment: Moment, *, units: tuple[str, ...] = ()) -> Slot:
    """The meeting that a call, or a move, would get now; without units those it would go to."""
    with office.uow() as work:
        return slots.propose(_wish(work, case, moment, units=units, office=office))


def unmanned_units(office: Office, view: CaseView) -> frozenset[str]:
    """Called units of a case that one has read, for which nobody is there or stands in."""
    with office.uow() as work:
        found = diary(work, view.moment, office, besides=view.case.id)
    needed = standing_in.cover(view.case, found, view.moment.at)
    return frozenset(it.unit for it in needed.unmanned)


def book(
    office: Office, actor: Actor, case_id: str, *, units: tuple[str, ...] = (), decide: Book
) -> Case:
    """Take a step that books a meeting: no other booking comes between looking and keeping."""
    moment = moment_of(office, actor)
    with office.uow() as work:
        case, _ = open_case(work, moment, case_id=case_id, action=Action.CALL, office=office)
        work.meetings.alone()
        seen = until_now(case, moment, office)
        wish = _wish(work, seen, moment, units=units, office=office)
        events = tuple(decide(seen, wish, moment))
        after = man(work, case, events, moment=moment, office=office)
        work.commit()
    return after


def move(
    office: Office, actor: Actor, case_id: str, *, starts_at: datetime | None = None, reason: str
) -> Case:
    """Call the hub anew to another time: the one chosen, or the first that keeps the promises."""

    def decide(case: Case, wish: Wish, moment: Moment) -> list[ev.Event]:
        slot = slots.at_time(wish, starts_at) if starts_at else slots.propose(wish)
        return [moving.move(case, slot=slot, reason=reason, actor=moment.actor, at=moment.at)]

    return book(office, actor, case_id, decide=decide)


def man(
    work: UnitOfWork,
    case: Case,
    events: Sequence[ev.Event],
    *,
    moment: Moment,
    office: Office,
) -> Case:
    """Keep `events`, name who stands in for units that nobody is there for, and tell the chef of
    a unit that has nobody at all."""
    ahead = diary(work, moment, office, besides=case.id)
    needed = standing_in.cover(fold.extend(case, events), ahead, moment.at)
    after = write(work, case, (*events, *needed.named), moment=moment, office=office)
    told = (unmanned(after, it, at=moment.at) for it in needed.unmanned)
    work.outbox.put(tuple(told))
    return after


def _wish(
    work: UnitOfWork, case: Case, moment: Moment, *, units: tuple[str, ...], office: Office
) -> Wish:
    policy = moment.rulebook.policy
    return Wish(
        at=moment.at,
        deadline=deadline(case, moment),
        policy=policy.slots,
        units=units or tuple(case.units) or policy.routing.call,
        diary=diary(work, moment, office, besides=case.id),
        called_at=case.call.at if case.call else None,
    )

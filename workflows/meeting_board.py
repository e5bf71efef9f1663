"""The meetings to come and how much room there is for more, by case numbers and rooms alone."""

from dataclasses import dataclass

from rules.capacity import Day, outlook
from rules.errors import NotAllowed
from rules.local_time import local_day, midnight
from rules.people import Actor, Role
from rules.wish import Wish
from workflows.diaries import diary
from workflows.meeting_ports import Meeting
from workflows.movement import Moment, moment_of
from workflows.ports import Office, UnitOfWork
from workflows.reading import log_cases, scope_of

READERS = (Role.INTAKE, Role.UNIT_MANAGER, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class Booked:
    """A meeting as somebody may see it: of a case that is not theirs only that a room is taken.

    `number` is `""` then, and `may_open` tells whether the case itself may be read.
    """

    meeting: Meeting
    number: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class MeetingBoard:
    """Today's meetings and those to come, soonest first."""

    booked: tuple[Booked, ...]
    moment: Moment


@dataclass(frozen=True, slots=True)
class Capacity:
    """The coming days, for each level at which the hub is called, as they look now."""

    days: tuple[Day, ...]
    moment: Moment


def read_meetings(office: Office, actor: Actor) -> MeetingBoard:
    """For the intake, and for chefs; a verksamhetschef sees every number and opens no case."""
    moment = _moment(office, actor)
    since = midnight(local_day(moment.at))
    with office.uow() as work:
        mine = _visible(work, actor, moment)
        ahead = work.meetings.ahead(since)
        whole = actor.has(Role.MANAGER)
        booked = tuple(_booked(it, mine=mine, whole=whole) for it in ahead)
        told = tuple(it.meeting.case_id for it in booked if it.number)
        log_cases(work, moment, told, action="lista möten")
        work.commit()
    return MeetingBoard(booked, moment)


def read_capacity(office: Office, actor: Actor) -> Capacity:
    """Which of the coming days are tight, and why; it says nothing of any case."""
    moment = _moment(office, actor)
    policy = moment.rulebook.policy
    with office.uow() as work:
        booked = diary(work, moment, office)
    wish = Wish(moment.at, moment.at, policy.slots, policy.routing.call, booked)
    levels = sorted(moment.rulebook.hub_levels, key=lambda it: -it.rank)
    handling = policy.clocks["hantering"]
    lengths = {level: handling.span_for(level).elapsed for level in levels}
    return Capacity(outlook(wish, lengths), moment)


def _moment(office: Office, actor: Actor) -> Moment:
    if not actor.has(*READERS):
        raise NotAllowed
    return moment_of(office, actor)


def _visible(work: UnitOfWork, actor: Actor, moment: Moment) -> frozenset[str]:
    scope = scope_of(actor, moment, include_closed=False)
    return frozenset(row.case_id for row in work.lists.cases(scope))


def _booked(meeting: Meeting, *, mine: frozenset[str], whole: bool) -> Booked:
    may_open = meeting.case_id in mine
    return Booked(meeting, meeting.number if may_open or whole else "", may_open)

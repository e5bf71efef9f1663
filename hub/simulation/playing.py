"""Plays a municipality from its profile and a seed: arrivals, people, units, outages, worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.simulation.agenda import Agenda
from hub.simulation.concerns import Example, incoming
from hub.simulation.course import Course
from hub.simulation.draws import Draws
from hub.simulation.measured import Measured, measure
from hub.simulation.people import admitted
from hub.simulation.post import PlayedPost
from hub.simulation.profile import Profile, Team
from hub.simulation.teams import Staff, Work, present
from hub.simulation.town import Town
from hub.simulation.worker import Tally, Worker, case_of
from workflows.ports import Office

TEAMS: tuple[Team, ...] = ("mottagning", "beslutare", "utredare", "chef")
HOUR = timedelta(hours=1)

# An office with an empty store, on the clock that is given.
MakeOffice = Callable[[Callable[[], datetime]], Office]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is played: concerns are counted for `days`, and come in for `tail` days more.

    In the tail the last counted ones get their time, with the load they would have had.
    """

    profile: Profile
    seed: int
    days: int
    tail: int = 15

    @property
    def counted_until(self) -> datetime:
        return self.profile.begins() + timedelta(days=self.days)

    @property
    def until(self) -> datetime:
        return self.counted_until + timedelta(days=self.tail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What a run left behind."""

    plan: Plan
    arrived: int
    unregistered: int
    cases: tuple[Measured, ...]
    courses: tuple[Course, ...]
    works: tuple[Work, ...]
    present: dict[Team, Callable[[datetime], int]]
    tally: Tally
    office: Office


def play(plan: Plan, examples: tuple[Example, ...], make: MakeOffice) -> Played:
    """Play `plan` on an office made by `make`; the same plan gives the same result."""
    town = opened(plan, make)
    courses = [
        Course(town=town, incoming=it)
        for it in incoming(plan.profile, examples, town.draws, until=plan.until)
    ]
    for course in courses:
        town.agenda.put(course.incoming.at, course.arrive)
    town.agenda.run(plan.until)
    return _played(plan, town, [it for it in courses if it.incoming.at < plan.counted_until])


def opened(plan: Plan, make: MakeOffice) -> Town:
    """The municipality before anything has come in, its hours and outages ahead of it."""
    town = _town(plan, Draws(plan.seed), make)
    _put_outages(plan.profile, town)
    _put_hours(plan, town)
    return town


def _town(plan: Plan, draws: Draws, make: MakeOffice) -> Town:
    agenda = Agenda(plan.profile.begins())
    office = make(agenda)
    post = PlayedPost(lambda case_id, address: worker.followers[case_id].reached(address))
    worker = Worker(office, agenda, post)
    town = Town(
        office=office,
        agenda=agenda,
        profile=plan.profile,
        draws=draws,
        people=admitted(office),
        worker=worker,
        staff={},
    )
    for team in TEAMS:
        people = present(plan.profile, draws, team)
        town.staff[team] = Staff(team, agenda, people, town.note)
    return town


def _put_hours(plan: Plan, town: Town) -> None:
    """Each whole hour other people may be at work, and the promise is tried."""
    at = plan.profile.begins()
    while at <= plan.until:
        for staff in town.staff.values():
            town.agenda.put(at, staff.begin)
        town.agenda.put(at, town.worker.check)
        at += HOUR


def _put_outages(profile: Profile, town: Town) -> None:
    for outage in profile.outages:
        since, until = profile.down(outage)
        match outage.what:
            case "bevakning":
                town.agenda.put(since, town.worker.stop)
                town.agenda.put(until, town.worker.start)
            case "post":
                town.agenda.put(since, town.worker.post_down)
                town.agenda.put(until, town.worker.post_up)


def _played(plan: Plan, town: Town, courses: list[Course]) -> Played:
    known = [it for it in courses if it.case_id]
    return Played(
        plan=plan,
        arrived=len(courses),
        unregistered=len(courses) - len(known),
        cases=tuple(
            measure(it.incoming.number, case_of(town.office, it.case_id), at=plan.until)
            for it in known
        ),
        courses=tuple(known),
        works=tuple(work for works in town.works.values() for work in works),
        present={team: it.present for team, it in town.staff.items()},
        tally=town.worker.tally,
        office=town.office,
    )

"""When a clock ends and who is told when: from the policy, the calendar and the office hours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.clock import DUE, Clock, warning
from rules.clock_events import Alarm, Schedule
from rules.clock_policy import ClockPolicy, Rung
from rules.local_time import local_day
from rules.office import is_open
from rules.people import Role
from rules.policy import Policy
from rules.span import Due, Rests, ends_on
from rules.why import rested as rested_for


@dataclass(frozen=True, slots=True)
class Calendar:
    """The policy that clocks follow, its version, and which days are rest days."""

    policy: Policy
    version: str
    rests: Rests


@dataclass(frozen=True, slots=True)
class Plan:
    """What a schedule is made from: the clock, when it began, and the times it was moved."""

    clock: ClockPolicy
    anchor_at: datetime
    turn: int = 0


def schedule(plan: Plan, end: Due, calendar: Calendar) -> Schedule:
    """The alarms of a clock that ends at `end`: warnings, the deadline, and the ladder after it."""
    clock = plan.clock
    warnings = (
        _alarm(clock, warning(number, plan.turn), at, tell=clock.tell, calendar=calendar)
        for number, at in enumerate(_warnings(plan, end), 1)
    )
    ladder = (
        _alarm(clock, step, end.at + after, tell=tell, calendar=calendar)
        for step, after, tell in _ladder(clock)
    )
    return Schedule(
        due_at=end.at,
        target_at=end.target,
        alarms=(*warnings, *ladder),
        why=end.why,
        last_day=end.day,
    )


def _warnings(plan: Plan, end: Due) -> list[datetime]:
    moments = {end.target - span.elapsed for span in plan.clock.warn}
    if end.target < end.at:
        moments.add(end.target)
    return sorted(moment for moment in moments if moment > plan.anchor_at)


def _ladder(clock: ClockPolicy) -> Iterator[tuple[str, timedelta, tuple[Role, ...]]]:
    """At the deadline everybody who was warned and the first rungs; then each rung in its time."""
    at_once = [rung for rung in clock.escalate if rung.after is None]
    roles = (*clock.tell, *(role for rung in at_once for role in rung.tell))
    yield DUE, timedelta(), tuple(dict.fromkeys(roles))
    later = sorted((rung for rung in clock.escalate if rung.after), key=_elapsed)
    for number, rung in enumerate(later, 2):
        yield f"steg-{number}", _elapsed(rung), rung.tell


def _elapsed(rung: Rung) -> timedelta:
    return rung.after.elapsed if rung.after else timedelta()


def _alarm(
    clock: ClockPolicy, step: str, at: datetime, *, tell: tuple[Role, ...], calendar: Calendar
) -> Alarm:
    roles = tell if office_is_open(at, calendar) else (*tell, *clock.outside_office)
    return Alarm(step=step, at=at, tell=tuple(dict.fromkeys(role.value for role in roles)))


def office_is_open(at: datetime, calendar: Calendar) -> bool:
    """Whether the office is open; always, when the board has given no hours."""
    hours = calendar.policy.office
    return hours is None or is_open(at, hours, calendar.rests)


def moved(clock: Clock, plan: Plan, until: datetime, *, why: str, calendar: Calendar) -> Schedule:
    """The schedule of a clock that a person gives until `until`, or the whole of that day."""
    said = f"{clock.schedule.why}; {why}"
    if clock.schedule.last_day is None:
        return schedule(plan, Due(until, until, said), calendar)
    day = local_day(until)
    return schedule(plan, _on(day, plan.clock, calendar, why=said), calendar)


def rested(clock: Clock, plan: Plan, at: datetime, *, calendar: Calendar) -> Schedule:
    """The schedule of a clock that rests and runs again at `at`: later by what it rested.

    A clock of days is moved by the Swedish midnights that passed, one of hours by elapsed time.
    """
    assert clock.suspended is not None
    since, was = clock.suspended.at, clock.schedule
    if was.last_day is None:
        by = at - since
        why = rested_for(was.why, _text(by))
        return schedule(plan, Due(was.due_at + by, was.target_at + by, why), calendar)
    days = local_day(at) - local_day(since)
    why = rested_for(was.why, f"{days.days} dygn")
    return schedule(plan, _on(was.last_day + days, plan.clock, calendar, why=why), calendar)


def _on(day: date, clock: ClockPolicy, calendar: Calendar, *, why: str) -> Due:
    return ends_on(day, calendar.rests, rest=clock.on_rest_day, why=why)


def _text(by: timedelta) -> str:
    hours, seconds = divmod(int(by.total_seconds()), 3600)
    return f"{hours} h {seconds // 60} min"

"""Which clocks a case has: followed after every step, so that none is forgotten.

`follow` compares the clocks that the policy wants with those the case has, and answers with the
events that start and stop the difference. Nothing else starts or stops a clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rules import events as ev
from rules.case import Case, Clock
from rules.courses import Course, courses
from rules.people import PROGRAM, Role
from rules.policy import ClockKind, ClockPolicy, Policy, UnitKind
from rules.span import Due, Rests, due


@dataclass(frozen=True, slots=True)
class Calendar:
    """The policy that clocks follow, its version, and which days are rest days."""

    policy: Policy
    version: str
    rests: Rests


def follow(case: Case, calendar: Calendar, at: datetime) -> tuple[ev.Event, ...]:
    """The clock events that bring `case` in line with the policy at the moment `at`."""
    wanted = {course.key: course for course in courses(case, calendar.policy)}
    return (
        *_stops(case, wanted, at),
        *(
            _start(course, key, calendar=calendar, case=case, at=at)
            for course in wanted.values()
            if (key := _free_key(case, course)) is not None
        ),
    )


def _stops(case: Case, wanted: Mapping[str, Course], at: datetime) -> Iterator[ev.ClockStopped]:
    for key, clock in case.clocks.items():
        if clock.stopped is not None:
            continue
        course = wanted.get(base(key))
        if course is None:
            because = "gäller inte längre"
            yield ev.ClockStopped(at=at, by=PROGRAM.id, key=key, stopped_at=at, because=because)
        elif course.ended_at is not None:
            yield ev.ClockStopped(
                at=at, by=PROGRAM.id, key=key, stopped_at=course.ended_at, because=course.because
            )


def _free_key(case: Case, course: Course) -> str | None:
    """The key to start `course` under; None when it runs already, or is over."""
    if course.ended_at is not None:
        return None
    earlier = [clock for key, clock in case.clocks.items() if base(key) == course.key]
    if any(clock.stopped is None for clock in earlier):
        return None
    return course.key if not earlier else f"{course.key}#{len(earlier) + 1}"


def base(key: str) -> str:
    """The key without its generation: a clock that was stopped may have to start again."""
    return key.split("#", maxsplit=1)[0]


def _start(
    course: Course, key: str, *, calendar: Calendar, case: Case, at: datetime
) -> ev.ClockStarted:
    clock = calendar.policy.clocks[course.clock]
    end = course.due or due(course.anchor_at, clock.span_for(case.level), calendar.rests)
    return ev.ClockStarted(
        at=at,
        by=PROGRAM.id,
        key=key,
        clock=course.clock,
        name=clock.name,
        legal=clock.kind is ClockKind.LEGAL,
        anchor_at=course.anchor_at,
        due_at=end.at,
        target_at=end.target,
        warn_at=_warnings(clock, course, end),
        why=end.why,
        law=clock.law or clock.source,
        unit=course.unit or _owner(case, clock, calendar.policy),
        tell=tuple(role.value for role in clock.tell),
        escalate=tuple(role.value for role in clock.escalate),
        rules_version=calendar.version,
    )


def _warnings(clock: ClockPolicy, course: Course, end: Due) -> tuple[datetime, ...]:
    moments = {end.target - span.elapsed for span in clock.warn}
    if end.target < end.at:
        moments.add(end.target)
    return tuple(sorted(moment for moment in moments if moment > course.anchor_at))


def _owner(case: Case, clock: ClockPolicy, policy: Policy) -> str:
    """The unit whose people are told, and whose chef owns a breach."""
    if Role.INVESTIGATOR in clock.tell and Role.INTAKE not in clock.tell:
        return receiving_unit(case, policy)
    return intake_unit(policy)


def receiving_unit(case: Case, policy: Policy) -> str:
    """Who investigates or is about to; before a decision the intake asks for itself."""
    if case.handover:
        return case.handover.unit
    return policy.routing.investigators if case.handover_is_due else intake_unit(policy)


def owner(case: Case, clock: Clock) -> str:
    """The unit that answers for a clock now; the investigators' clocks follow the handover."""
    told = clock.started.tell
    investigates = Role.INVESTIGATOR.value in told and Role.INTAKE.value not in told
    if case.handover and investigates:
        return case.handover.unit
    return clock.started.unit or ""


def intake_unit(policy: Policy) -> str:
    """The unit that receives concerns."""
    return next(name for name, unit in policy.units.items() if unit.kind is UnitKind.INTAKE)


def pass_deadlines(case: Case, at: datetime) -> tuple[ev.DeadlinePassed, ...]:
    """The breaches to record at `at`; once per clock."""
    return tuple(
        ev.DeadlinePassed(
            at=at,
            by=PROGRAM.id,
            key=key,
            due_at=clock.started.due_at,
            owner=owner(case, clock),
        )
        for key, clock in case.clocks.items()
        if clock.running and clock.started.due_at <= at
    )


def promise_is_kept(case: Case) -> bool:
    """An open case has a running clock, or a breach that somebody owns."""
    return case.closed is not None or any(
        clock.running or _owned_breach(clock) for clock in case.clocks.values()
    )


def _owned_breach(clock: Clock) -> bool:
    return clock.passed is not None and clock.stopped is None and bool(clock.passed.owner)

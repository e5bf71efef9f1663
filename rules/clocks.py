"""Which clocks a case has: followed after every step, so that none is forgotten.

`follow` compares the clocks that the policy wants with those the case has, and answers with the
events that start and stop the difference. Nothing else starts or stops a clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from rules import events as ev
from rules.case import Case
from rules.clock import MOOT, Clock
from rules.clock_fold import clocks_after
from rules.clock_policy import ClockKind, ClockPolicy
from rules.courses import Course, courses
from rules.people import PROGRAM, Role
from rules.policy import Policy, UnitKind
from rules.schedule import Calendar, Plan, schedule
from rules.span import Due, due
from rules.why import uncited

ClockTurn = ev.ClockStarted | ev.ClockStopped


def follow(case: Case, calendar: Calendar, at: datetime) -> tuple[ClockTurn, ...]:
    """The clock events that bring `case` in line with the policy at the moment `at`.

    A clock that stops may be what another waits for, so then it is asked again until it is still.
    """
    told = fresh = _turns(case, calendar, at)
    while any(isinstance(turn, ev.ClockStopped) for turn in fresh):
        clocks = case.clocks
        for turn in fresh:
            clocks = clocks_after(clocks, turn)
        case = replace(case, clocks=clocks)
        fresh = _turns(case, calendar, at)
        told += fresh
    return told


def _turns(case: Case, calendar: Calendar, at: datetime) -> tuple[ClockTurn, ...]:
    wanted = {course.key: course for course in courses(case, calendar.policy)}
    stops = tuple(_stops(case, wanted, at))
    clocks = case.clocks
    for stop in stops:
        clocks = clocks_after(clocks, stop)
    return (
        *stops,
        *(
            _start(course, key, calendar=calendar, case=case, at=at)
            for course in wanted.values()
            if (key := _free_key(clocks, course)) is not None
            and (course.ended_at is None or _is_noted_late(case, course, calendar))
        ),
    )


def _is_noted_late(case: Case, course: Course, calendar: Calendar) -> bool:
    """What a person notes may be over already when it is noted, and have been over too late."""
    clock = calendar.policy.clocks[course.clock]
    fresh = not any(base(key) == course.key for key in case.clocks)
    if course.ended_at is None or not fresh or not course.noted:
        return False
    return _end_of(course, clock, calendar=calendar, case=case).at <= course.ended_at


def _stops(case: Case, wanted: Mapping[str, Course], at: datetime) -> Iterator[ev.ClockStopped]:
    for key, clock in case.clocks.items():
        if clock.stopped is not None:
            continue
        course = wanted.get(base(key))
        if course is None:
            yield ev.ClockStopped(at=at, by=PROGRAM.id, key=key, stopped_at=at, because=MOOT)
        elif course.ended_at is not None and not _hides_a_breach(clock, course):
            yield ev.ClockStopped(
                at=at, by=PROGRAM.id, key=key, stopped_at=course.ended_at, because=course.because
            )


def _hides_a_breach(clock: Clock, course: Course) -> bool:
    """What was noted ended too late and that is not recorded yet: left for the sweep to find."""
    late = course.ended_at is not None and clock.due_at <= course.ended_at
    return course.noted and late and clock.running and clock.suspended is None


def _free_key(clocks: Mapping[str, Clock], course: Course) -> str | None:
    """The key to start `course` under; None when it runs already, or is over."""
    earlier = [clock for key, clock in clocks.items() if base(key) == course.key]
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
    end = _end_of(course, clock, calendar=calendar, case=case)
    planned = schedule(Plan(clock, course.anchor_at), end, calendar)
    return ev.ClockStarted(
        at=at,
        by=PROGRAM.id,
        key=key,
        clock=course.clock,
        name=clock.name,
        legal=clock.kind is ClockKind.LEGAL,
        anchor_at=course.anchor_at,
        due_at=planned.due_at,
        target_at=planned.target_at,
        why=planned.why,
        law=clock.law or clock.source,
        unit=course.unit or _owner(case, clock, calendar.policy),
        tell=tuple(role.value for role in clock.tell),
        rules_version=calendar.version,
        alarms=planned.alarms,
        last_day=planned.last_day,
    )


def _end_of(course: Course, clock: ClockPolicy, *, calendar: Calendar, case: Case) -> Due:
    span, rest = clock.span_for(case.level), clock.on_rest_day
    end = course.due or due(course.anchor_at, span, calendar.rests, rest=rest)
    if clock.kind is ClockKind.LOCAL:
        end = replace(end, why=uncited(end.why))
    led = _led_by(case, course.clock, calendar.policy) if end.day is not None else None
    return led if led is not None and led.at > end.at else end


def _led_by(case: Case, name: str, policy: Policy) -> Due | None:
    """The end of an extended clock that this one follows, as when a level comes back."""
    for clock in case.clocks.values():
        leader = policy.clocks.get(clock.started.clock)
        follows = leader is not None and leader.extend is not None and name in leader.extend.also
        if follows and clock.extended and clock.stopped is None:
            was = clock.schedule
            return Due(was.due_at, was.target_at, was.why, was.last_day)
    return None


def _owner(case: Case, clock: ClockPolicy, policy: Policy) -> str:
    """The unit whose people are told, and whose chef owns a breach."""
    if Role.INVESTIGATOR in clock.tell and Role.INTAKE not in clock.tell:
        return receiving_unit(case, policy)
    return intake_unit(policy)


def receiving_unit(case: Case, policy: Policy) -> str:
    """Who investigates; until the case is handed over the intake has it, and alone can see it."""
    return case.handover.unit if case.handover else intake_unit(policy)


def owner(case: Case, clock: Clock, policy: Policy) -> str:
    """The unit that answers for a clock now; the investigators' clocks follow the handover."""
    told = clock.started.tell
    if Role.INVESTIGATOR.value in told and Role.INTAKE.value not in told:
        return receiving_unit(case, policy)
    return clock.started.unit or ""


def intake_unit(policy: Policy) -> str:
    """The unit that receives concerns."""
    return next(name for name, unit in policy.units.items() if unit.kind is UnitKind.INTAKE)


def promise_is_kept(case: Case) -> bool:
    """An open case has a running clock that somebody will be told of, or an owned breach."""
    return case.closed is not None or any(
        (clock.running and clock.pending) or _owned_breach(clock) for clock in case.clocks.values()
    )


def _owned_breach(clock: Clock) -> bool:
    return clock.passed is not None and clock.stopped is None and bool(clock.passed.owner)

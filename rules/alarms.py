"""What a sweep finds due in a case: alarms to tell, deadlines that passed, clocks that rested."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from rules import events as ev
from rules.case import Case
from rules.clock import Clock, is_warning
from rules.clock_events import Alarm, Told
from rules.clock_fold import clocks_after
from rules.clocks import intake_unit, owner, receiving_unit
from rules.people import PROGRAM, Role
from rules.policy import Policy
from rules.schedule import Calendar, Plan, office_is_open, rested


def due_events(case: Case, calendar: Calendar, at: datetime) -> tuple[ev.Event, ...]:
    """Everything that is due at `at`, each once; told in the order of its moments."""
    return tuple(
        event
        for key, clock in case.clocks.items()
        for event in _of_clock(case, key, clock, calendar=calendar, at=at)
    )


def breaches_before(case: Case, calendar: Calendar, at: datetime) -> tuple[ev.Event, ...]:
    """What has passed and is not recorded yet: a step that comes too late finds it so.

    Without this a late step would stop the clock before any sweep had seen that it passed. A rest
    that is over has moved the end, and the clock may have passed since.
    """
    woken = tuple(
        event
        for key, clock in case.clocks.items()
        if clock.running and clock.suspended is not None and clock.suspended.until <= at
        for event in _resumed(key, clock, calendar=calendar)
    )
    clocks = case.clocks
    for event in woken:
        clocks = clocks_after(clocks, event)
    case = replace(case, clocks=clocks)
    return (
        *woken,
        *(
            event
            for key, clock in clocks.items()
            if clock.running and clock.suspended is None and clock.due_at <= at
            for event in _of_clock(case, key, clock, calendar=calendar, at=at)
        ),
    )


def _of_clock(
    case: Case, key: str, clock: Clock, *, calendar: Calendar, at: datetime
) -> Iterator[ev.Event]:
    due = sorted((alarm for alarm in clock.pending if alarm.at <= at), key=lambda it: it.at)
    if clock.suspended is not None:
        if due:
            yield from _woken(case, key, clock, calendar=calendar, at=at)
        return
    if clock.running and clock.due_at <= at:
        yield _passed(case, key, clock, policy=calendar.policy, at=at)
    for alarm in due:
        overtaken = is_warning(alarm.step) and alarm is not due[-1]
        told = () if overtaken else _told_at(case, clock, alarm, calendar=calendar, at=at)
        yield ev.Alerted(at=at, by=PROGRAM.id, key=key, step=alarm.step, told=told)


def _woken(
    case: Case, key: str, clock: Clock, *, calendar: Calendar, at: datetime
) -> Iterator[ev.Event]:
    """Its rest is over and it may have passed since: found at once, before it can be stopped."""
    for event in _resumed(key, clock, calendar=calendar):
        again = clocks_after({key: clock}, event)[key]
        yield replace(event, at=at)
        yield from _of_clock(case, key, again, calendar=calendar, at=at)


def _passed(
    case: Case, key: str, clock: Clock, *, policy: Policy, at: datetime
) -> ev.DeadlinePassed:
    """Once a clock; whoever answers for it then owns the breach."""
    who = owner(case, clock, policy)
    return ev.DeadlinePassed(at=at, by=PROGRAM.id, key=key, due_at=clock.due_at, owner=who)


def _resumed(key: str, clock: Clock, *, calendar: Calendar) -> Iterator[ev.ClockResumed]:
    """The longest rest is over; however late that is seen, the clock rested no longer."""
    assert clock.suspended is not None
    policy = calendar.policy.clocks.get(clock.started.clock)
    if policy is None:
        return
    until = clock.suspended.until
    plan = Plan(policy, clock.started.anchor_at, clock.turn + 1)
    moved = rested(clock, plan, until, calendar=calendar)
    yield ev.ClockResumed(at=until, by=PROGRAM.id, key=key, resumed_at=until, schedule=moved)


def told_of(case: Case, clock: Clock, alarm: Alarm, *, policy: Policy) -> tuple[Told, ...]:
    """Whom an alarm goes to, if it is told when its moment has come."""
    return _receivers([_role(name, case) for name in alarm.tell], case, clock, policy=policy)


def _told_at(
    case: Case, clock: Clock, alarm: Alarm, *, calendar: Calendar, at: datetime
) -> tuple[Told, ...]:
    """Whom it goes to when it is told at `at`: late, when the office may have closed since."""
    policy = calendar.policy
    roles = [_role(name, case) for name in alarm.tell]
    known = policy.clocks.get(clock.started.clock)
    if known is not None and not office_is_open(at, calendar):
        roles += known.outside_office
    return _receivers(roles, case, clock, policy=policy)


def _receivers(
    roles: Sequence[Role], case: Case, clock: Clock, *, policy: Policy
) -> tuple[Told, ...]:
    everyone = (
        told for role in dict.fromkeys(roles) for told in _told(role, case, clock, policy=policy)
    )
    return tuple(dict.fromkeys(everyone))


def _role(name: str, case: Case) -> Role:
    """The intake watches what is the investigators' before anything goes to them, and what is the
    units' before any unit is called."""
    nobody = name == Role.INVESTIGATOR.value and case.handover is None
    nobody |= name == Role.UNIT.value and not case.units
    return Role.INTAKE if nobody else Role(name)


def _told(role: Role, case: Case, clock: Clock, *, policy: Policy) -> Iterator[Told]:
    for unit in _units_for(role, case, clock, policy=policy):
        yield Told(role=role.value, unit=unit)
        called = case.units.get(unit or "") if role is Role.UNIT else None
        if called and called.deputy:
            # Who stands in for a unit is told as the unit is.
            yield Told(role=role.value, unit=unit, account=called.deputy.deputy)


def _units_for(role: Role, case: Case, clock: Clock, *, policy: Policy) -> tuple[str | None, ...]:
    """Whose people with `role` are meant: the clock's own unit, or every unit in the hub."""
    if role in (Role.MANAGER, Role.DUTY):
        return (None,)
    if role is Role.INTAKE:
        return (intake_unit(policy),)
    if role is Role.INVESTIGATOR:
        return (receiving_unit(case, policy),)
    if role is Role.UNIT and clock.started.unit not in case.units:
        return tuple(case.units)
    return (owner(case, clock, policy),)

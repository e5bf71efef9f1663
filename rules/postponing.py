"""A person moves the end of a clock, lets it rest, lets it run again, or has seen its warning."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules import events as ev
from rules.access import answers_for
from rules.assessing import require_delegation, require_text
from rules.case import Case
from rules.clock import Clock
from rules.clock_policy import ClockPolicy, Postponement
from rules.clocks import owner
from rules.errors import Invalid, NotAllowed, Refusal
from rules.people import Actor
from rules.policy import Policy
from rules.schedule import Calendar, Plan, moved, rested

# The law states no longest time (SoL 20:2, 20:3); a day further off than this is a slip of the pen.
_FARTHEST = timedelta(days=731)


class NoSuchClock(Refusal):
    """Fristen löper inte i ärendet."""


class AlreadyPassed(Refusal):
    """Fristen har redan brustit och kan inte flyttas. Förklara fristbrottet i stället."""


class NotMovable(Refusal):
    """Fristen får inte förlängas eller vila; reglerna anger ingen grund för det."""


class AlreadyResting(Refusal):
    """Fristen vilar redan."""


class NotWarned(Refusal):
    """Ingen varning om fristen har lämnats än, så det finns ingen att ha sett."""


class NotResting(Refusal):
    """Fristen vilar inte."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants of a clock: until when, and why."""

    key: str
    until: datetime
    reason: str


def extend(
    case: Case, asked: Asked, *, calendar: Calendar, actor: Actor, at: datetime
) -> tuple[ev.ClockExtended, ...]:
    """A later end, on the ground that the rules name (as SoL 20:2, 20:3); never an earlier one."""
    clock = _running(case, asked.key, at)
    allowed = _allowed(_policy(clock, calendar).extend, actor)
    reason = require_text("reason", asked.reason, f"vilka {allowed.ground} som finns")
    extension = _Extension(allowed, replace(asked, reason=reason), actor, at)
    if asked.until - at > _FARTHEST:
        raise Invalid({"until": "Välj en dag inom två år."})
    first = _extended(clock, asked.key, extension, calendar=calendar)
    _require_later(clock.due_at, first.schedule.due_at, allowed)
    return (first, *_along(case, extension, first.schedule.due_at, calendar=calendar))


@dataclass(frozen=True, slots=True)
class _Extension:
    allowed: Postponement
    asked: Asked
    actor: Actor
    at: datetime


def _extended(
    clock: Clock, key: str, extension: _Extension, *, calendar: Calendar
) -> ev.ClockExtended:
    allowed = extension.allowed
    why = f"förlängd: {allowed.ground}" + (f" ({allowed.law})" if allowed.law else "")
    plan = Plan(_policy(clock, calendar), clock.started.anchor_at, clock.turn + 1)
    return ev.ClockExtended(
        at=extension.at,
        by=extension.actor.id,
        key=key,
        schedule=moved(clock, plan, extension.asked.until, why=why, calendar=calendar),
        reason=extension.asked.reason,
        ground=allowed.ground,
        law=allowed.law,
    )


def _along(
    case: Case, extension: _Extension, until: datetime, *, calendar: Calendar
) -> Iterator[ev.ClockExtended]:
    """The clocks of whole days that the rules let follow, as long as they end earlier."""
    for key, clock in case.clocks.items():
        follows = clock.started.clock in extension.allowed.also and key != extension.asked.key
        days = clock.schedule.last_day is not None and clock.suspended is None
        still = clock.running and extension.at < clock.due_at < until
        if follows and days and still:
            yield _extended(clock, key, extension, calendar=calendar)


def suspend(
    case: Case, asked: Asked, *, calendar: Calendar, actor: Actor, at: datetime
) -> ev.ClockSuspended:
    """The clock rests until somebody lets it run, at the longest until a set time."""
    clock = _running(case, asked.key, at)
    allowed = _allowed(_policy(clock, calendar).suspend, actor)
    reason = require_text("reason", asked.reason, f"vilka {allowed.ground} som finns")
    _require_later(at, asked.until, allowed)
    return ev.ClockSuspended(
        at=at,
        by=actor.id,
        key=asked.key,
        until=asked.until,
        reason=reason,
        ground=allowed.ground,
        law=allowed.law,
    )


def resume(
    case: Case, key: str, *, calendar: Calendar, actor: Actor, at: datetime
) -> ev.ClockResumed:
    """The clock runs again; its end is moved by what it actually rested.

    A rest that is over has ended by itself, whether or not that is recorded yet.
    """
    clock = case.clocks.get(key)
    if clock is None or clock.suspended is None or not clock.running:
        raise NotResting
    rest = clock.suspended
    if rest.until <= at:
        raise NotResting
    plan = Plan(_policy(clock, calendar), clock.started.anchor_at, clock.turn + 1)
    # The clock of the one who lets it run may be behind that of the one who let it rest.
    until = max(rest.at, at)
    again = rested(clock, plan, until, calendar=calendar)
    return ev.ClockResumed(at=at, by=actor.id, key=key, resumed_at=until, schedule=again)


def acknowledge(
    case: Case, key: str, *, policy: Policy, actor: Actor, at: datetime
) -> ev.AlarmAcknowledged:
    """No more warnings of this clock; it runs on, and a breach is recorded and told."""
    clock = case.clocks.get(key)
    if clock is None or clock.stopped is not None:
        raise NoSuchClock
    if clock.passed is not None or clock.due_at <= at:
        raise AlreadyPassed
    if not is_for(actor, case, clock, policy=policy):
        raise NotAllowed("Varningen gäller en annan enhet, som själv ska ha sett den.")
    if not clock.has_warned:
        raise NotWarned
    return ev.AlarmAcknowledged(at=at, by=actor.id, key=key)


def is_for(actor: Actor, case: Case, clock: Clock, *, policy: Policy) -> bool:
    """Whether a clock's warnings go to the actor's unit, or to one that the actor stands in for."""
    unit = owner(case, clock, policy)
    return actor.unit == unit or answers_for(actor, case, unit)


def _running(case: Case, key: str, at: datetime) -> Clock:
    clock = case.clocks.get(key)
    if clock is None or clock.stopped is not None:
        raise NoSuchClock
    if clock.passed is not None or (clock.suspended is None and clock.due_at <= at):
        raise AlreadyPassed
    if clock.suspended is not None:
        raise AlreadyResting
    return clock


def _policy(clock: Clock, calendar: Calendar) -> ClockPolicy:
    policy = calendar.policy.clocks.get(clock.started.clock)
    if policy is None:
        raise NotMovable
    return policy


def _allowed(found: Postponement | None, actor: Actor) -> Postponement:
    if found is None:
        raise NotMovable
    if found.requires is not None:
        require_delegation(actor, found.requires, found.law or found.ground)
    return found


def _require_later(was: datetime, until: datetime, allowed: Postponement) -> None:
    if until <= was:
        raise Invalid({"until": "Välj en senare tid än den som gäller nu."})
    if allowed.longest is not None and until - was > allowed.longest.elapsed:
        raise Invalid({"until": f"Reglerna tillåter högst {allowed.longest} åt gången."})

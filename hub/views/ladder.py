"""Who is told of a clock and when: what is to come, what was told, and how its end was moved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.views import words
from hub.views.case import Lens
from hub.views.times import last_moment, moment
from rules import clock_events as ev
from rules.alarms import told_of
from rules.case import Case
from rules.clock import DUE, RESUME, Clock, is_warning
from rules.events import Event
from workflows.clock_chronology import of_clock

_Move = ev.ClockExtended | ev.ClockSuspended | ev.ClockResumed | ev.AlarmAcknowledged


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: when, what, and whom it goes to or went to."""

    when: str
    what: str
    whom: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody moved the end, let the clock rest or run, or has seen its warning."""

    when: str
    by: str
    what: str
    why: str


def coming(case: Case, clock: Clock, lens: Lens) -> tuple[Rung, ...]:
    """What will be told, nearest first, as long as nothing stops the clock."""
    alarms = sorted(clock.pending, key=lambda alarm: alarm.at)
    return tuple(
        Rung(
            last_moment(alarm.at) if alarm.step == DUE else moment(alarm.at),
            _what(alarm.step),
            _whom(told_of(case, clock, alarm, policy=lens.policy), lens),
        )
        for alarm in alarms
    )


def already_told(events: Sequence[Event], key: str, lens: Lens) -> tuple[Rung, ...]:
    """What has been told, in order; what a later step had overtaken went to nobody."""
    found = (it for it in events if isinstance(it, ev.Alerted) and it.key == key)
    return tuple(
        Rung(moment(it.at), _what(it.step), _whom(it.told, lens)) for it in found if it.told
    )


def moves(events: Sequence[Event], key: str, lens: Lens) -> tuple[Moved, ...]:
    """Each time a person moved the clock, and why."""
    return tuple(_moved(it, lens) for it in events if isinstance(it, _Move) and it.key == key)


def warned(events: Iterable[Event], key: str, *, since: datetime | None = None) -> bool:
    """Whether a warning of the clock has been told to somebody."""
    return any(
        isinstance(it, ev.Alerted) and it.key == key and is_warning(it.step) and bool(it.told)
        for it in events
        if since is None or it.at >= since
    )


def _moved(event: _Move, lens: Lens) -> Moved:
    what, why = of_clock(event, lens.policy)
    return Moved(moment(event.at), lens.name(event.by), what, why)


def _what(step: str) -> str:
    if is_warning(step):
        return "Varning"
    return {DUE: "Fristen går ut", RESUME: "Löper igen av sig själv"}.get(step, "Larm")


def _whom(told: Iterable[ev.Told], lens: Lens) -> str:
    return "; ".join(dict.fromkeys(_each(told, lens)))


def _each(told: Iterable[ev.Told], lens: Lens) -> Iterator[str]:
    for it in told:
        role = "ersättare" if it.account else words.ROLES.get(it.role or "", it.role or "")
        yield f"{role}, {lens.unit(it.unit)}" if it.unit else role

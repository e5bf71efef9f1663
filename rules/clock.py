"""A clock and what became of it; a breach stays visible for ever."""

from dataclasses import dataclass
from datetime import datetime

from rules import clock_events as ev
from rules.clock_events import Alarm, Schedule

DUE = "frist"
RESUME = "återuppta"
# Why a clock stopped that nothing ended: the rules or the level no longer want it.
MOOT = "gäller inte längre"
_WARNING = "varning"


@dataclass(frozen=True, slots=True)
class Clock:
    """The events of one clock; `schedule` is the one that counts now."""

    started: ev.ClockStarted
    schedule: Schedule
    extended: tuple[ev.ClockExtended, ...] = ()
    suspended: ev.ClockSuspended | None = None
    resumed: tuple[ev.ClockResumed, ...] = ()
    acknowledged: ev.AlarmAcknowledged | None = None
    told: frozenset[str] = frozenset()
    stopped: ev.ClockStopped | None = None
    passed: ev.DeadlinePassed | None = None
    explained: ev.BreachExplained | None = None

    @property
    def running(self) -> bool:
        """Neither stopped nor passed; one that rests runs again by itself."""
        return self.stopped is None and self.passed is None

    @property
    def breach_is_open(self) -> bool:
        """A breach that nobody has explained yet."""
        return self.passed is not None and self.explained is None

    @property
    def due_at(self) -> datetime:
        return self.schedule.due_at

    @property
    def turn(self) -> int:
        """How many times its end has been moved; each time it warns anew."""
        return len(self.extended) + len(self.resumed)

    @property
    def pending(self) -> tuple[Alarm, ...]:
        """What is still to be told of it, whenever the moment comes; none once it is over."""
        if self.stopped is not None or self.explained is not None:
            return ()
        if self.suspended is not None:
            return (Alarm(step=RESUME, at=self.suspended.until, tell=()),)
        return tuple(alarm for alarm in self.schedule.alarms if self._awaits(alarm))

    @property
    def has_warned(self) -> bool:
        """Whether a warning of the end that counts now has been given."""
        return any(is_warning(it.step) and it.step in self.told for it in self.schedule.alarms)

    def _awaits(self, alarm: Alarm) -> bool:
        if alarm.step in self.told:
            return False
        if is_warning(alarm.step):
            return self.passed is None and not self._is_silenced(alarm)
        return alarm.step != DUE or self.passed is None

    def _is_silenced(self, alarm: Alarm) -> bool:
        """Acknowledged; but the last warning of a limit in law is always given."""
        if self.acknowledged is None:
            return False
        warnings = [it for it in self.schedule.alarms if is_warning(it.step)]
        return not self.started.legal or alarm != warnings[-1]


def is_warning(step: str) -> bool:
    """A step before the deadline, which acknowledging silences."""
    return step.startswith(_WARNING)


def begun(started: ev.ClockStarted) -> Clock:
    """A clock that has just started."""
    schedule = Schedule(
        due_at=started.due_at,
        target_at=started.target_at,
        alarms=started.alarms or _older(started),
        why=started.why,
        last_day=started.last_day,
    )
    return Clock(started, schedule)


def _older(started: ev.ClockStarted) -> tuple[Alarm, ...]:
    """The alarms of a clock from before the ladder: all roles at once when it passes."""
    told = tuple(dict.fromkeys((*started.tell, *started.escalate)))
    warnings = (
        Alarm(step=f"{_WARNING}-{number}", at=at, tell=started.tell)
        for number, at in enumerate(started.warn_at, 1)
    )
    return (*warnings, Alarm(step=DUE, at=started.due_at, tell=told))


def warning(number: int, turn: int) -> str:
    """The name of a warning; those of a moved end are others."""
    return f"{_WARNING}-{number}" if turn == 0 else f"{_WARNING}-{number}.{turn}"

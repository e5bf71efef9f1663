"""What happens to a clock: it starts, is moved, rests, stops, passes, and a chef says why."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rules.stamp import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A moment at which roles are told of a clock; each step is told once."""

    step: str
    at: datetime
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a clock ends, the promise inside that, why, and who is told when.

    `last_day` is the last day before any rest day moved it; none for a clock of hours.
    """

    due_at: datetime
    target_at: datetime
    alarms: tuple[Alarm, ...]
    why: str
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(Stamp):
    """A running clock with everything needed to recompute and to explain its end.

    `warn_at` and `escalate` are from before the ladder; newer clocks have `alarms` instead.
    """

    kind: Literal["clock_started"] = "clock_started"
    key: str
    clock: str
    name: str
    legal: bool
    anchor_at: datetime
    due_at: datetime
    target_at: datetime
    why: str
    law: str | None
    unit: str | None
    tell: tuple[str, ...]
    rules_version: str
    alarms: tuple[Alarm, ...] = ()
    last_day: date | None = None
    warn_at: tuple[datetime, ...] = ()
    escalate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockExtended(Stamp):
    """A person moved the end of a clock, on a ground that the board's rules name."""

    kind: Literal["clock_extended"] = "clock_extended"
    key: str
    schedule: Schedule
    reason: str
    ground: str
    law: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSuspended(Stamp):
    """A clock rests, at the longest until `until`; then it runs again by itself."""

    kind: Literal["clock_suspended"] = "clock_suspended"
    key: str
    until: datetime
    reason: str
    ground: str
    law: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockResumed(Stamp):
    """A clock runs again; its end is moved by what it actually rested."""

    kind: Literal["clock_resumed"] = "clock_resumed"
    key: str
    resumed_at: datetime
    schedule: Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(Stamp):
    kind: Literal["clock_stopped"] = "clock_stopped"
    key: str
    stopped_at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Whom an alarm went to: a role in a unit, a role everywhere, or one account."""

    role: str | None = None
    unit: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted(Stamp):
    """One step of a clock was told; nobody, when a later step had overtaken it."""

    kind: Literal["alerted"] = "alerted"
    key: str
    step: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmAcknowledged(Stamp):
    """Somebody has seen it: no more warnings. The clock runs on, and a breach is told."""

    kind: Literal["alarm_acknowledged"] = "alarm_acknowledged"
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePassed(Stamp):
    """A breach; `owner` is the unit whose chef answers for it until it is explained."""

    kind: Literal["deadline_passed"] = "deadline_passed"
    key: str
    due_at: datetime
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachExplained(Stamp):
    """Why it passed and what is done about it; `measure_by` when the step itself remains."""

    kind: Literal["breach_explained"] = "breach_explained"
    key: str
    cause: str
    comment: str
    owner: str
    measure: str = ""
    measure_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionNoted(Stamp):
    """Something that the board's rules list has happened, and when; clocks go by it."""

    kind: Literal["occasion_noted"] = "occasion_noted"
    occasion: str
    happened_at: datetime


LaterClockEvent = (
    ClockExtended
    | ClockSuspended
    | ClockResumed
    | ClockStopped
    | Alerted
    | AlarmAcknowledged
    | DeadlinePassed
    | BreachExplained
)
ClockEvent = ClockStarted | LaterClockEvent

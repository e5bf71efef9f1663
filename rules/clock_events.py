"""What happens to a clock: it starts, stops, passes, and a chef says why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rules.stamp import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(Stamp):
    """A running clock with everything needed to recompute and to explain its end."""

    kind: Literal["clock_started"] = "clock_started"
    key: str
    clock: str
    name: str
    legal: bool
    anchor_at: datetime
    due_at: datetime
    target_at: datetime
    warn_at: tuple[datetime, ...]
    why: str
    law: str | None
    unit: str | None
    tell: tuple[str, ...]
    escalate: tuple[str, ...]
    rules_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped(Stamp):
    kind: Literal["clock_stopped"] = "clock_stopped"
    key: str
    stopped_at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePassed(Stamp):
    """A breach; `owner` is the unit whose chef answers for it until it is explained."""

    kind: Literal["deadline_passed"] = "deadline_passed"
    key: str
    due_at: datetime
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachExplained(Stamp):
    kind: Literal["breach_explained"] = "breach_explained"
    key: str
    cause: str
    comment: str
    owner: str

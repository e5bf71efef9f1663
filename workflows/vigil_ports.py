"""What the workflows need of the world to watch themselves, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Missed:
    """A deadline that passed while nobody watched; the name of the clock, never content.

    Of a clock that rested it is the rest that ended then; its name says so.
    """

    case_id: str
    key: str
    number: str
    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Outage:
    """No worker lived between these moments; what passed meanwhile is listed, oldest first."""

    since: datetime
    until: datetime
    passed: tuple[Missed, ...] = ()


class Kind(StrEnum):
    """What the watchdog can find; each has a sentence in workflows.finding_words."""

    UNPROMISED = "utan-bevakning"
    UNTOLD = "utan-larm"
    UNRECORDED = "oskrivna-fristbrott"
    LATE_ALARM = "sena-larm"
    LATE_DELIVERY = "sena-meddelanden"
    DEAD_LETTER = "dott-meddelande"
    NO_WORKER = "ingen-bevakning"
    SILENT_WORKER = "tyst-process"
    DEAD_SCHEDULER = "stillastaende-bevakning"
    SKEW = "klockan-gar-fel"
    BACKWARDS = "klockan-gick-bakat"
    NO_STATEMENT = "inget-dagsintyg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as promised: since when, and how many; never a case's content.

    `place` is the process that it is about, empty when it is about all of them.
    """

    kind: Kind
    since: datetime
    count: int = 1
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A finding as it is kept: when somebody saw it first and last, and when it was over.

    `told` is how many have been mailed of, at `told_at`; of fewer there is nothing new to tell.
    """

    id: int
    finding: Finding
    first_seen: datetime
    last_seen: datetime
    told: int
    told_at: datetime
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the projections say of the promise, counted without the code that keeps it.

    `unpromised` are numbers of open cases with neither a running clock that somebody will be told
    of nor a breach that somebody owns; `breached` the clocks that have passed and go on; `untold`
    those that run without an alarm at their end; `unrecorded` those that passed before the moment
    that was asked about and are no breach yet.
    """

    unpromised: tuple[str, ...] = ()
    breached: int = 0
    untold: int = 0
    unrecorded: int = 0
    oldest_unrecorded: datetime | None = None
    late_alarms: int = 0
    oldest_alarm: datetime | None = None


class Vigil(Protocol):
    """What the watchdog reads and keeps."""

    def alone(self) -> None:
        """Wait until nobody else keeps what the watchdog keeps; until this transaction ends."""

    def proof(self, before: datetime) -> Proof:
        """The promise, and what is still undone that was due before this moment."""

    def newest_event(self) -> datetime | None:
        """When the last event of the journal was written."""

    def passed(self, since: datetime, until: datetime) -> tuple[Missed, ...]:
        """Deadlines that passed within, and those that passed before and are no breach yet."""

    def add_outage(self, outage: Outage, *, found_by: str) -> None: ...

    def outages(self, limit: int) -> tuple[Outage, ...]:
        """The latest first."""

    def open_findings(self) -> tuple[Seen, ...]:
        """What has been found and is not over, the oldest first."""

    def recent_findings(self, limit: int) -> tuple[Seen, ...]:
        """What is over too, the latest first."""

    def begin(self, finding: Finding, at: datetime) -> int:
        """Keep what is new, and that it is told; returns its number."""

    def see(self, found: Sequence[tuple[int, Finding]], at: datetime) -> None:
        """It is still so: the count and the moment as they are now; told is never more."""

    def tell(self, finding_id: int, count: int, at: datetime) -> None:
        """That so many have been mailed of."""

    def clear(self, finding_id: int, at: datetime) -> None: ...

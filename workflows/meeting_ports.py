"""What the workflows need of the world about meetings and absences, as a protocol."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rules.absences import Absence


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A hub that is called and has not met: in which case, when, where, and with which units."""

    case_id: str
    number: str
    starts_at: datetime
    ends_at: datetime
    room: str
    units: tuple[str, ...]


class Meetings(Protocol):
    """The meetings to come, and who is away."""

    def alone(self) -> None:
        """Wait for anybody else who is booking; until this transaction ends nobody else does."""

    def ahead(self, since: datetime) -> tuple[Meeting, ...]:
        """Meetings that end after `since` and are not held, decided without or closed; soonest
        first."""

    def add_absence(self, absence: Absence) -> None: ...

    def end_absence(self, absence_id: str, *, back_at: datetime, by: str) -> None:
        """Somebody is back before it would have ended; the first to say so counts."""

    def absence(self, absence_id: str) -> Absence | None: ...

    def absences(self, since: datetime) -> tuple[Absence, ...]:
        """Those that are not over at `since`, in the order in which they begin."""

"""What the breach ledger and the socialjour's list need of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflows.rows import CaseRow, ClockRow


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachScope:
    """Which breaches a list is of; what is None does not matter.

    `owner` is the unit that answers for them; `since` and `before` bound the deadline.
    """

    owner: str | None = None
    cause: str | None = None
    explained: bool | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachRow:
    """A clock that has passed, and as much of its case as a ledger shows."""

    clock: ClockRow
    number: str
    level: str
    handover_unit: str | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachCount:
    """How many breaches of a unit have a cause; without one they wait for an explanation."""

    owner: str
    cause: str | None
    count: int


class LedgerLists(Protocol):
    """Reads across open and closed cases alike: a breach is there for ever."""

    def breaches(self, scope: BreachScope, *, limit: int, offset: int = 0) -> Sequence[BreachRow]:
        """Those without an explanation first, the oldest first; then the latest explained."""

    def breach_counts(self, scope: BreachScope) -> Sequence[BreachCount]:
        """The same breaches counted, by unit and cause."""

    def due_before(self, until: datetime) -> Sequence[CaseRow]:
        """Cases with a running clock whose end, or rest, ends before `until`; and open cases with
        a breach that nobody has explained.

        The highest level first, then the nearest end.
        """

"""What the workflows need of the world about versions of the rules, as a protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rules.classification import Classification
from rules.level import Level
from rules.versions import Approval, Rejection, RuleVersion


@dataclass(frozen=True, slots=True)
class Past:
    """A classification as the journal has it, the `position`-th row of the whole journal.

    `classification` is None when the row cannot be read; `received_at` when no list has the case.
    """

    position: int
    case_id: str
    number: str
    at: datetime
    received_at: datetime | None
    classification: Classification | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """A version that is evaluated beside the live one, on all that comes after `position`."""

    id: int = 0
    version: str
    started_by: str
    started_at: datetime
    position: int = 0
    ended_at: datetime | None = None
    ended_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowResult:
    """What the shadow said of a classification; without a level when it could not say."""

    shadow_id: int
    position: int
    case_id: str
    number: str
    at: datetime
    live_version: str
    live_level: Level | None
    live_rules: tuple[str, ...] = ()
    shadow_level: Level | None = None
    shadow_rules: tuple[str, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many classifications got `live` from the live version and `shadow` from the shadow."""

    live: Level | None
    shadow: Level | None
    count: int


class RuleStore(Protocol):
    """Versions of the rules and what was decided of them; rows are added, never changed."""

    def alone(self) -> None:
        """Wait until nobody else decides what is in force; hold it while the transaction lasts."""

    def keep(self, version: RuleVersion) -> bool:
        """Add the version; False, and nothing happens, when it is there already."""

    def version(self, name: str) -> RuleVersion | None:
        """The version with the full name, label and hash."""

    def versions(self) -> tuple[RuleVersion, ...]:
        """Every version, the newest first."""

    def approve(self, approval: Approval) -> Approval:
        """Add the approval; it comes back with its id.

        Raises OwnProposal when approver and author are the same person.
        """

    def approvals(self) -> tuple[Approval, ...]:
        """Every approval ever, the newest first, withdrawn ones too."""

    def schedule(self) -> tuple[Approval, ...]:
        """The approvals that stand, in the order they take effect."""

    def reject(self, rejection: Rejection) -> None:
        """Add the rejection; raises NotWaiting when that very answer has been given."""

    def rejections(self) -> tuple[Rejection, ...]:
        """Every rejection, the newest first."""

    def start_shadow(self, shadow: Shadow) -> Shadow:
        """Begin after the journal's last row; the shadow comes back with its id and position."""

    def end_shadow(self, shadow_id: int, *, at: datetime, by: str) -> None:
        """End it; ending it twice is the same as once."""

    def shadows(self) -> tuple[Shadow, ...]:
        """Every shadow, the newest first; those without `ended_at` go on."""

    def history(
        self, *, after: int = 0, limit: int = 500, case_id: str | None = None
    ) -> tuple[Past, ...]:
        """Classifications in the order of the journal, after the position `after`."""

    def unseen(self, shadow: Shadow, *, limit: int) -> tuple[Past, ...]:
        """Classifications since the shadow began that it has no result for, oldest first."""

    def record(self, results: Sequence[ShadowResult]) -> None:
        """Keep the results; one that is there already stays as it is."""

    def tally(self, shadow_id: int) -> tuple[Tally, ...]:
        """The running comparison, by live and then shadow level as the words are written."""

    def differing(self, shadow_id: int, *, limit: int = 200) -> tuple[ShadowResult, ...]:
        """Where the shadow said another level, or nothing, the newest first."""

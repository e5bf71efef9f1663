"""What happens around the hub: the call, the answers, the meeting, what was seen there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rules.level import Level
from rules.stamp import Stamp
from rules.statement import AnswerKind, Dissent, MapItem, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class HubCalled(Stamp):
    """The hub was convened by one of the parties, with a meeting time and why just that one.

    `room` is the id of the room; `""` when none was free, and in calls older than the rooms.
    """

    kind: Literal["hub_called"] = "hub_called"
    units: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    extra: bool
    why_slot: str
    reason: str
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMoved(Stamp):
    """The hub meets at another time than it was called to; `reason` is why it was moved.

    `answer_by` is the answer time of the units in the call: as long as they were promised, but
    never longer than to the meeting.
    """

    kind: Literal["meeting_moved"] = "meeting_moved"
    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    extra: bool
    why_slot: str
    reason: str
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAdded(Stamp):
    kind: Literal["unit_added"] = "unit_added"
    unit: str
    answer_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswered(Stamp):
    kind: Literal["unit_answered"] = "unit_answered"
    unit: str
    answer: AnswerKind
    statements: tuple[Statement, ...] = ()
    reason: str = ""
    attested_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyNamed(Stamp):
    kind: Literal["deputy_named"] = "deputy_named"
    unit: str
    deputy: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld(Stamp):
    """Who took part, by name and unit, and which called units were silent, by name."""

    kind: Literal["meeting_held"] = "meeting_held"
    started_at: datetime
    ended_at: datetime
    present: tuple[str, ...]
    present_units: tuple[str, ...]
    silent_units: tuple[str, ...]
    absent_units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingMade(Stamp):
    kind: Literal["mapping_made"] = "mapping_made"
    items: tuple[MapItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentMade(Stamp):
    kind: Literal["assessment_made"] = "assessment_made"
    level: Level
    reasons: str
    dissents: tuple[Dissent, ...] = ()

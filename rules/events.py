"""Everything that can happen to a case, in the past tense; the journal holds nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from rules.answer import Answer
from rules.classification import Classification
from rules.clock_events import (
    AlarmAcknowledged,
    Alerted,
    BreachExplained,
    ClockEvent,
    ClockExtended,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    ClockSuspended,
    DeadlinePassed,
    OccasionNoted,
)
from rules.concern import Channel, Child, Related, Reporter, Sibling
from rules.hub_events import (
    AssessmentMade,
    DeputyNamed,
    HubCalled,
    MappingMade,
    MeetingHeld,
    MeetingMoved,
    UnitAdded,
    UnitAnswered,
)
from rules.level import Level
from rules.stamp import Stamp
from rules.statement import (
    DecisionKind,
    Statement,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Stamp):
    kind: Literal["registered"] = "registered"
    number: str
    report_id: str
    received_at: datetime
    channel: Channel
    reporter: Reporter
    child: Child
    siblings: tuple[Sibling, ...]
    title: str
    text: str
    related: tuple[Related, ...]
    facts: Mapping[str, int | bool | str | None]
    reference: str | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCorrected(Stamp):
    kind: Literal["child_corrected"] = "child_corrected"
    child: Child
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Stamp):
    """A correction or an objection from the person concerned (SoL 14:6); nothing is overwritten."""

    kind: Literal["note_added"] = "note_added"
    about_seq: int | None
    nature: Literal["rättelse", "invändning", "anteckning"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionAssessed(Stamp):
    kind: Literal["protection_assessed"] = "protection_assessed"
    needed: bool
    reasons: str
    measures: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsAnswered(Stamp):
    """New answers to the instrument; earlier ones stay in the journal."""

    kind: Literal["questions_answered"] = "questions_answered"
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified(Stamp):
    kind: Literal["classified"] = "classified"
    classification: Classification


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSet(Stamp):
    """A person confirmed or changed the level; lowering carries the name of the second person."""

    kind: Literal["level_set"] = "level_set"
    level: Level
    reason: str
    proposed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoweringProposed(Stamp):
    kind: Literal["lowering_proposed"] = "lowering_proposed"
    level: Level
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoweringDeclined(Stamp):
    kind: Literal["lowering_declined"] = "lowering_declined"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Stamp):
    """A decision with what FL 31 and 32 §§ demand; `by` decided, under `delegation`."""

    kind: Literal["decided"] = "decided"
    decision: DecisionKind
    reasons: str
    law: str
    decided_by: str
    delegation: str
    presenters: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    without_hub: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Stamp):
    """The package as it was when handed over: its receiver and the hash of its content."""

    kind: Literal["handed_over"] = "handed_over"
    unit: str
    investigator: str | None
    upto_seq: int
    package_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAcknowledged(Stamp):
    kind: Literal["handover_acknowledged"] = "handover_acknowledged"
    investigator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernedInformed(Stamp):
    kind: Literal["concerned_informed"] = "concerned_informed"
    how: str
    withheld_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationConcluded(Stamp):
    kind: Literal["investigation_concluded"] = "investigation_concluded"
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRequested(Stamp):
    kind: Literal["feedback_requested"] = "feedback_requested"
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven(Stamp):
    """One of the three facts of SoL 19:6, or why it was unsuitable to give it."""

    kind: Literal["feedback_given"] = "feedback_given"
    fact: Literal["inletts", "inte_inletts", "pågår_redan"] | None
    channel: str = ""
    unsuitable_because: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequested(Stamp):
    kind: Literal["information_requested"] = "information_requested"
    request_id: str
    party: str
    act: Literal["hämta", "lämna"]
    question: str
    ground: str
    gate: str
    ground_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationReceived(Stamp):
    kind: Literal["information_received"] = "information_received"
    request_id: str
    nothing_known: bool
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefused(Stamp):
    """The program refused to let information pass; kept so that the refusal can be reviewed."""

    kind: Literal["request_refused"] = "request_refused"
    party: str
    act: Literal["hämta", "lämna"]
    gate: str
    because: str
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Stamp):
    kind: Literal["closed"] = "closed"
    reason: str


CaseEvent = (
    Registered
    | ChildCorrected
    | NoteAdded
    | ProtectionAssessed
    | QuestionsAnswered
    | Classified
    | LevelSet
    | LoweringProposed
    | LoweringDeclined
    | HubCalled
    | UnitAdded
    | UnitAnswered
    | DeputyNamed
    | MeetingMoved
    | MeetingHeld
    | MappingMade
    | AssessmentMade
    | Decided
    | HandedOver
    | HandoverAcknowledged
    | ConcernedInformed
    | InvestigationConcluded
    | FeedbackRequested
    | FeedbackGiven
    | InformationRequested
    | InformationReceived
    | RequestRefused
    | OccasionNoted
    | Closed
)
Event = CaseEvent | ClockEvent

EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])

__all__ = [
    "EVENT",
    "AlarmAcknowledged",
    "Alerted",
    "AssessmentMade",
    "BreachExplained",
    "CaseEvent",
    "ChildCorrected",
    "Classified",
    "ClockEvent",
    "ClockExtended",
    "ClockResumed",
    "ClockStarted",
    "ClockStopped",
    "ClockSuspended",
    "Closed",
    "ConcernedInformed",
    "DeadlinePassed",
    "Decided",
    "DeputyNamed",
    "Event",
    "FeedbackGiven",
    "FeedbackRequested",
    "HandedOver",
    "HandoverAcknowledged",
    "HubCalled",
    "InformationReceived",
    "InformationRequested",
    "InvestigationConcluded",
    "LevelSet",
    "LoweringDeclined",
    "LoweringProposed",
    "MappingMade",
    "MeetingHeld",
    "MeetingMoved",
    "NoteAdded",
    "OccasionNoted",
    "ProtectionAssessed",
    "QuestionsAnswered",
    "Registered",
    "RequestRefused",
    "Stamp",
    "UnitAdded",
    "UnitAnswered",
]

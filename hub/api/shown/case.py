"""A case as the API shows it: the whole state, and what the caller may do with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from hub.api.shown.clock import ClockShown
from rules import events as ev
from rules.access import PERMITS, Action, Relation
from rules.answer import Answer
from rules.case import CalledUnit, Case, Feedback, Request
from rules.classification import Classification
from rules.concern import Channel, Child, Related, Reporter, Sibling
from rules.deciding import missing_before_close
from rules.level import Level
from rules.policy import Phase


class ReportShown(BaseModel):
    """What came in; it is never overwritten."""

    report_id: str
    reference: str | None
    received_at: datetime
    registered_at: datetime
    channel: Channel
    reporter: Reporter
    title: str
    text: str
    context: str | None = Field(description="Plats, händelse eller nätverk som flera barn delar.")
    siblings: tuple[Sibling, ...]
    related: tuple[Related, ...] = Field(
        description="Tidigare och samtidiga ärenden; utan nivå när bara sammanhanget är samma."
    )
    facts: Mapping[str, int | bool | str | None]

    @classmethod
    def of(cls, first: ev.Registered) -> Self:
        """From the event that began the case."""
        return cls(
            report_id=first.report_id,
            reference=first.reference,
            received_at=first.received_at,
            registered_at=first.at,
            channel=first.channel,
            reporter=first.reporter,
            title=first.title,
            text=first.text,
            context=first.context,
            siblings=first.siblings,
            related=first.related,
            facts=first.facts,
        )


class LevelShown(BaseModel):
    """The level that drives the clocks, what the rules propose, and what people have said."""

    current: Level
    confirmed: bool
    proposed: Level
    raise_proposed: bool
    raised_to: Level | None = Field(description="Nivån som reglerna har föreslagit efter personen.")
    lowering: ev.LoweringProposed | None
    incident: str | None = Field(description="Varför nivån måste kontrolleras av en människa.")
    history: tuple[ev.LevelSet, ...]
    classification: Classification | None

    @classmethod
    def of(cls, case: Case) -> Self:
        """From the case."""
        return cls(
            current=case.level,
            confirmed=case.confirmed_level is not None,
            proposed=case.proposed_level,
            raise_proposed=case.raise_is_proposed,
            raised_to=case.raised_to if case.raise_is_proposed else None,
            lowering=case.lowering,
            incident=case.incident,
            history=case.levels,
            classification=case.classified.classification if case.classified else None,
        )


class UnitShown(BaseModel):
    """A called unit; silence is not an answer."""

    unit: str
    called_at: datetime
    answer_by: datetime
    silent: bool
    deputy: ev.DeputyNamed | None
    answers: tuple[ev.UnitAnswered, ...]

    @classmethod
    def of(cls, unit: CalledUnit) -> Self:
        """From the case."""
        return cls(
            unit=unit.unit,
            called_at=unit.called_at,
            answer_by=unit.answer_by,
            silent=unit.answer is None,
            deputy=unit.deputy,
            answers=unit.answers,
        )


class CaseShown(BaseModel):
    """The state of a case: each part is the event that made it so, or null."""

    id: str
    number: str
    version: int = Field(description="Antal händelser; samma tal som i ETag.")
    phase: Phase
    report: ReportShown
    child: Child
    child_is_protected: bool
    level: LevelShown
    answers: Mapping[str, Answer]
    said: Mapping[str, tuple[Answer, ...]] = Field(description="Vad var och en har svarat.")
    protection_assessment: ev.ProtectionAssessed | None
    hub_call: ev.HubCalled | None
    units: tuple[UnitShown, ...]
    meeting: ev.MeetingHeld | None
    mapping: ev.MappingMade | None
    assessments: tuple[ev.AssessmentMade, ...]
    late_answers: int = Field(description="Svar efter mötet som ingen bedömning har vägt.")
    decision: ev.Decided | None
    handover: ev.HandedOver | None
    receipt: ev.HandoverAcknowledged | None
    concerned_information: ev.ConcernedInformed | None
    conclusion: ev.InvestigationConcluded | None
    feedback: Feedback
    information_requests: tuple[Request, ...]
    notes: tuple[ev.NoteAdded, ...]
    closure: ev.Closed | None
    clocks: tuple[ClockShown, ...]
    missing_before_close: tuple[str, ...]
    may: tuple[Action, ...] = Field(description="Vad du får göra i ärendet.")


def shown(case: Case, relations: frozenset[Relation]) -> CaseShown:
    """The case for somebody with `relations` to it."""
    return CaseShown(
        id=case.id,
        number=case.number,
        version=case.version,
        phase=case.phase,
        report=ReportShown.of(case.registered),
        child=case.child,
        child_is_protected=case.child.is_protected,
        level=LevelShown.of(case),
        answers=case.answers,
        said={name: tuple(said.values()) for name, said in case.said.items()},
        protection_assessment=case.protection,
        hub_call=case.call,
        units=tuple(UnitShown.of(unit) for unit in case.units.values()),
        meeting=case.meeting,
        mapping=case.mapping,
        assessments=case.assessments,
        late_answers=len(case.late_answers),
        decision=case.decision,
        handover=case.handover,
        receipt=case.receipt,
        concerned_information=case.informed,
        conclusion=case.concluded,
        feedback=case.feedback,
        information_requests=tuple(case.requests.values()),
        notes=case.notes,
        closure=case.closed,
        clocks=tuple(ClockShown.of_case(key, clock) for key, clock in case.clocks.items()),
        missing_before_close=() if case.closed else missing_before_close(case),
        may=tuple(action for action in Action if not relations.isdisjoint(PERMITS[action])),
    )

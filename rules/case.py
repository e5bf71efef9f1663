"""A case is what its events add up to; nothing about it is stored anywhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from rules import events as ev
from rules.answer import Answer, Value
from rules.clock import Clock
from rules.concern import Child, ReporterKind
from rules.level import Level, highest
from rules.policy import Phase
from rules.statement import AnswerKind, DecisionKind


@dataclass(frozen=True, slots=True)
class CalledUnit:
    """One unit in the hub: when it was called, what it has answered and who stands in."""

    unit: str
    called_at: datetime
    answer_by: datetime
    answers: tuple[ev.UnitAnswered, ...] = ()
    deputy: ev.DeputyNamed | None = None
    # How many times another meeting time has changed the time to answer.
    changes: int = 0

    @property
    def answer(self) -> ev.UnitAnswered | None:
        """The latest answer; None is silence, which is not an answer."""
        return self.answers[-1] if self.answers else None

    @property
    def knows(self) -> bool:
        return self.answer is not None and self.answer.answer is AnswerKind.KNOWN


@dataclass(frozen=True, slots=True)
class Request:
    """One question to an outside party, and the answer when it has come."""

    asked: ev.InformationRequested
    reply: ev.InformationReceived | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the reporter asked for and got (SoL 19:6)."""

    requested: ev.FeedbackRequested | None = None
    given: ev.FeedbackGiven | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The state of one child's case; every field is the event that made it so."""

    id: str
    registered: ev.Registered
    child: Child
    version: int = 1
    protection: ev.ProtectionAssessed | None = None
    said: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    affirmed: frozenset[str] = frozenset()
    classified: ev.Classified | None = None
    # What failed when the rules were run; it stands until a person has set the level.
    incident: str | None = None
    proposed: Level = Level.RED
    raised_to: Level | None = None
    levels: tuple[ev.LevelSet, ...] = ()
    lowering: ev.LoweringProposed | None = None
    lowering_outrun: bool = False
    call: ev.HubCalled | None = None
    units: Mapping[str, CalledUnit] = field(default_factory=dict)
    moves: tuple[ev.MeetingMoved, ...] = ()
    meeting: ev.MeetingHeld | None = None
    mapping: ev.MappingMade | None = None
    assessments: tuple[ev.AssessmentMade, ...] = ()
    # Answers that came after the meeting ended and that no assessment has weighed yet.
    late_answers: tuple[ev.UnitAnswered, ...] = ()
    decision: ev.Decided | None = None
    handover: ev.HandedOver | None = None
    receipt: ev.HandoverAcknowledged | None = None
    informed: ev.ConcernedInformed | None = None
    concluded: ev.InvestigationConcluded | None = None
    feedback: Feedback = Feedback()
    requests: Mapping[str, Request] = field(default_factory=dict)
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    occasions: tuple[ev.OccasionNoted, ...] = ()
    notes: tuple[ev.NoteAdded, ...] = ()
    closed: ev.Closed | None = None

    @property
    def number(self) -> str:
        """The case number that people and messages use."""
        return self.registered.number

    @property
    def received_at(self) -> datetime:
        return self.registered.received_at

    @property
    def answers(self) -> Mapping[str, Answer]:
        """One answer a question, of what each source last said: a ja outweighs, okänt yields."""
        return {name: max(said.values(), key=_weight) for name, said in self.said.items()}

    @property
    def confirmed_level(self) -> Level | None:
        """The level a person has set; None until somebody has."""
        return self.levels[-1].level if self.levels else None

    @property
    def proposed_level(self) -> Level:
        """The highest that the rules have proposed: the program never lowers by itself.

        Unclassified is röd: doubt gives the higher level.
        """
        return self.proposed

    @property
    def level(self) -> Level:
        """The level that drives the clocks: confirmed, until then proposed."""
        return self.confirmed_level or self.proposed_level

    @property
    def raise_is_proposed(self) -> bool:
        """The rules, asked again after a person set the level, have said a higher one."""
        return self.raised_to is not None and self.raised_to.above(self.level)

    @property
    def standing_level(self) -> Level:
        """The level that one person may not go below: a proposed raise counts until answered."""
        return highest(self.level, self.raised_to or self.level)

    @property
    def phase(self) -> Phase:
        """The legal phase, which decides the gates."""
        if self.decision is None:
            return Phase.ENDED if self.closed else Phase.PRELIMINARY
        match self.decision.decision:
            case DecisionKind.OPEN:
                return Phase.ENDED if self.concluded else Phase.INVESTIGATION
            case DecisionKind.ONGOING:
                # The investigation is another case's, which has its own gates and its own end.
                return Phase.ENDED if self.closed else Phase.INVESTIGATION
            case DecisionKind.NOT_OPEN:
                return Phase.ENDED
            case _:
                assert_never(self.decision.decision)

    @property
    def silent_units(self) -> tuple[str, ...]:
        """Units that were called and have not answered at all."""
        return tuple(name for name, unit in self.units.items() if unit.answer is None)

    @property
    def handover_is_due(self) -> bool:
        """The decision sends the case to an investigator who has not acknowledged it."""
        return (
            self.decision is not None
            and self.decision.decision is not DecisionKind.NOT_OPEN
            and self.receipt is None
        )

    def violent(self, indicators: tuple[str, ...]) -> bool:
        """Somebody has said violence by kin: no waiting out fourteen days.

        Taking it back is weighed by the one who decides, in writing; it does not unsay it.
        """
        return not self.affirmed.isdisjoint(indicators)


def _weight(answer: Answer) -> int:
    """Fail toward the child: a ja stands beside any denial, and the child's or a guardian's nej
    is the weakest of the two kinds of nej."""
    if answer.value is Value.UNKNOWN:
        return 0
    if answer.value is Value.YES:
        return 3
    return 1 if answer.source in (ReporterKind.CHILD, ReporterKind.GUARDIAN) else 2

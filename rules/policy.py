"""What a board decides for itself besides the instrument: clocks, gates, units, slots, routing."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from rules.level import Level
from rules.people import Role
from rules.span import Span, parse_span
from rules.statement import DecisionKind


def _span(value: object) -> object:
    return parse_span(value) if isinstance(value, str) else value


SpanText = Annotated[Span, BeforeValidator(_span), PlainSerializer(str, return_type=str)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Some = Field(min_length=1)


class Section(BaseModel):
    """Strict and frozen: an unknown field is an error, never a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Milestone(StrEnum):
    """What a clock runs from and until; the fold tells when each was reached."""

    RECEIVED = "inkommen"
    PROTECTION_ASSESSED = "skyddsbedömd"
    LEVEL_CONFIRMED = "nivå_bekräftad"
    CALLED = "hubb_kallad"
    UNIT_ANSWERED = "enhet_svarat"
    MEETING_HELD = "möte_hållet"
    LATE_ANSWER = "svar_efter_mötet"
    REASSESSED = "ombedömd"
    DECIDED = "beslutad"
    OPENED = "utredning_inledd"
    HANDED_OVER_DUE = "överlämning_krävs"
    ACKNOWLEDGED = "mottagen"
    INFORMED = "berörda_informerade"
    CONCLUDED = "utredning_avslutad"
    FEEDBACK_DUE = "återkoppling_begärd"
    FEEDBACK_ASKED_LATER = "återkoppling_begärd_efter_beslut"
    FEEDBACK_DONE = "återkopplad"
    REQUESTED = "uppgift_begärd"
    REPLIED = "uppgift_lämnad"
    BREACHED = "fristbrott"
    EXPLAINED = "fristbrott_förklarat"
    CLOSABLE = "klart_att_avsluta"
    CLOSED = "avslutat"
    LOWERING_PROPOSED = "sänkning_föreslagen"
    LOWERING_ANSWERED = "sänkning_besvarad"
    RAISE_PROPOSED = "höjning_föreslagen"
    RAISE_ANSWERED = "höjning_besvarad"


class ClockKind(StrEnum):
    """A local promise or a legal limit; always shown side by side."""

    LOCAL = "lokal"
    LEGAL = "lag"


class ClockPolicy(Section):
    """One clock: its anchor, its end, its length and who is told when."""

    name: Text
    begins: Milestone = Field(alias="from")
    ends: Milestone = Field(alias="until")
    length: SpanText | Annotated[Mapping[Level, SpanText], Some]
    kind: ClockKind
    only: Literal["våld"] | None = None
    warn: tuple[SpanText, ...] = ()
    tell: tuple[Role, ...]
    escalate: tuple[Role, ...]
    law: Text | None = None
    source: Text | None = None

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )

    @model_validator(mode="after")
    def _somebody_is_told(self) -> "ClockPolicy":
        if not self.tell or not self.escalate:
            raise ValueError("någon måste få veta: ange minst en roll i tell och i escalate")
        return self

    def span_for(self, level: Level) -> Span:
        """The length at `level`; the shortest one when the level has none of its own."""
        if isinstance(self.length, Span):
            return self.length
        return self.length.get(level) or min(self.length.values(), key=lambda span: span.elapsed)


class UnitKind(StrEnum):
    """What a unit does in the course of a case."""

    INTAKE = "mottagning"
    ASSESSING = "myndighetsutövning"
    INVESTIGATING = "utredning"


class UnitPolicy(Section):
    """One unit of the board; `same_board: nej` makes it an outsider (OSL 8:1)."""

    name: Text
    kind: UnitKind
    same_board: bool = True


class SlotPolicy(Section):
    """The hub's standing slots, and the time that the units are promised."""

    weekdays: tuple[Literal["mån", "tis", "ons", "tors", "fre", "lör", "sön"], ...]
    times: tuple[Annotated[str, Field(pattern=r"^([01]\d|2[0-3])\.[0-5]\d$")], ...]
    length: SpanText
    answer_time: SpanText
    decision_time: SpanText

    @model_validator(mode="after")
    def _there_are_slots(self) -> "SlotPolicy":
        if not self.weekdays or not self.times:
            raise ValueError("minst en veckodag och en tid behövs")
        return self


class RoutingPolicy(Section):
    """Which units a hub call goes to when the convener does not say otherwise."""

    call: Annotated[tuple[str, ...], Some]
    investigators: str


class Act(StrEnum):
    """Which way information would go."""

    GATHER = "hämta"
    SHARE = "lämna"


class Phase(StrEnum):
    """The legal phase of a case; each has its own gates."""

    PRELIMINARY = "förhandsbedömning"
    INVESTIGATION = "utredning"
    ENDED = "avslutat"


class GatePolicy(Section):
    """What may pass between the hub and an outside party in a phase; no gate means no."""

    gate: Text
    phase: Phase
    act: Act
    parties: Annotated[tuple[str, ...], Some]
    allowed: bool
    grounds: tuple[str, ...] = ()
    because: Text
    law: Text
    opens: Text


class DelegationPolicy(Section):
    """Which delegations let a person decide what, by the board's delegationsordning (KL 6:37)."""

    decision: DecisionKind
    requires: Text
    law: Text


class ViolencePolicy(Section):
    """Answers that mean violence by kin: an investigation is opened without delay."""

    indicators: Annotated[tuple[str, ...], Some]
    law: Text


class Policy(Section):
    """The sections of rules.yaml that are not the instrument and its rules."""

    clocks: Mapping[str, ClockPolicy]
    gates: Annotated[tuple[GatePolicy, ...], Some]
    units: Mapping[str, UnitPolicy]
    slots: SlotPolicy
    routing: RoutingPolicy
    delegation: tuple[DelegationPolicy, ...]
    violence: ViolencePolicy
    parties: Annotated[Mapping[str, Text], Some]
    grounds: Annotated[Mapping[str, Text], Some]
    breach_causes: Annotated[Mapping[str, Text], Some]

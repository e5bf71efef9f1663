"""What a board decides for itself besides the instrument: clocks, gates, units, slots, routing."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from rules.clock_policy import ClockPolicy
from rules.office import OfficeHours
from rules.section import Section, Some, Text
from rules.slot_policy import SlotPolicy
from rules.statement import DecisionKind


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


class OccasionPolicy(Section):
    """Something that may happen in a case and that a person notes: clocks run from it or to it."""

    name: Text
    law: Text | None = None


class Policy(Section):
    """The sections of rules.yaml that are not the instrument and its rules."""

    clocks: Mapping[str, ClockPolicy]
    occasions: Mapping[str, OccasionPolicy] = Field(default_factory=dict)
    gates: Annotated[tuple[GatePolicy, ...], Some]
    units: Mapping[str, UnitPolicy]
    slots: SlotPolicy
    office: OfficeHours | None = None
    routing: RoutingPolicy
    delegation: tuple[DelegationPolicy, ...]
    violence: ViolencePolicy
    parties: Annotated[Mapping[str, Text], Some]
    grounds: Annotated[Mapping[str, Text], Some]
    breach_causes: Annotated[Mapping[str, Text], Some]

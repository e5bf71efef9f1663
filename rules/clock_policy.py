"""What the board says of a clock: from when, until when, how long, who is told and when."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from rules.level import Level
from rules.milestone import Milestone, Occasion
from rules.people import Role
from rules.section import Section, Some, SpanText, Text
from rules.span import RestRule, Span


class ClockKind(StrEnum):
    """A local promise or a legal limit; always shown side by side."""

    LOCAL = "lokal"
    LEGAL = "lag"


class Rung(Section):
    """One step of the ladder: who is told, and how long after the deadline; none is at once."""

    tell: Annotated[tuple[Role, ...], Some]
    after: SpanText | None = None


class Postponement(Section):
    """On which ground a person may move the end of a clock, and with which delegation.

    `longest` is the most that may be added at a time; none means that the law states none. `also`
    names clocks of whole days that end with it and are moved along.
    """

    ground: Text
    law: Text | None = None
    requires: Text | None = None
    longest: SpanText | None = None
    also: tuple[Text, ...] = ()


def _ladder(value: object) -> object:
    """Roles alone are a ladder of one step: all of them at the breach."""
    if isinstance(value, list | tuple) and value and all(isinstance(it, str) for it in value):
        return [{"tell": value}]
    return value


Ladder = Annotated[
    tuple[Rung, ...],
    BeforeValidator(_ladder, json_schema_input_type=tuple[Role, ...] | tuple[Rung, ...]),
]


class ClockPolicy(Section):
    """One clock: its anchor, its end, its length and who is told when."""

    name: Text
    begins: Milestone | Occasion = Field(alias="from")
    ends: Milestone | Occasion = Field(alias="until")
    length: SpanText | Annotated[Mapping[Level, SpanText], Some]
    kind: ClockKind
    only: Literal["våld"] | None = None
    on_rest_day: RestRule = RestRule.NEXT
    warn: tuple[SpanText, ...] = ()
    tell: tuple[Role, ...]
    escalate: Ladder
    outside_office: tuple[Role, ...] = ()
    extend: Postponement | None = None
    suspend: Postponement | None = None
    law: Text | None = None
    source: Text | None = None

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

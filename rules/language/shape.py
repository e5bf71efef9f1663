"""The strict shape of the language sections of rules.yaml: instrument, facts, parameters, rules."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from rules.level import Level
from rules.span import Span, parse_span

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)]
Whole = Annotated[int, Field(ge=0, le=1_000_000)]
SpanText = Annotated[
    Span, BeforeValidator(lambda text: parse_span(text) if isinstance(text, str) else text)
]
Row = Mapping[str, object]


class Shape(BaseModel):
    """Strict and frozen: no coercion, and an unknown field is an error, never a silence."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
        populate_by_name=True,
    )


class LevelPromise(Shape):
    """What a level promises: how soon it is handled, and whether the hub is convened."""

    name: Text
    handle_within: SpanText
    hub: bool
    law: Text | None = None
    source: Text | None = None


class Kind(StrEnum):
    """What a ja to the question means; protection is shown and never lowers a level."""

    RISK = "risk"
    PROTECTION = "skydd"
    EVENT = "handelse"


class Indicator(Shape):
    """One question of the instrument, answered ja, nej or okänt."""

    id: Name
    area: Name
    kind: Kind
    ask: Text
    origin: Annotated[Text, Field(alias="from")]


class FactType(StrEnum):
    """What values a fact may have, besides unknown."""

    NUMBER = "int"
    YES_OR_NO = "bool"
    WORD = "enum"


class Fact(Shape):
    """Something known or computed by the program, never asked."""

    id: Name
    type: FactType
    min: Whole | None = None
    max: Whole | None = None
    values: tuple[Name, ...] = ()
    unit: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _has_a_domain(self) -> Self:
        numeric = self.type is FactType.NUMBER
        if numeric and (self.min is None or self.max is None or self.min >= self.max):
            raise ValueError("ett heltal behöver min och max, och min ska vara mindre än max")
        if not numeric and (self.min is not None or self.max is not None):
            raise ValueError("bara ett heltal har min och max")
        if (self.type is FactType.WORD) != bool(self.values):
            raise ValueError("values ska anges för enum, och bara för enum")
        return self

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and highest number; only for numbers."""
        return self.min or 0, self.max or 0


class Parameter(Shape):
    """A number that the board has chosen, and why."""

    value: Whole
    because: Text
    source: Text | None = None


class RuleShape(Shape):
    """One rule as written; `when` is read by rules.language.conditions."""

    rule: Slug
    level: Level
    when: object
    because: Text
    law: Text | None = None
    source: Text | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    fires: Annotated[tuple[Row, ...], Field(min_length=1)]
    silent: Annotated[tuple[Row, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if self.law is None and self.source is None:
            raise ValueError("ange law eller source: vad vilar regeln på?")
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError("valid_from är senare än valid_until")
        return self


class PrecautionShape(RuleShape):
    """What holds when nothing at all is known: `when` adds a condition, or is left out."""

    when: object = None


class Language(Shape):
    """The sections of rules.yaml that the classification reads."""

    name: Text
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z._-]+$", max_length=30)]
    sources: Mapping[Name, Text] = {}
    levels: Mapping[Level, LevelPromise]
    areas: Mapping[Name, Text]
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    facts: tuple[Fact, ...] = ()
    never_inputs: tuple[Name, ...] = ()
    groups: Mapping[Name, tuple[Name, ...]] = {}
    parameters: Mapping[Name, Parameter] = {}
    precaution: PrecautionShape | None = None
    rules: Annotated[tuple[RuleShape, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_level_has_a_promise(self) -> Self:
        missing = [level for level in Level if level not in self.levels]
        if missing:
            raise ValueError(f"levels saknar {', '.join(missing)}")
        return self

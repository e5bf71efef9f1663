"""The strict shape of the language sections of rules.yaml: instrument, facts, parameters, rules."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from rules.language.limits import (
    MOST_AMOUNTS,
    MOST_EXAMPLES,
    MOST_FACTS,
    MOST_QUESTIONS,
    MOST_RULES,
)
from rules.language.period import Period
from rules.level import Level
from rules.span import Span, Unit, parse_span

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)]
Whole = Annotated[int, Field(ge=0, le=1_000_000)]
SpanText = Annotated[
    Span, BeforeValidator(lambda text: parse_span(text) if isinstance(text, str) else text)
]
Row = Mapping[str, object]
Examples = Annotated[tuple[Row, ...], Field(min_length=1, max_length=MOST_EXAMPLES)]


class Shape(BaseModel):
    """Strict and frozen: no coercion, and an unknown field is an error, never a silence."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
        populate_by_name=True,
    )


def _require_order(first: date | None, last: date | None) -> None:
    if first and last and first > last:
        raise ValueError("valid_from är senare än valid_until")


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
    DATE = "date"
    YES_OR_NO = "bool"
    WORD = "enum"


class Counted(StrEnum):
    """What a fact may count over several concerns."""

    CHILD = "anmalningar_om_barnet"
    CONTEXT = "barn_i_samma_sammanhang"


class Fact(Shape):
    """Something known or computed by the program, never asked.

    `name` is what it is called in the middle of a sentence (for a yes-or-no a whole statement),
    `words` how its values are said; both only for people.
    """

    id: Name
    type: FactType
    min: Whole | None = None
    max: Whole | None = None
    earliest: date | None = None
    latest: date | None = None
    values: tuple[Name, ...] = ()
    name: Text | None = None
    words: Mapping[Name, Text] = {}
    counts: Counted | None = None
    within: SpanText | None = None
    more_is_risk: bool = False
    unit: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _has_a_domain(self) -> Self:
        _require_ends((self.min, self.max), of=self.type is FactType.NUMBER, text=_NUMBER_ENDS)
        _require_ends((self.earliest, self.latest), of=self.type is FactType.DATE, text=_DATE_ENDS)
        if (self.type is FactType.WORD) != bool(self.values):
            raise ValueError("values ska anges för enum, och bara för enum")
        if len(set(self.values)) < len(self.values):
            raise ValueError("values nämner samma värde två gånger")
        if not set(self.words) <= set(self.values):
            raise ValueError("words får bara nämna det som står i values")
        return self

    @model_validator(mode="after")
    def _counts_something(self) -> Self:
        if (self.counts is None) != (self.within is None):
            raise ValueError("counts och within hör ihop; ange båda eller ingen")
        if self.counts and self.type is not FactType.NUMBER:
            raise ValueError("bara ett heltal kan räkna; counts kräver type: int")
        if self.within and self.within.unit not in (Unit.DAYS, Unit.WEEKS, Unit.HOURS):
            raise ValueError(f"within ges i h, dagar eller veckor, inte {self.within}")
        if self.within and self.within.count > _FURTHEST:
            raise ValueError(f"within är högst {_FURTHEST} h, dagar eller veckor")
        if self.more_is_risk and self.type not in (FactType.NUMBER, FactType.YES_OR_NO):
            raise ValueError("more_is_risk gäller bara int och bool")
        return self

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and highest number, or those of the days; only for numbers and dates."""
        if self.earliest and self.latest:
            return self.earliest.toordinal(), self.latest.toordinal()
        return self.min or 0, self.max or 0


_FURTHEST = 10_000
_NUMBER_ENDS = ("ett heltal", "min", "max")
_DATE_ENDS = ("ett datum", "earliest", "latest")


def _require_ends(ends: tuple[Any, Any], *, of: bool, text: tuple[str, str, str]) -> None:
    """Both ends and in order for the type that has them, none for the others."""
    what, first, last = text
    if of and (None in ends or ends[0] >= ends[1]):
        raise ValueError(
            f"{what} behöver {first} och {last}, och {first} ska vara mindre än {last}"
        )
    if not of and ends != (None, None):
        raise ValueError(f"bara {what} har {first} och {last}")


class Amount(Shape):
    """A number that the board has chosen for some time, and why."""

    value: Whole
    because: Text
    source: Text | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_until)

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        _require_order(self.valid_from, self.valid_until)
        return self


class Parameter(Shape):
    """A number that the board has chosen, and why; one for always, or one for each time.

    `name` is what it is called, only for people.
    """

    name: Text | None = None
    value: Whole | None = None
    because: Text | None = None
    source: Text | None = None
    values: Annotated[tuple[Amount, ...], Field(max_length=MOST_AMOUNTS)] = ()

    @model_validator(mode="after")
    def _is_one_or_several(self) -> Self:
        if self.values and (self.value, self.because, self.source) != (None, None, None):
            raise ValueError("ange value eller values, inte båda; skälen står då i values")
        if not self.values and (self.value is None or self.because is None):
            raise ValueError("ange value och because, eller values med ett tal för varje tid")
        return self

    def called(self, key: str) -> str:
        """Its name, or the key that it has in the file."""
        return self.name or key.replace("_", " ")

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Every number that the parameter has had or will have, the newest last."""
        if self.value is not None and self.because is not None:
            return (Amount(value=self.value, because=self.because, source=self.source),)
        return tuple(sorted(self.values, key=lambda amount: amount.valid_from or date.min))

    def on(self, day: date | None) -> Amount | None:
        """The number of the day, or the newest without a day; None when it then has none."""
        if day is None:
            return self.amounts[-1]
        return next((amount for amount in self.amounts if amount.period.covers(day)), None)


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
    fires: Examples
    silent: Examples

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if self.law is None and self.source is None:
            raise ValueError("ange law eller source: vad vilar regeln på?")
        _require_order(self.valid_from, self.valid_until)
        return self

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_until)


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
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1, max_length=MOST_QUESTIONS)]
    facts: Annotated[tuple[Fact, ...], Field(max_length=MOST_FACTS)] = ()
    never_inputs: tuple[Name, ...] = ()
    groups: Mapping[Name, tuple[Name, ...]] = {}
    parameters: Mapping[Name, Parameter] = {}
    precaution: PrecautionShape | None = None
    rules: Annotated[tuple[RuleShape, ...], Field(min_length=1, max_length=MOST_RULES)]

    @field_validator("levels")
    @classmethod
    def _every_level_has_a_promise(
        cls, levels: Mapping[Level, LevelPromise]
    ) -> Mapping[Level, LevelPromise]:
        if missing := [level for level in Level if level not in levels]:
            raise ValueError(f"levels saknar {', '.join(missing)}")
        return levels

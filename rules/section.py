"""What every section of rules.yaml that is not rules is made of."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from rules.span import Span, parse_span


def _span(value: object) -> object:
    return parse_span(value) if isinstance(value, str) else value


SpanText = Annotated[Span, BeforeValidator(_span), PlainSerializer(str, return_type=str)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Some = Field(min_length=1)


class Section(BaseModel):
    """Strict and frozen: an unknown field is an error, never a silence."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )

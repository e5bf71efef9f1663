"""The strict shape of a body and the kinds of values in it; no coercion, no unknown field."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from rules.answer import Answer, Value

# A fault of this kind brings its own sentence; the others are worded in hub.api.sentences.
OWN = "hub_"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_EXAMPLE = "skriv till exempel 2026-03-10T08:55:00+01:00"


class Body(BaseModel):
    """Strict: an unknown field or a value of another type is a fault, never a guess."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _moment(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise PydanticCustomError(OWN + "moment", f"ska vara en tidpunkt; {_EXAMPLE}")
    try:
        found = datetime.fromisoformat(value.upper())
    except ValueError:
        raise PydanticCustomError(OWN + "moment", f"finns inte; {_EXAMPLE}") from None
    if found.tzinfo is None:
        raise PydanticCustomError(OWN + "moment", f"saknar tidszon; {_EXAMPLE}")
    return _within(found)


def _within(found: datetime) -> datetime:
    try:
        moment = found.astimezone(UTC)
    except OverflowError:
        moment = _LATEST
    if not _EARLIEST <= moment < _LATEST:
        raise PydanticCustomError(OWN + "moment", "ligger utanför de år som hubben räknar med")
    return moment


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError(OWN + "day", "ska vara ett datum; skriv ÅÅÅÅ-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError(OWN + "day", "är ett datum som inte finns") from None


def _no_nul(text: str) -> str:
    """The store cannot keep the character; better refused than lost."""
    if "\0" in text:
        raise PydanticCustomError(OWN + "nul", "innehåller ett tecken som inte kan sparas")
    return text


def _fact(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    try:
        return handler(value)
    except ValueError:
        sentence = "ska vara text, ett heltal, true, false eller null"
        raise PydanticCustomError(OWN + "fact", sentence) from None


Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_no_nul)]
Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    AfterValidator(_no_nul),
]
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^\s@\x00]+@[^\s@\x00]+$")]
Fact = Annotated[
    int | bool | Annotated[str, StringConstraints(max_length=200)] | None, WrapValidator(_fact)
]
Facts = Annotated[dict[Name, Fact], Field(max_length=50)]


class AnswerBody(Body):
    """One answer to the instrument: ja, nej or okänt, and who said it."""

    value: Annotated[Value, Strict(False)]
    source: Name


Answers = Annotated[dict[Name, AnswerBody], Field(max_length=500)]


def answers_of(given: dict[Name, AnswerBody]) -> dict[str, Answer]:
    """The answers as the rules take them."""
    return {name: Answer(said.value, said.source) for name, said in given.items()}

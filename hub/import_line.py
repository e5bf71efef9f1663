"""One line of a file of concerns: its strict form, and what a person is told of a wrong one.

No sentence repeats a value: a line may hold a name or a personal number in any field.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from rules import legible
from rules.answer import Answer, Value
from rules.concern import (
    Channel,
    Child,
    Protected,
    Report,
    ReportedChild,
    Reporter,
    ReporterKind,
    Sibling,
)
from rules.errors import Invalid

Text = Annotated[str, StringConstraints(min_length=1)]


class _Strict(BaseModel):
    """An unknown field or a wrong type is a fault, never a silence or a guess."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Reporter(_Strict):
    kind: ReporterKind
    name: str | None = None
    contact: str | None = None
    wants_feedback: bool = False


class _Person(_Strict):
    name: str | None = None
    birth_date: date | None = None
    personal_number: str | None = None


class _Child(_Person):
    protected: Protected = Protected.UNKNOWN


class _Answer(_Strict):
    value: Value
    source: Text


class _Facts(_Strict):
    """Any other fact is held against the rules in force when the concern is registered."""

    model_config = ConfigDict(extra="allow")

    alder: int | None = Field(default=None, ge=0, le=120)
    tidigare_anmalningar_12m: int | None = Field(default=None, ge=0)
    pagaende_utredning: bool | None = None
    pagaende_insats: bool | None = None
    syskon_aktuella: bool | None = None
    barn_i_samma_sammanhang_30d: int | None = Field(default=None, ge=0)
    anmalartyp: ReporterKind | None = None


class _Line(_Strict):
    """`expected` and `notes` are for those who test rules; they are known and not kept."""

    id: Text
    title: str = ""
    received_at: AwareDatetime
    channel: Channel
    reporter: _Reporter
    child: _Child
    siblings: tuple[_Person, ...] = ()
    text: Text
    context: str | None = None
    facts: _Facts = _Facts()
    answers: Mapping[str, _Answer] = {}
    expected: Mapping[str, object] | None = None
    notes: str | None = None


def read_line(line: str) -> Report:
    """The report that the line states; raises Invalid with every fault by field."""
    _refuse_doubles(line)
    try:
        parsed = _Line.model_validate_json(line)
    except ValidationError as error:
        raise Invalid(dict(_faults(error))) from None
    _refuse_contradiction(parsed)
    return _report(parsed)


def id_of(line: str) -> str | None:
    """The sender's id, also of a line that is otherwise wrong."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    value = found.get("id") if isinstance(found, dict) else None
    return value if isinstance(value, str) and not any(legible.faults(value)) else None


def field_of(path: str) -> str:
    """The field of the line that a fault found at registration is about."""
    path = path.removeprefix("children.1.")
    own = ("name", "birth_date", "personal_number", "protected")
    return f"child.{path}" if path in own else path


def _report(line: _Line) -> Report:
    siblings = tuple(
        Sibling(name=one.name, birth_date=one.birth_date, personal_number=one.personal_number)
        for one in line.siblings
    )
    child = ReportedChild(
        child=Child(**line.child.model_dump()),
        siblings=siblings,
        answers={name: Answer(said.value, said.source) for name, said in line.answers.items()},
        facts=line.facts.model_dump(mode="json", exclude_unset=True),
    )
    return Report(
        received_at=line.received_at.astimezone(UTC),
        channel=line.channel,
        reporter=Reporter(**line.reporter.model_dump()),
        text=line.text,
        children=(child,),
        title=line.title,
        reference=line.id,
        context=line.context,
    )


def _refuse_contradiction(line: _Line) -> None:
    if line.facts.anmalartyp not in (None, line.reporter.kind):
        raise Invalid({"facts.anmalartyp": "stämmer inte med reporter.kind"})


def _refuse_doubles(line: str) -> None:
    """JSON lets a field stand twice and keeps the last one; here it is a fault."""
    try:
        json.loads(line, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        where = f"tecken {error.colno}"
        raise Invalid({"raden": f"är inte riktig JSON ({where})"}) from None
    except RecursionError:
        raise Invalid({"raden": "är för djupt nästlad"}) from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        raise Invalid({double: "står två gånger"})
    return dict(pairs)


def _faults(error: ValidationError) -> Iterator[tuple[str, str]]:
    for details in error.errors(include_url=False, include_input=False):
        yield _place(details), _sentence(details)


def _place(details: ErrorDetails) -> str:
    parts = (part + 1 if isinstance(part, int) else part for part in details["loc"])
    return ".".join(str(part) for part in parts) or "raden"


def _sentence(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return f"ska vara {context['expected']}".replace("'", "").replace(" or ", " eller ")
    if kind in _BOUNDS:
        return _BOUNDS[kind].format(**context)
    for start, sentence in _KINDS.items():
        if kind.startswith(start):
            return sentence
    return "går inte att läsa"


_BOUNDS = {
    "greater_than_equal": "ska vara minst {ge}",
    "less_than_equal": "ska vara högst {le}",
}
_KINDS = {
    "missing": "saknas",
    "extra_forbidden": "finns inte bland fälten i en anmälan",
    "timezone": "saknar tidszon; skriv till exempel 2026-02-09T08:55:00+01:00",
    "datetime": "är ingen tidpunkt som finns; skriv till exempel 2026-02-09T08:55:00+01:00",
    "date": "är inget datum som finns; skriv ÅÅÅÅ-MM-DD",
    "string_too_short": "får inte vara tomt",
    "string": "ska vara text",
    "int": "ska vara ett heltal",
    "bool": "ska vara true eller false",
    "tuple": "ska vara en lista",
    "list": "ska vara en lista",
    "dict": "ska vara fält med värden",
    "mapping": "ska vara fält med värden",
    "model": "ska vara fält med värden",
}

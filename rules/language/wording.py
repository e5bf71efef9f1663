"""Says in Swedish what pydantic found wrong in a value."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rules.language.fault import Fault, Path
from rules.language.limits import MOST_LIKE

# More of a wrong value than this is no help to the one who wrote it.
_LONGEST_TEXT = 60
_LONGEST_NUMBER = 10**15
# A name that was meant is of about the same length.
_NEAR = 4

_SIMPLE = {
    "missing": "saknas och måste anges",
    "string_type": "ska vara text, inte {value}",
    "int_type": "ska vara ett heltal, inte {value}",
    "int_from_float": "ska vara ett heltal, inte {value}",
    "bool_type": "ska vara true eller false, inte {value}",
    "list_type": "ska vara en lista, inte {value}",
    "tuple_type": "ska vara en lista, inte {value}",
    "dict_type": "ska vara fält med värden, inte {value}",
    "mapping_type": "ska vara fält med värden, inte {value}",
    "model_type": "ska vara fält med värden, inte {value}",
    "model_attributes_type": "ska vara fält med värden, inte {value}",
    "too_short": "får inte vara tom",
    "too_long": "har {actual_length} rader, högst {max_length} får plats",
    "string_too_short": "får inte vara tom",
    "string_too_long": "är för lång, högst {max_length} tecken",
    "greater_than_equal": "är {value}, ska vara minst {ge}",
    "less_than_equal": "är {value}, får vara högst {le}",
    "date_from_datetime_parsing": "{value} är inget datum; skriv ÅÅÅÅ-MM-DD",
    "date_type": "{value} är inget datum; skriv ÅÅÅÅ-MM-DD",
    "none_required": "ska vara tomt",
}
_PATTERNS = {
    r"\S": "får inte vara tom",
    r"^[a-z][a-z0-9_]*$": "{value} får bara ha a–z, 0–9 och _, och börja med en bokstav",
    r"^[a-z][a-z0-9-]*$": "{value} får bara ha a–z, 0–9 och -, och börja med en bokstav",
    r"^([01]\d|2[0-3])\.[0-5]\d$": "{value} är inget klockslag; skriv som 09.30",
    r"^[0-9A-Za-z._-]+$": "{value} får bara ha bokstäver a–z, siffror, punkt, _ och -",
}


def faults_of(error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """Each thing that pydantic found, with its place in the file."""
    for details in error.errors(include_url=False):
        path: Path = tuple(part for part in details["loc"] if not _is_inner(part))
        yield Fault(path, _sentence(details, _known(model, path)))


def _is_inner(part: str | int) -> bool:
    """Pydantic's own words in a place: a key, or one way of several to read a value."""
    return isinstance(part, str) and ("[" in part or part in ("Span", "mapping"))


def _sentence(details: ErrorDetails, known: list[str]) -> str:
    context: Mapping[str, Any] = details.get("ctx", {})
    kind, value = details["type"], quoted(details["input"])
    if kind == "extra_forbidden":
        return f"fältet finns inte{suggestion(str(details['loc'][-1]), known)}"
    if kind == "dataclass_type":
        return f"ska vara en tid som 30 min, 4 h, 14 dagar eller nästa dags slut, inte {value}"
    if kind in ("enum", "literal_error") and not isinstance(details["input"], str):
        return f"ska vara {_choices(str(context['expected']))}, inte {value}"
    if kind in ("enum", "literal_error"):
        return f"{value} finns inte; välj {_choices(str(context['expected']))}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], "{value} har fel form").format(value=value)
    if kind == "value_error":
        return str(context["error"])
    if kind in _SIMPLE:
        return _SIMPLE[kind].format(value=value, **context)
    return f"{value} går inte att använda här"


def quoted(value: object) -> str:
    """The value as a person recognises it; long structures are only named."""
    match value:
        case None:
            return "tomt"
        case bool():
            return str(value).lower()
        case Mapping():
            return "fält med värden"
        case list() | tuple():
            return "en lista"
        case int() if abs(value) >= _LONGEST_NUMBER:
            return "ett orimligt stort tal"
        case _:
            text = " ".join(str(value).split())
            return f'"{text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"}"'


def missing(what: str, name: object, known: Iterable[str], *, section: str) -> str:
    """`enheten "x" finns inte under units; menade du "y"?`."""
    if not isinstance(name, str):
        return f"skriv namnet på {what}, inte {quoted(name)}"
    return f"{what} {quoted(name)} finns inte under {section}{suggestion(str(name), known)}"


def listed(words: list[str]) -> str:
    """`a, b eller c`."""
    if not words:
        return "något som räknas upp (inget gör det ännu)"
    return " eller ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _choices(expected: str) -> str:
    words = expected.replace(" or ", ", ").replace("'", "").split(", ")
    return listed(words)


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; menade du "x"?` when something close exists."""
    near = (it for it in known if abs(len(it) - len(word)) <= _NEAR)
    close = get_close_matches(word, list(islice(near, MOST_LIKE)), n=1)
    return f'; menade du "{close[0]}"?' if close else ""


def _known(model: type[BaseModel], path: Path) -> list[str]:
    """The fields that may stand beside the last part of the path; empty when not known."""
    fields = model.model_fields
    for part in path[:-1]:
        field = fields.get(part) if isinstance(part, str) else None
        if field is None:
            continue
        inner = [arg for arg in _arguments(field.annotation) if _is_model(arg)]
        fields = inner[0].model_fields if inner else {}
    return [field.alias or name for name, field in fields.items()]


def _arguments(annotation: object) -> Iterator[Any]:
    yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _arguments(inner)


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)

"""What a person is told of a body that cannot be read: one Swedish sentence a field.

No sentence repeats a value: a body may hold a name or a personal number in any field.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hub.api.bodies.shape import OWN

Details = Mapping[str, Any]
_PLACES = ("body", "query", "path", "header")
_BODY = "body"


def field_faults(errors: Sequence[Details]) -> Iterator[tuple[str, str]]:
    """Field and sentence of each fault; lists are counted from one, as a person counts."""
    for details in errors:
        if _follows(details, errors):
            continue
        field = _field(details["loc"])
        yield field, f"{field} {sentence(details)}."


def sentence(details: Details) -> str:
    """What is wrong with the field, as the rest of a sentence that begins with its name."""
    kind, context = str(details["type"]), details.get("ctx") or {}
    if kind.startswith(OWN):
        return str(details["msg"])
    if kind in ("enum", "literal_error"):
        allowed = str(context["expected"]).replace("'", "").replace(" or ", " eller ")
        return f"ska vara något av {allowed}"
    if kind in _LIMITS:
        return _LIMITS[kind].format(**context)
    return next((it for start, it in _KINDS.items() if kind.startswith(start)), _OTHERWISE)


def is_malformed(errors: Sequence[Details]) -> bool:
    """The body is no JSON at all."""
    return any(details["type"] == "json_invalid" for details in errors)


def _follows(details: Details, errors: Sequence[Details]) -> bool:
    """A list that is too short only because what stands in it is wrong."""
    place = tuple(details["loc"])
    inner = (tuple(other["loc"]) for other in errors)
    return details["type"] == "too_short" and any(
        len(other) > len(place) and other[: len(place)] == place for other in inner
    )


def _field(place: Sequence[str | int]) -> str:
    inner = place[1:] if place and place[0] in _PLACES else place
    parts = (part + 1 if isinstance(part, int) else part for part in inner)
    return ".".join(str(part) for part in parts) or _BODY


_OTHERWISE = "går inte att läsa"
_LIMITS = {
    "string_too_short": "får inte vara tomt",
    "string_too_long": "får vara högst {max_length} tecken",
    "too_short": "ska ha minst {min_length} i listan",
    "too_long": "får ha högst {max_length} i listan",
    "greater_than_equal": "ska vara minst {ge}",
    "less_than_equal": "ska vara högst {le}",
}
_KINDS = {
    "missing": "saknas",
    "extra_forbidden": "finns inte bland fälten",
    "string_pattern_mismatch": "har inte rätt form",
    "string_unicode": "innehåller ett tecken som inte kan sparas",
    "string": "ska vara text",
    "int": "ska vara ett heltal",
    "bool": "ska vara true eller false",
    "list": "ska vara en lista",
    "tuple": "ska vara en lista",
    "dict": "ska vara ett JSON-objekt",
    "model": "ska vara ett JSON-objekt",
}

"""Which refusals a route may answer with, for the OpenAPI description."""

from typing import Any

from hub.api.problem import MEDIA_TYPE

Responses = dict[int | str, dict[str, Any]]

_WHAT = {
    400: "Kroppen är inte riktig JSON",
    401: "Nyckeln saknas eller gäller inte",
    403: "Behörigheten omfattar inte detta",
    404: "Ärendet finns inte, eller får inte ses",
    409: "Ärendets läge eller en spärr säger nej",
    412: "Ärendet har ändrats sedan det lästes",
    413: "Kroppen är för stor",
    422: "Uppgifterna går inte att ta emot, fält för fält",
    429: "För många försök med ogiltiga nycklar",
    500: "Något gick fel i programmet",
    503: "Uppgifterna kan inte nås, eller inte sparas, just nu",
}


def _problems(*statuses: int) -> Responses:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": _WHAT[status], "content": content} for status in statuses}


LISTS = _problems(401, 403, 422, 429, 500, 503)
READS = _problems(401, 403, 404, 422, 429, 500, 503)
TAKES = _problems(400, 401, 403, 409, 413, 422, 429, 500, 503)
STEPS = _problems(400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 503)
# A step in no case, which is told without a body.
ACTS = _problems(401, 403, 404, 409, 422, 429, 500, 503)
# One that is told with a body.
TOLD = _problems(400, 401, 403, 404, 409, 413, 422, 429, 500, 503)

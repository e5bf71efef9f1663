"""The JSON API in one router: the nouns, their description, and an answer to any other address."""

import re
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from hub.api.description import describe
from hub.api.nouns import (
    assessing,
    cases,
    clocks,
    concerns,
    deciding,
    deliveries,
    duty,
    hub,
    meetings,
    outside,
    overview,
)
from hub.api.problem import not_allowed_method, not_found
from hub.api.route import PREFIX

_EVERY = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"]
_NOUNS = (
    *(concerns, cases, assessing, hub, meetings, deciding, outside),
    *(clocks, overview, deliveries, duty),
)
_PARAMETER = re.compile(r"\{[a-z_]+\}")


def _nouns() -> APIRouter:
    joined = APIRouter()
    for noun in _NOUNS:
        joined.include_router(noun.router)
    return joined


@cache
def document() -> dict[str, Any]:
    """The OpenAPI description of every noun."""
    return describe(_nouns().routes)


@cache
def _methods() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """Which methods each address takes."""
    return tuple(
        (re.compile(_PARAMETER.sub("[^/]+", path)), frozenset(it.upper() for it in operations))
        for path, operations in document()["paths"].items()
    )


router = _nouns()


@router.get(f"{PREFIX}/openapi.json", include_in_schema=False)
def show_description() -> JSONResponse:
    """The description itself is open to everyone; it says nothing of any case."""
    return JSONResponse(document())


@router.api_route("/api/{rest:path}", methods=_EVERY, include_in_schema=False)
def elsewhere(request: Request) -> JSONResponse:
    """Any other address under /api: not there, or there but for other methods."""
    path = request.url.path
    for pattern, methods in _methods():
        if pattern.fullmatch(path):
            return not_allowed_method(methods)
    return not_found()

"""The OpenAPI description of the API, made from the routes themselves."""

from collections.abc import Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from hub.api.problem import Problem

VERSION = "1.0.0"
_REFERENCE = "#/components/schemas/{model}"
_ABOUT = (
    "Samma arbetsgång som på sidorna, för andra system. Varje anrop har en nyckel i"
    " `Authorization: Bearer` och kontots roller. En vägran är ett problem enligt RFC 9457 med ett"
    " stabilt `type`. Det du inte får se finns inte: svaret är 404. Ett ärende lämnas med `ETag`;"
    " skicka det i `If-Match` för att bara skriva om ärendet är oförändrat."
)


def describe(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The description of `routes`."""
    found = get_openapi(
        title="MASH-hubben",
        version=VERSION,
        description=_ABOUT,
        routes=routes,
        openapi_version="3.1.0",
    )
    schemas = found["components"]["schemas"]
    schemas.update(_schemas())
    # FastAPI's own form of a fault is never sent.
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return found


def _schemas() -> dict[str, Any]:
    problem = Problem.model_json_schema(ref_template=_REFERENCE)
    return {"Problem": problem, **problem.pop("$defs", {})}

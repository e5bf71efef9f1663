"""A route of the API: whatever happens in it, the answer is JSON, and a defect is logged once."""

from collections.abc import Callable, Coroutine
from typing import Any
from uuid import uuid4

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from hub.api.problem import defect, expected
from hub.api.request import plain

PREFIX = "/api/v1"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ApiRoute(APIRoute):
    """Translates every exception at the edge: a refusal to its problem, the rest to a defect."""

    def get_route_handler(self) -> Handler:
        """The handler, fenced."""
        handle = super().get_route_handler()
        template = self.path_format

        async def fenced(request: Request) -> Response:
            try:
                return await handle(plain(request))
            except Exception as error:  # noqa: BLE001  the outermost edge: nothing may pass it bare
                return expected(error) or _broken(error, request, template)

        return fenced


def _broken(error: Exception, request: Request, template: str) -> Response:
    correlation = str(uuid4())
    structlog.get_logger().error(
        "api.failed",
        correlation=correlation,
        method=request.method,
        route=template,
        exc_info=error,
    )
    return defect(correlation)


def nouns(tag: str) -> APIRouter:
    """A router for one noun."""
    return APIRouter(prefix=PREFIX, route_class=ApiRoute, tags=[tag])

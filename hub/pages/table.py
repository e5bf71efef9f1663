"""The table of pages: each row is an address, what answers there, and who it is for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, FastAPI, Response
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from hub.guard import Allow, Undeclared
from hub.pages.visit import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address; there is no default for who may use it."""

    path: str
    endpoint: Callable[..., Any]
    allow: Allow
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Open:
    """Marks a page that anybody may use, logged in or not."""

    def __call__(self) -> None:
        """Lets everybody in."""


def add(app: FastAPI, pages: Iterable[Page]) -> None:
    """Put the pages up, each behind its gate."""
    for page in pages:
        gate = Open() if page.allow.anyone else Gate(page.allow)
        app.add_api_route(
            page.path,
            page.endpoint,
            methods=[page.method],
            dependencies=[Depends(gate)],
            response_class=Response,
            response_model=None,
            include_in_schema=False,
            name=f"{page.method} {page.path}",
        )


def require_declared(routes: Iterable[BaseRoute]) -> None:
    """Every route has a gate of its own; one without stops the program before it serves."""
    for route in routes:
        if isinstance(route, Mount):
            continue
        gates = route.dependencies if isinstance(route, APIRoute) else ()
        if not any(isinstance(gate.dependency, Open | Gate) for gate in gates):
            raise Undeclared(f"{getattr(route, 'path', type(route).__name__)} saknar behörighet")

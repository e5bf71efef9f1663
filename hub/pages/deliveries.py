"""Utskick: what was sent, what waits, and dead letters that somebody sends again."""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import Path, Response

from hub import guard
from hub.pages import directory
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, go
from hub.views.deliveries import deliveries_view
from rules.people import Role
from workflows.deliveries import leaf_through, resend, settle
from workflows.delivery_leaves import Place

_READERS = guard.roles(Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR)

_NUMBER = re.compile(r"[0-9]{1,18}")

Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


def show_deliveries(visit: TheVisit) -> Response:
    """Messages that wait or failed, and why, and a page of the others."""
    found = leaf_through(visit.office, visit.actor, _place(visit.query))
    policy = visit.office.rulebook().policy
    view = deliveries_view(found, policy, directory.names(visit.office))
    return visit.page("deliveries.html", view=view, demo=visit.desk.demo)


def _place(query: Mapping[str, str]) -> Place:
    """The page that the address asks for; the newest when it names no message."""
    return Place(
        older_than=_number(query.get("older_than", "")),
        newer_than=_number(query.get("newer_than", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None


def create_resend(delivery_id: Number, visit: TheVisit) -> Response:
    """Send a dead letter again."""
    resend(visit.office, visit.actor, delivery_id)
    return go("/deliveries", "resent")


class SettlementForm(Fields):
    """How a dead letter was seen to."""

    reason: str = asked("Skriv hur det är avklarat, till exempel att du har ringt.", "")


def create_settlement(delivery_id: Number, visit: TheVisit) -> Response:
    """Somebody has seen to a dead letter in another way."""
    settle(visit.office, visit.actor, delivery_id, reason=visit.sent.read(SettlementForm).reason)
    return go("/deliveries", "settled")


PAGES = (
    Page(path="/deliveries", endpoint=show_deliveries, allow=_READERS),
    Page(
        path="/deliveries/{delivery_id}/resends",
        method="POST",
        endpoint=create_resend,
        allow=_READERS,
    ),
    Page(
        path="/deliveries/{delivery_id}/settlements",
        method="POST",
        endpoint=create_settlement,
        allow=_READERS,
    ),
)

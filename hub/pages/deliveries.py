"""Utskick: what was sent, what waits, and dead letters that somebody sends again."""

from typing import Annotated

from fastapi import Path, Response

from hub import guard
from hub.pages import directory
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, go
from hub.views.deliveries import deliveries_view
from rules.people import Role
from workflows.deliveries import read_deliveries, resend, settle

_READERS = guard.roles(Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR)

Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


def show_deliveries(visit: TheVisit) -> Response:
    """Messages that were sent, wait or failed, and why."""
    found = read_deliveries(visit.office, visit.actor)
    policy = visit.office.rulebook().policy
    view = deliveries_view(found, policy, directory.names(visit.office))
    return visit.page("deliveries.html", view=view, demo=visit.desk.demo)


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

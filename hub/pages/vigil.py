"""Pages about the hub's own watch: what is not as promised, outages, and the daily statements."""

from datetime import date

from fastapi import Response

from hub import guard
from hub.pages.table import Page
from hub.pages.visit import TheVisit
from hub.views.vigil import (
    finding_lines,
    outage_view,
    past_lines,
    process_lines,
    statement_lines,
    statement_view,
)
from rules.errors import NotVisible
from rules.people import Role
from workflows import nodes, outages, promises, statements

_WATCHERS = guard.roles(Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR)
_READERS = guard.roles(*statements.READERS)


def show_watch(visit: TheVisit) -> Response:
    """What is not as promised now and lately, who watches, and when nobody did."""
    office = visit.office
    return visit.page(
        "watch.html",
        found=finding_lines(promises.examine(office, visit.desk.own())),
        past=past_lines(promises.kept(office)),
        processes=process_lines(nodes.seen(office)),
        mine="" if visit.actor.has(Role.MANAGER) else " i ärenden som du får se",
        outages=[outage_view(it) for it in outages.read(office, visit.actor)],
    )


def show_statements(visit: TheVisit) -> Response:
    """Every daily statement, the newest first."""
    every = statements.read_all(visit.office, visit.actor)
    key = visit.desk.statement_key
    return visit.page("statements/list.html", lines=statement_lines(every), key=key)


def show_statement(day: str, visit: TheVisit) -> Response:
    """One statement, to read and to print."""
    signed = statements.read_one(visit.office, visit.actor, _day(day))
    return visit.page("statements/statement.html", view=statement_view(signed))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotVisible from None


PAGES = (
    Page(path="/watch", endpoint=show_watch, allow=_WATCHERS),
    Page(path="/statements", endpoint=show_statements, allow=_READERS),
    Page(path="/statements/{day}", endpoint=show_statement, allow=_READERS),
)

"""The breach ledger: what a chef works through, until every breach has a cause and a measure."""

import csv
import io
from collections.abc import Mapping
from datetime import date

from fastapi import Response

from hub import guard
from hub.pages.form import Form
from hub.pages.moments import read_date
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit
from hub.views import words
from hub.views.ledger import STATES, LedgerView, ledger_view, spreadsheet
from rules.errors import Invalid
from rules.people import Role
from workflows.ledger import Wanted, export_ledger, read_ledger

_CHEFS = guard.roles(Role.UNIT_MANAGER, Role.MANAGER)
_MOST_PAGES = 100_000
_STATES = {"väntar": False, "förklarade": True}
_ASKED = ("unit", "cause", "state", "from", "until")


def show_ledger(visit: TheVisit) -> Response:
    """A page of breaches, those that wait for an explanation first."""
    typed = {name: (visit.query.get(name, ""),) for name in _ASKED}
    try:
        wanted = wanted_of(visit.query)
    except Invalid as fault:
        return _shown(visit, Form(typed, fault.faults, prefilled=True), None, status=422)
    page = _page(visit.query.get("page", ""))
    ledger = read_ledger(visit.office, visit.actor, wanted, page=page)
    view = ledger_view(ledger, wanted, page=page)
    return _shown(visit, Form(typed, prefilled=True), view, everything=ledger.unit is None)


def _shown(
    visit: Visit,
    form: Form,
    view: LedgerView | None,
    *,
    everything: bool = False,
    status: int = 200,
) -> Response:
    """The page; who sees the breaches of every unit may choose among them."""
    policy = visit.office.rulebook().policy
    units = {name: words.unit_name(policy, name) for name in policy.units}
    return visit.page(
        "ledger.html",
        form=form,
        status=status,
        view=view,
        unit_choices=units if everything else {},
        cause_choices=policy.breach_causes,
        states=STATES,
    )


def show_spreadsheet(visit: TheVisit) -> Response:
    """The same breaches for a spreadsheet, without anything personal; faults in the days count
    as no days, since the page has told of them."""
    try:
        wanted = wanted_of(visit.query)
    except Invalid:
        wanted = Wanted()
    breaches = export_ledger(visit.office, visit.actor, wanted)
    text = io.StringIO()
    rows = spreadsheet(breaches, visit.office.rulebook().policy)
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    # The mark at the beginning is how a Swedish spreadsheet knows that å is one letter.
    content = text.getvalue().encode("utf-8-sig")
    headers = {"Content-Disposition": 'attachment; filename="fristbrott.csv"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """What the address asks for; Invalid names a day that cannot be read."""
    faults: dict[str, str] = {}
    days: dict[str, date | None] = {}
    for name in ("from", "until"):
        try:
            days[name] = read_date(query[name]) if query.get(name, "").strip() else None
        except ValueError as fault:
            faults[name] = str(fault)
    if faults:
        raise Invalid(faults)
    return Wanted(
        unit=query.get("unit") or None,
        cause=query.get("cause") or None,
        explained=_STATES.get(query.get("state", "")),
        since=days["from"],
        until=days["until"],
    )


def _page(text: str) -> int:
    """The number of the page; the first when it says nothing that is one."""
    known = text.isascii() and text.isdecimal() and 1 <= int(text[:7]) <= _MOST_PAGES
    return int(text[:7]) if known else 1


PAGES = (
    Page(path="/breaches", endpoint=show_ledger, allow=_CHEFS),
    Page(path="/breaches.csv", endpoint=show_spreadsheet, allow=_CHEFS),
)

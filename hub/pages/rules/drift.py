"""How often people raise and lower what the rules propose, and what in the rules is never used."""

from datetime import date, timedelta

from fastapi import Response

from hub import guard
from hub.pages.form import Form
from hub.pages.moments import read_date
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit
from hub.views.drift import drift_view
from rules.days import Days
from rules.errors import Invalid
from rules.local_time import local_day
from workflows.drift import READERS, read_drift

FOLLOWERS = guard.roles(*READERS)
_HALF_A_YEAR = timedelta(weeks=26)


def show_drift(visit: TheVisit) -> Response:
    """The last half year, or the days that were asked for."""
    usual = last_half_year(visit)
    typed = {"from": str(usual.first), "until": str(usual.last)} | _typed(visit)
    values = {name: (text,) for name, text in typed.items()}
    try:
        days = days_of(typed["from"], typed["until"])
    except Invalid as fault:
        form = Form(values, fault.faults, prefilled=True)
        return visit.page("rules/drift.html", form=form, status=422, view=None)
    ruleset = visit.desk.instrument()
    found = read_drift(visit.office, visit.actor, ruleset=ruleset, days=days)
    view = drift_view(found, ruleset, visit.office.rulebook().policy)
    return visit.page("rules/drift.html", form=Form(values, prefilled=True), view=view)


def last_half_year(visit: Visit) -> Days:
    """Up to and with today."""
    today = local_day(visit.office.clock())
    return Days(today - _HALF_A_YEAR, today)


def days_of(first: str, last: str) -> Days:
    """The days as they were typed; Invalid by field."""
    faults: dict[str, str] = {}
    read: dict[str, date] = {}
    for name, text in (("from", first), ("until", last)):
        try:
            read[name] = read_date(text)
        except ValueError as fault:
            faults[name] = str(fault)
    if faults:
        raise Invalid(faults)
    return Days(read["from"], read["until"])


def _typed(visit: Visit) -> dict[str, str]:
    return {name: visit.query[name] for name in ("from", "until") if visit.query.get(name)}


PAGES = (Page(path="/rules/drift", endpoint=show_drift, allow=FOLLOWERS),)

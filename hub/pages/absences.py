"""The register of absences: set by the person, the unit's chef or the intake."""

from typing import Annotated

from fastapi import Depends, Response

from hub import guard
from hub.pages.form import Form, again, blank
from hub.pages.moments import TypedDate, TypedTime, at
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit, case_id_of, go
from hub.views.absences import register_view
from rules.errors import Invalid
from workflows.absences import KEEPERS, Away, end_absence, read_register, set_absence

_KEEPERS = guard.roles(*KEEPERS)


class AbsenceForm(Fields):
    """Who is away, from when until when, and who stands in."""

    account: str = asked("Välj vem som är frånvarande.")
    since_date: TypedDate = asked("Skriv vilken dag frånvaron börjar.")
    since_time: TypedTime = asked("Skriv när frånvaron börjar.")
    until_date: TypedDate = asked("Skriv vilken dag frånvaron slutar.")
    until_time: TypedTime = asked("Skriv när frånvaron slutar.")
    deputy: str = ""


def absence_id_of(absence_id: str, visit: TheVisit) -> str:
    """The id of an absence, in the form that all ids have."""
    return case_id_of(absence_id, visit)


AbsenceId = Annotated[str, Depends(absence_id_of)]


def show_absences(visit: TheVisit) -> Response:
    """Who is away, and a form for one more."""
    return _page(visit, blank())


def create_absence(visit: TheVisit) -> Response:
    """Keep it; deputies are named at once in cases whose hub is ahead."""
    try:
        form = visit.sent.read(AbsenceForm)
        set_absence(
            visit.office,
            visit.actor,
            Away(
                account=form.account,
                starts_at=at(form.since_date, form.since_time, field="since_time"),
                ends_at=at(form.until_date, form.until_time, field="until_time"),
                deputy=form.deputy or None,
            ),
        )
    except Invalid as fault:
        return _page(visit, again(visit.sent, fault.faults), status=422)
    return go("/absences", "away")


def create_end(absence_id: AbsenceId, visit: TheVisit) -> Response:
    """They are back, or do not go away."""
    end_absence(visit.office, visit.actor, absence_id)
    return go("/absences", "back")


def _page(visit: Visit, form: Form, *, status: int = 200) -> Response:
    view = register_view(read_register(visit.office, visit.actor), visit.actor)
    return visit.page("absences.html", form=form, status=status, view=view)


PAGES = (
    Page(path="/absences", endpoint=show_absences, allow=_KEEPERS),
    Page(path="/absences", method="POST", endpoint=create_absence, allow=_KEEPERS),
    Page(path="/absences/{absence_id}/ends", method="POST", endpoint=create_end, allow=_KEEPERS),
)

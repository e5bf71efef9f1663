"""Blind rating by the intake: what waits for me, one concern at a time, without case number."""

from typing import Annotated

from fastapi import Path, Response

from hub import guard
from hub.pages.form import Form, again, blank
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit, go
from hub.views.blind import blind_view, differing_line
from rules.errors import Invalid
from rules.level import Level
from rules.people import Role
from workflows import ratings

_RATERS = guard.roles(Role.INTAKE)
_LEVELS = tuple((level.value, level.value.capitalize()) for level in reversed(Level))

Number = Annotated[int, Path(ge=1, le=999_999_999)]


class RatingForm(Fields):
    """The level that the rater finds right."""

    level: Level = asked("Välj en nivå.")
    reason: str = ""


def show_waiting(visit: TheVisit) -> Response:
    """How many wait and the next of them; and where I and another have found otherwise."""
    office, actor = visit.office, visit.actor
    differing = [differing_line(it) for it in ratings.differing(office, actor)]
    waiting = ratings.waiting(office, actor)
    return visit.page("ratings/list.html", waiting=waiting, differing=differing)


def show_rating(sample: Number, place: Number, visit: TheVisit) -> Response:
    """One concern to rate."""
    return _page(visit, blank(), where=(sample, place))


def create_rating(sample: Number, place: Number, visit: TheVisit) -> Response:
    """Keep what was found; then on to what is left."""
    try:
        form = visit.sent.read(RatingForm)
        where = (sample, place)
        ratings.rate(visit.office, visit.actor, where, level=form.level, reason=form.reason)
    except Invalid as fault:
        return _page(visit, again(visit.sent, fault.faults), where=(sample, place), status=422)
    return go("/ratings", "rated")


def _page(visit: Visit, form: Form, *, where: tuple[int, int], status: int = 200) -> Response:
    found = ratings.read_blind(visit.office, visit.actor, where)
    view = blind_view(found, visit.desk.instrument(), visit.office.rulebook().policy)
    return visit.page("ratings/rating.html", form=form, status=status, view=view, levels=_LEVELS)


PAGES = (
    Page(path="/ratings", endpoint=show_waiting, allow=_RATERS),
    Page(path="/ratings/{sample}/{place}", endpoint=show_rating, allow=_RATERS),
    Page(path="/ratings/{sample}/{place}", method="POST", endpoint=create_rating, allow=_RATERS),
)

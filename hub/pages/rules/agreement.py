"""Draw past concerns to be rated blind by two, and see how alike the two were."""

from typing import Annotated

from fastapi import Path, Response

from hub import guard
from hub.pages import directory
from hub.pages.form import Form, again, blank
from hub.pages.moments import TypedDate
from hub.pages.refusals import status_of
from hub.pages.rules.drift import FOLLOWERS, last_half_year
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit, go
from hub.views.agreement import agreement_view, sample_line
from rules.days import Days
from rules.errors import Invalid, NotAllowed, Refusal
from rules.people import Role
from workflows import ratings

_USUAL = 30

SampleId = Annotated[int, Path(ge=1, le=999_999_999)]


class SampleForm(Fields):
    """How many, of which days."""

    size: int = asked("Skriv hur många anmälningar, med siffror.")
    first: TypedDate = asked("Skriv den första dagen.")
    last: TypedDate = asked("Skriv den sista dagen.")


def show_samples(visit: TheVisit) -> Response:
    """Every sample, with how far it has come."""
    days = last_half_year(visit)
    usual = {"size": str(_USUAL), "first": str(days.first), "last": str(days.last)}
    return _page(visit, blank({name: (text,) for name, text in usual.items()}))


def create_sample(visit: TheVisit) -> Response:
    """Draw one; or why that may not be."""
    try:
        form = visit.sent.read(SampleForm)
        days = _days(form)
        sample = ratings.draw_sample(visit.office, visit.actor, size=form.size, days=days)
    except NotAllowed:
        raise
    except Invalid as fault:
        return _page(visit, again(visit.sent, fault.faults), status=422)
    except Refusal as refusal:
        form_again = again(visit.sent, refusal=refusal.sentence)
        return _page(visit, form_again, status=status_of(refusal))
    return go(f"/rules/agreement/{sample.id}", "drawn")


def show_agreement(sample: SampleId, visit: TheVisit) -> Response:
    """How alike the two were, over what both have rated."""
    found = ratings.likeness(visit.office, visit.actor, sample)
    view = agreement_view(found, directory.names(visit.office))
    return visit.page("rules/agreement.html", view=view)


def _days(form: SampleForm) -> Days:
    """The days, with what is wrong told at the fields of this form."""
    try:
        return Days(form.first, form.last)
    except Invalid as fault:
        raise Invalid({"last": str(fault)}) from None


def _page(visit: Visit, form: Form, *, status: int = 200) -> Response:
    found = ratings.samples(visit.office, visit.actor)
    names = directory.names(visit.office)
    return visit.page(
        "rules/samples.html",
        form=form,
        status=status,
        samples=[sample_line(it, names) for it in found],
        may_draw=visit.actor.has(Role.RULE_OWNER),
    )


PAGES = (
    Page(path="/rules/agreement", endpoint=show_samples, allow=FOLLOWERS),
    Page(
        path="/rules/agreement",
        method="POST",
        endpoint=create_sample,
        allow=guard.roles(Role.RULE_OWNER),
    ),
    Page(path="/rules/agreement/{sample}", endpoint=show_agreement, allow=FOLLOWERS),
)

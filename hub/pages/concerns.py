"""A concern comes in: one page to register it, and what was found when it was."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import Response
from pydantic import BeforeValidator

from hub import guard
from hub.pages.assessing import Answers, answers_of
from hub.pages.cases import lens_of
from hub.pages.form import Form, again, blank
from hub.pages.moments import TypedDate, TypedTime, at
from hub.pages.refusals import status_of
from hub.pages.sent import LOOK, Fields, asked
from hub.pages.table import Page
from hub.pages.visit import SEE_OTHER, ReportId, TheVisit, Visit
from hub.views import words
from hub.views.case import Known, known
from hub.views.overview import overview
from hub.views.questions import areas
from hub.views.times import clock_time, day
from rules.concern import (
    Channel,
    Child,
    Protected,
    Report,
    ReportedChild,
    Reporter,
    ReporterKind,
    Sibling,
)
from rules.errors import Invalid, NotVisible, Refusal
from rules.people import Role
from workflows.facts import context_reach
from workflows.looking_up import known_about
from workflows.reading import read_case
from workflows.registering import register
from workflows.sharing import open_beside

_INTAKE = guard.roles(Role.INTAKE)


Ongoing = Literal["pagaende_utredning", "pagaende_insats", "syskon_aktuella"]


class SiblingForm(Fields):
    """A sibling that the reporter mentions."""

    name: str = ""
    birth_date: TypedDate | None = None
    personal_number: str = ""


class ReportedForm(Fields):
    """One child of the report."""

    name: str = ""
    birth_date: TypedDate | None = None
    personal_number: str = ""
    protected: Protected = asked("Välj om barnet har skyddade uppgifter.", Protected.UNKNOWN)
    siblings: tuple[SiblingForm, ...] = ()
    ongoing: tuple[Ongoing, ...] = asked("Välj bland det som står i listan.", ())
    answers: Answers = asked("Välj ja, nej eller okänt.", {})


def _ticked(value: object) -> bool:
    return value == "ja"


class ReportForm(Fields):
    """One orosanmälan."""

    received_date: TypedDate = asked("Skriv vilken dag anmälan kom in.")
    received_time: TypedTime = asked("Skriv vilken tid anmälan kom in.")
    channel: Channel = asked("Välj hur anmälan kom in.")
    reporter_kind: ReporterKind = asked("Välj vem som anmäler.")
    reporter_name: str = ""
    reporter_contact: str = ""
    wants_feedback: Annotated[bool, BeforeValidator(_ticked)] = False
    title: str = ""
    text: str = asked("Skriv vad anmälaren berättar.")
    context: str = ""
    children: tuple[ReportedForm, ...] = asked("Fyll i uppgifterna om barnet.", ())


def show_form(visit: TheVisit) -> Response:
    """The page to register on; the time of receipt starts as now and is easy to change."""
    now = visit.office.clock()
    values = {"received_date": (day(now),), "received_time": (clock_time(now),)}
    return _page(visit, blank(values))


def create_concern(visit: TheVisit) -> Response:
    """Register; or the page again with what was typed."""
    if visit.sent.only_changes_rows:
        return _page(visit, again(visit.sent))
    if visit.sent.control(LOOK):
        return _look(visit)
    try:
        cases = register(visit.office, visit.actor, _report(visit))
    except Invalid as fault:
        faults = {name.replace("reporter.", "reporter_"): it for name, it in fault.faults.items()}
        return _page(visit, again(visit.sent, faults), status=422)
    except Refusal as refusal:
        form = again(visit.sent, refusal=refusal.sentence)
        return _page(visit, form, status=status_of(refusal))
    where = f"/concerns/{cases[0].registered.report_id}"
    return Response(status_code=SEE_OTHER, headers={"Location": where})


def _look(visit: Visit) -> Response:
    """What is already known of the children, before anything is registered."""
    found: dict[int, tuple[Known, ...]] = {}
    faults: dict[str, str] = {}
    form = again(visit.sent)
    for child in form.rows("children"):
        name = f"children.{child}.personal_number"
        if number := form.value(name).strip():
            try:
                earlier = known_about(visit.office, visit.actor, number)
                found[child] = tuple(known(it) for it in earlier)
            except Invalid as fault:
                faults[name] = " ".join(fault.faults.values())
        else:
            faults[name] = "Skriv personnumret för att se vad som redan är känt."
    return _page(visit, again(visit.sent, faults), found=found, status=422 if faults else 200)


def show_registered(report_id: ReportId, visit: TheVisit) -> Response:
    """The case numbers, the proposed levels, what was already known, and who shares the context."""
    with visit.office.uow() as work:
        rows = work.lists.of_report(report_id)
    if not rows:
        raise NotVisible
    reads = [read_case(visit.office, visit.actor, row.case_id) for row in rows]
    views = [overview(read, lens_of(visit, read.moment.at)) for read in reads]
    beside = tuple(known(it) for it in open_beside(visit.office, visit.actor, report_id))
    return visit.page("concerns/registered.html", views=views, beside=beside)


def _report(visit: Visit) -> Report:
    form = visit.sent.read(ReportForm)
    return Report(
        received_at=at(form.received_date, form.received_time, field="received_time"),
        channel=form.channel,
        reporter=Reporter(
            kind=form.reporter_kind,
            name=form.reporter_name or None,
            contact=form.reporter_contact or None,
            wants_feedback=form.wants_feedback,
        ),
        title=form.title,
        text=form.text,
        children=tuple(_child(child, form.reporter_kind.value) for child in form.children),
        reference=visit.sent.reference(),
        context=form.context or None,
    )


def _child(form: ReportedForm, source: str) -> ReportedChild:
    return ReportedChild(
        child=Child(
            name=form.name or None,
            birth_date=form.birth_date,
            personal_number=form.personal_number or None,
            protected=form.protected,
        ),
        siblings=tuple(
            Sibling(
                name=it.name or None,
                birth_date=it.birth_date,
                personal_number=it.personal_number or None,
            )
            for it in form.siblings
        ),
        answers=answers_of(form.answers, source),
        facts=dict.fromkeys(form.ongoing, True),
    )


def _page(
    visit: Visit,
    form: Form,
    *,
    found: Mapping[int, tuple[Known, ...]] | None = None,
    status: int = 200,
) -> Response:
    rulebook = visit.office.rulebook()
    return visit.page(
        "concerns/form.html",
        form=form,
        status=status,
        found=found or {},
        once=visit.sent.once or visit.desk.tokens.new(),
        channels=words.CHANNELS,
        reporters=words.REPORTERS,
        protections=words.PROTECTED,
        ongoing=words.ONGOING,
        areas=areas(visit.desk.instrument()),
        sources=words.sources(rulebook.policy),
        asks_context=context_reach(rulebook.facts) is not None,
    )


PAGES = (
    Page(path="/concerns", endpoint=show_form, allow=_INTAKE),
    Page(path="/concerns", method="POST", endpoint=create_concern, allow=_INTAKE),
    Page(path="/concerns/{report_id}", endpoint=show_registered, allow=_INTAKE),
)

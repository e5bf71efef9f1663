"""Pages that read a case: the list, the overview, the hub, the clocks, the events, the package."""

from datetime import datetime

from fastapi import Response
from fastapi.responses import JSONResponse

from hub import guard
from hub.pages import directory
from hub.pages.table import Page
from hub.pages.visit import CaseId, TheVisit, Visit, go
from hub.views.case import Lens, identity, permitted
from hub.views.clock_cards import clock_cards
from hub.views.hubcall import hub_view
from hub.views.otherwise import otherwise
from hub.views.overview import overview
from hub.views.story import lines
from hub.views.tasks import all_tasks
from hub.views.underlag import document
from rules.access import Action
from rules.people import Role
from workflows.document import document_of
from workflows.meetings import unmanned_units
from workflows.package import package_of
from workflows.reading import read_board, read_case

_WORKERS = guard.roles(Role.INTAKE, Role.UNIT, Role.UNIT_MANAGER, Role.INVESTIGATOR)
_READ = guard.on_case(Action.READ)


def lens_of(visit: Visit, now: datetime) -> Lens:
    """What the views of a case look through."""
    return Lens(
        instrument=visit.desk.instrument(),
        policy=visit.office.rulebook().policy,
        names=directory.names(visit.office),
        at=now,
        rules_of=visit.desk.library.ruleset,
    )


def show_cases(visit: TheVisit) -> Response:
    """The cases that one may see; a case number leads straight to its case."""
    number = visit.query.get("number", "").strip().upper()
    closed = visit.query.get("closed") == "1"
    board = read_board(visit.office, visit.actor, include_closed=closed or bool(number))
    found = next((row.case_id for row in board.cases if row.number == number), None)
    if found:
        return go(f"/cases/{found}")
    return visit.page(
        "cases/list.html",
        tasks=all_tasks(board),
        closed=closed,
        number=number,
        missing=bool(number),
    )


def show_overview(case_id: CaseId, visit: TheVisit) -> Response:
    """The case page."""
    read = read_case(visit.office, visit.actor, case_id)
    view = overview(read, lens_of(visit, read.moment.at))
    return visit.page("cases/overview.html", view=view)


def show_hub(case_id: CaseId, visit: TheVisit) -> Response:
    """The units, their answers, the meeting, the mapping and the assessment."""
    read = read_case(visit.office, visit.actor, case_id)
    lens = lens_of(visit, read.moment.at)
    return visit.page(
        "cases/hub.html",
        identity=identity(read.case),
        hub=hub_view(read.case, lens, unmanned=unmanned_units(visit.office, read)),
        document=document(read.case, lens),
        case=read.case,
        may=permitted(read.relations),
        mine=visit.actor.unit,
    )


def show_clocks(case_id: CaseId, visit: TheVisit) -> Response:
    """Every clock of the case, local and legal side by side."""
    read = read_case(visit.office, visit.actor, case_id)
    lens = lens_of(visit, read.moment.at)
    return visit.page(
        "cases/clocks.html",
        identity=identity(read.case),
        cards=clock_cards(read, lens, visit.actor),
        may=permitted(read.relations),
    )


def show_chronology(case_id: CaseId, visit: TheVisit) -> Response:
    """Everything that has happened, in order."""
    read = read_case(visit.office, visit.actor, case_id)
    lens, clocks = lens_of(visit, read.moment.at), visit.query.get("clocks") == "1"
    return visit.page(
        "cases/chronology.html",
        identity=identity(read.case),
        lines=lines(read.events, lens, clocks=clocks),
        clocks=clocks,
        may=permitted(read.relations),
    )


def show_package(case_id: CaseId, visit: TheVisit) -> Response:
    """The package as a readable document."""
    read = read_case(visit.office, visit.actor, case_id)
    lens = lens_of(visit, read.moment.at)
    return visit.page(
        "cases/package.html",
        identity=identity(read.case),
        document=document(read.case, lens),
        levels=otherwise(read.case, lens).levels,
        may=permitted(read.relations),
    )


def show_package_data(case_id: CaseId, visit: TheVisit) -> Response:
    """The package as data."""
    read = read_case(visit.office, visit.actor, case_id)
    name = f'attachment; filename="underlag-{read.case.number}.json"'
    return JSONResponse(package_of(read.case), headers={"Content-Disposition": name})


def show_package_pdf(case_id: CaseId, visit: TheVisit) -> Response:
    """The package as a document to keep and to print."""
    read = read_case(visit.office, visit.actor, case_id)
    lens = lens_of(visit, read.moment.at)
    questions = {name: it.ask for name, it in lens.instrument.indicators.items()}
    sources = lens.instrument.sources
    levels = otherwise(read.case, lens).levels
    document = document_of(read.case, lens.policy, questions, sources=sources, levels=levels)
    pdf = visit.desk.handover_pdf(document, read.moment.at)
    name = f'attachment; filename="underlag-{read.case.number}.pdf"'
    headers = {"Content-Disposition": name}
    return Response(pdf, media_type="application/pdf", headers=headers)


PAGES = (
    Page(path="/cases", endpoint=show_cases, allow=_WORKERS),
    Page(path="/cases/{case_id}", endpoint=show_overview, allow=_READ),
    Page(path="/cases/{case_id}/hub", endpoint=show_hub, allow=_READ),
    Page(path="/cases/{case_id}/clocks", endpoint=show_clocks, allow=_READ),
    Page(path="/cases/{case_id}/chronology", endpoint=show_chronology, allow=_READ),
    Page(path="/cases/{case_id}/package", endpoint=show_package, allow=_READ),
    Page(path="/cases/{case_id}/package.json", endpoint=show_package_data, allow=_READ),
    Page(path="/cases/{case_id}/package.pdf", endpoint=show_package_pdf, allow=_READ),
)

"""The rules in force as a document: on a page, and as PDF to keep and to print."""

from fastapi import Response

from hub import guard
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit
from rules.language.schema import written
from workflows.rules_document import RulesDocument, rules_document


def show_rules(visit: TheVisit) -> Response:
    """The rules in force, as they are."""
    faults = visit.desk.health().rules_faults
    return visit.page("rules/reading.html", document=_document(visit), faults=faults)


def show_rules_document(visit: TheVisit) -> Response:
    """The same as PDF."""
    document = _document(visit)
    pdf = visit.desk.rules_pdf(document, visit.office.clock())
    name = f'attachment; filename="regler-{document.version}.pdf"'
    headers = {"Content-Disposition": name}
    return Response(pdf, media_type="application/pdf", headers=headers)


def show_schema(_visit: TheVisit) -> Response:
    """What an editor needs to help the one who writes rules."""
    headers = {"Content-Disposition": 'inline; filename="rules.schema.json"'}
    return Response(written(), media_type="application/schema+json", headers=headers)


def _document(visit: Visit) -> RulesDocument:
    return rules_document(visit.desk.instrument(), visit.office.rulebook().policy)


PAGES = (
    Page(path="/rules", endpoint=show_rules, allow=guard.LOGGED_IN),
    Page(path="/rules/schema", endpoint=show_schema, allow=guard.LOGGED_IN),
    Page(path="/rules/document", endpoint=show_rules_document, allow=guard.LOGGED_IN),
)

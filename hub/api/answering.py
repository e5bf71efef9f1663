"""How a route answers with a case: its state, its version and where it is found."""

from fastapi import Response

from hub.api.precondition import tag_of
from hub.api.route import PREFIX
from hub.api.shown.case import CaseShown, shown
from rules.access import relations
from rules.case import Case
from rules.clocks import intake_unit
from rules.people import Actor
from workflows.ports import Office


def case_shown(office: Office, actor: Actor, case: Case) -> CaseShown:
    """The case as `actor` may see it."""
    intake = intake_unit(office.rulebook().policy)
    return shown(case, relations(actor, case, intake))


def case_answer(office: Office, actor: Actor, case: Case, *, response: Response) -> CaseShown:
    """The case with its ETag and its own address."""
    response.headers["ETag"] = tag_of(case.version)
    response.headers["Location"] = f"{PREFIX}/cases/{case.id}"
    return case_shown(office, actor, case)

"""Concerns: what comes in, and what is already known of a child."""

from pydantic import BaseModel

from hub.api.answering import case_shown
from hub.api.bearer import Caller, TheDesk
from hub.api.bodies.concern import ConcernBody, LookupBody
from hub.api.documented import TAKES
from hub.api.route import nouns
from hub.api.shown.case import CaseShown
from rules.concern import Related
from workflows import looking_up, registering

router = nouns("Anmälningar")


class Registered(BaseModel):
    """The cases of a report, one a child."""

    cases: tuple[CaseShown, ...]


class Known(BaseModel):
    """Earlier and ongoing cases about a child, newest first."""

    cases: tuple[Related, ...]


@router.post(
    "/concerns",
    summary="Registrera en orosanmälan; varje barn blir ett ärende",
    status_code=201,
    responses=TAKES,
)
def create_concern(body: ConcernBody, actor: Caller, desk: TheDesk) -> Registered:
    """Samma `reference` två gånger ger ärendena som redan finns."""
    cases = registering.register(desk.office, actor, body.report())
    return Registered(cases=tuple(case_shown(desk.office, actor, case) for case in cases))


@router.post("/child-lookups", summary="Vad är redan känt om barnet?", responses=TAKES)
def create_lookup(body: LookupBody, actor: Caller, desk: TheDesk) -> Known:
    """Personnumret står i kroppen så att det inte hamnar i en adress eller en logg."""
    return Known(cases=looking_up.known_about(desk.office, actor, body.personal_number))

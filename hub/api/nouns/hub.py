"""The hub: the call, the units' answers, deputies, the meeting, the mapping, the assessment."""

from hub.api.bodies.hub import (
    AssessmentBody,
    CalledUnitBody,
    DeputyBody,
    HubCallBody,
    MappingBody,
    MeetingBody,
    UnitAnswerBody,
    statements_of,
)
from hub.api.documented import STEPS
from hub.api.route import nouns
from hub.api.shown.case import CaseShown
from hub.api.step import TheStep
from workflows import convening, meeting

router = nouns("Hubb")


@router.post("/cases/{case_id}/hub-calls", summary="Kalla hubben", status_code=201, responses=STEPS)
def create_hub_call(body: HubCallBody, step: TheStep) -> CaseShown:
    """Den första tid som ger enheterna sina två timmar och håller fristen, om ingen väljs."""
    case = convening.call_hub(
        step.office,
        step.actor,
        step.case_id,
        units=tuple(dict.fromkeys(body.units)),
        starts_at=body.starts_at,
        reason=body.reason,
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/called-units", summary="Kalla en enhet till", status_code=201, responses=STEPS
)
def create_called_unit(body: CalledUnitBody, step: TheStep) -> CaseShown:
    """Enheten ser ärendet från kallelsen."""
    return step.answer(convening.add_unit(step.office, step.actor, step.case_id, unit=body.unit))


@router.post("/cases/{case_id}/answers", summary="Enhetens svar", status_code=201, responses=STEPS)
def create_answer(body: UnitAnswerBody, step: TheStep) -> CaseShown:
    """Känd med uppgifter och källor, inte känd, kan inte svara eller system nere."""
    case = convening.answer(
        step.office,
        step.actor,
        step.case_id,
        unit=body.unit,
        kind=body.answer,
        statements=statements_of(body.statements),
        reason=body.reason,
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/deputies", summary="Utse ersättare", status_code=201, responses=STEPS
)
def create_deputy(body: DeputyBody, step: TheStep) -> CaseShown:
    """Någon som svarar i stället för enhetens representant i det här ärendet."""
    case = convening.name_deputy(
        step.office,
        step.actor,
        step.case_id,
        unit=body.unit,
        deputy=body.deputy,
        reason=body.reason,
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/meetings", summary="Hållet hubbmöte", status_code=201, responses=STEPS
)
def create_meeting(body: MeetingBody, step: TheStep) -> CaseShown:
    """Mötet hålls även om en enhet är tyst; det antecknas vilken."""
    case = meeting.hold(
        step.office,
        step.actor,
        step.case_id,
        started_at=body.started_at,
        ended_at=body.ended_at,
        present=body.present,
        present_units=tuple(dict.fromkeys(body.present_units)),
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/mappings", summary="Gemensam kartläggning", status_code=201, responses=STEPS
)
def create_mapping(body: MappingBody, step: TheStep) -> CaseShown:
    """Varje punkt med vem som sagt den."""
    items = tuple(one.item() for one in body.items)
    return step.answer(meeting.make_mapping(step.office, step.actor, step.case_id, items=items))


@router.post(
    "/cases/{case_id}/assessments", summary="Gemensam bedömning", status_code=201, responses=STEPS
)
def create_assessment(body: AssessmentBody, step: TheStep) -> CaseShown:
    """Skiljaktiga meningar följer med, med namn."""
    case = meeting.make_assessment(
        step.office,
        step.actor,
        step.case_id,
        level=body.level,
        reasons=body.reasons,
        dissents=tuple(one.dissent() for one in body.dissents),
    )
    return step.answer(case)

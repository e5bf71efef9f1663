"""What passes to and from the outside, and breaches that are explained."""

from typing import Annotated

from fastapi import Path

from hub.api.bodies.deciding import (
    ExplanationBody,
    FeedbackBody,
    FeedbackRequestBody,
    InformationAnswerBody,
    InformationRequestBody,
)
from hub.api.bodies.hub import statements_of
from hub.api.documented import STEPS
from hub.api.route import nouns
from hub.api.shown.case import CaseShown
from hub.api.shown.clock import ClockShown
from hub.api.step import TheStep
from rules.breaches import Explanation
from workflows import breaches, feedback, requesting

router = nouns("Återkoppling, uppgifter och fristbrott")


@router.post(
    "/cases/{case_id}/feedback-requests",
    summary="Anmälaren begär återkoppling",
    status_code=201,
    responses=STEPS,
)
def create_feedback_request(body: FeedbackRequestBody, step: TheStep) -> CaseShown:
    """När den begärdes avgör fristen (SoL 19:6)."""
    case = feedback.request_feedback(
        step.office, step.actor, step.case_id, requested_at=body.requested_at
    )
    return step.answer(case)


@router.post("/cases/{case_id}/feedback", summary="Återkoppling", status_code=201, responses=STEPS)
def create_feedback(body: FeedbackBody, step: TheStep) -> CaseShown:
    """En av de tre uppgifter som lagen nämner, eller varför det var olämpligt."""
    case = feedback.give_feedback(
        step.office,
        step.actor,
        step.case_id,
        channel=body.channel,
        unsuitable_because=body.unsuitable_because,
        consent=body.consent,
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/information-requests",
    summary="Begär eller lämna uppgift",
    status_code=201,
    responses=STEPS,
)
def create_information_request(body: InformationRequestBody, step: TheStep) -> CaseShown:
    """Spärrarna prövar; ett nej säger vilken spärr, lag och vad som skulle öppna, och sparas."""
    case = requesting.request(
        step.office,
        step.actor,
        step.case_id,
        party=body.party,
        act=body.act,
        question=body.question,
        ground=body.ground,
        ground_reason=body.ground_reason,
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/information-requests/{request_id}/answers",
    summary="Svar på en begäran",
    status_code=201,
    responses=STEPS,
)
def create_information_answer(
    request_id: str, body: InformationAnswerBody, step: TheStep
) -> CaseShown:
    """Uppgift för uppgift med källa, eller att parten inget har."""
    case = requesting.receive(
        step.office,
        step.actor,
        step.case_id,
        request_id=request_id,
        nothing_known=body.nothing_known,
        statements=statements_of(body.statements),
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/breaches/{key}/explanations",
    summary="Förklara ett fristbrott",
    status_code=201,
    responses=STEPS,
)
def create_explanation(
    key: Annotated[str, Path(description="Fristens `key`, procentkodad i adressen.")],
    body: ExplanationBody,
    step: TheStep,
) -> ClockShown:
    """Av chefen; svaret är bara fristen, för en verksamhetschef ser inte ärendet."""
    said = Explanation(
        key=key,
        cause=body.cause,
        comment=body.comment,
        measure=body.measure,
        measure_by=body.measure_by,
    )
    case = breaches.explain(step.office, step.actor, step.case_id, said=said)
    return ClockShown.of_case(key, case.clocks[key])

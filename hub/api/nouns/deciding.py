"""The decision and what follows: handover, receipt, information, conclusion, closing."""

from hub.api.bodies.deciding import (
    ClosureBody,
    ConcernedInformationBody,
    ConclusionBody,
    DecisionBody,
    HandoverBody,
)
from hub.api.documented import STEPS
from hub.api.route import nouns
from hub.api.shown.case import CaseShown
from hub.api.step import TheStep
from workflows import deciding

router = nouns("Beslut och överlämning")


@router.post("/cases/{case_id}/decisions", summary="Beslut", status_code=201, responses=STEPS)
def create_decision(body: DecisionBody, step: TheStep) -> CaseShown:
    """Inleda, inte inleda, eller till pågående utredning; av den som har delegation."""
    case = deciding.decide(
        step.office,
        step.actor,
        step.case_id,
        decision=body.decision,
        reasons=body.reasons,
        law=body.law,
        presenters=body.presenters,
        participants=body.participants,
        without_hub=body.without_hub,
        violence_considered=body.violence_considered,
    )
    return step.answer(case)


@router.post("/cases/{case_id}/handovers", summary="Överlämning", status_code=201, responses=STEPS)
def create_handover(body: HandoverBody, step: TheStep) -> CaseShown:
    """Allt som hubben visste, som ett paket med fast innehåll."""
    case = deciding.hand_over(
        step.office, step.actor, step.case_id, unit=body.unit, investigator=body.investigator
    )
    return step.answer(case)


@router.post("/cases/{case_id}/receipts", summary="Ta emot", status_code=201, responses=STEPS)
def create_receipt(step: TheStep) -> CaseShown:
    """Utredaren har paketet och tar över; ingen kropp behövs."""
    return step.answer(deciding.acknowledge(step.office, step.actor, step.case_id))


@router.post(
    "/cases/{case_id}/concerned-information",
    summary="Berörda informerade",
    status_code=201,
    responses=STEPS,
)
def create_information(body: ConcernedInformationBody, step: TheStep) -> CaseShown:
    """Att utredning är inledd, eller skälen emot att berätta (SoL 20:4)."""
    case = deciding.inform(
        step.office,
        step.actor,
        step.case_id,
        how=body.how,
        withheld_because=body.withheld_because,
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/conclusions", summary="Utredningen avslutad", status_code=201, responses=STEPS
)
def create_conclusion(body: ConclusionBody, step: TheStep) -> CaseShown:
    """Vad utredningen ledde till."""
    return step.answer(
        deciding.conclude(step.office, step.actor, step.case_id, outcome=body.outcome)
    )


@router.post(
    "/cases/{case_id}/closures", summary="Avsluta i hubben", status_code=201, responses=STEPS
)
def create_closure(body: ClosureBody, step: TheStep) -> CaseShown:
    """När beslut, överlämning, återkoppling och fristbrott är klara."""
    return step.answer(deciding.close(step.office, step.actor, step.case_id, reason=body.reason))

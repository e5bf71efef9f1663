"""What a person does with a clock, and what has happened that clocks go by."""

from typing import Annotated

from fastapi import Path

from hub.api.bodies.clocks import ExtensionBody, OccasionBody, SuspensionBody
from hub.api.documented import STEPS
from hub.api.route import nouns
from hub.api.shown.case import CaseShown
from hub.api.step import TheStep
from rules.postponing import Asked
from workflows import postponing

router = nouns("Frister")

Key = Annotated[str, Path(description="Fristens `key` i ärendet.")]
_CLOCK = "/cases/{case_id}/clocks/{key}"


@router.post(f"{_CLOCK}/extensions", summary="Förläng fristen", status_code=201, responses=STEPS)
def create_extension(key: Key, body: ExtensionBody, step: TheStep) -> CaseShown:
    """På den grund och med den delegation som reglerna anger; den gamla tiden står kvar."""
    asked = Asked(key=key, until=body.until, reason=body.reason)
    return step.answer(postponing.extend(step.office, step.actor, step.case_id, asked=asked))


@router.post(f"{_CLOCK}/suspensions", summary="Låt fristen vila", status_code=201, responses=STEPS)
def create_suspension(key: Key, body: SuspensionBody, step: TheStep) -> CaseShown:
    """Längst till den tid som anges; sedan löper den igen av sig själv."""
    asked = Asked(key=key, until=body.until, reason=body.reason)
    return step.answer(postponing.suspend(step.office, step.actor, step.case_id, asked=asked))


@router.post(
    f"{_CLOCK}/resumptions", summary="Låt fristen löpa igen", status_code=201, responses=STEPS
)
def create_resumption(key: Key, step: TheStep) -> CaseShown:
    """Den slutar så mycket senare som den har vilat; ingen kropp behövs."""
    return step.answer(postponing.resume(step.office, step.actor, step.case_id, key=key))


@router.post(
    f"{_CLOCK}/acknowledgements", summary="Varningen är sedd", status_code=201, responses=STEPS
)
def create_acknowledgement(key: Key, step: TheStep) -> CaseShown:
    """Inga fler varningar. Fristen löper, och ett fristbrott antecknas och berättas."""
    return step.answer(postponing.acknowledge(step.office, step.actor, step.case_id, key=key))


@router.post(
    "/cases/{case_id}/occasions", summary="Anteckna händelse", status_code=201, responses=STEPS
)
def create_occasion(body: OccasionBody, step: TheStep) -> CaseShown:
    """En händelse ur reglernas lista; frister startar eller stoppar från när det hände."""
    case = postponing.note_occasion(
        step.office,
        step.actor,
        step.case_id,
        occasion=body.occasion,
        happened_at=body.happened_at,
    )
    return step.answer(case)

"""What the intake assesses: protection, the instrument, the level, notes and corrections."""

from hub.api.bodies.assessing import (
    ChildCorrectionBody,
    IndicatorAnswersBody,
    LevelBody,
    LoweringAnswerBody,
    NoteBody,
    ProtectionBody,
)
from hub.api.bodies.shape import answers_of
from hub.api.documented import STEPS
from hub.api.route import nouns
from hub.api.shown.case import CaseShown
from hub.api.step import TheStep
from workflows import assessing

router = nouns("Bedömning")


@router.post(
    "/cases/{case_id}/protection-assessments",
    summary="Omedelbar skyddsbedömning",
    status_code=201,
    responses=STEPS,
)
def create_protection(body: ProtectionBody, step: TheStep) -> CaseShown:
    """Görs och dokumenteras före alla andra beslut (SoL 20:1)."""
    case = assessing.assess_protection(
        step.office,
        step.actor,
        step.case_id,
        needed=body.needed,
        reasons=body.reasons,
        measures=body.measures,
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/indicator-answers",
    summary="Svar på instrumentets frågor",
    status_code=201,
    responses=STEPS,
)
def create_indicator_answers(body: IndicatorAnswersBody, step: TheStep) -> CaseShown:
    """Reglerna prövas igen på allt som är svarat och kan föreslå en högre nivå."""
    answers = answers_of(body.answers)
    return step.answer(
        assessing.answer_questions(step.office, step.actor, step.case_id, answers=answers)
    )


@router.post(
    "/cases/{case_id}/levels",
    summary="Bekräfta eller ändra nivån",
    status_code=201,
    responses=STEPS,
)
def create_level(body: LevelBody, step: TheStep) -> CaseShown:
    """En sänkning blir ett förslag som en andra person prövar."""
    case = assessing.set_level(
        step.office, step.actor, step.case_id, level=body.level, reason=body.reason
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/lowering-answers",
    summary="Pröva en föreslagen sänkning",
    status_code=201,
    responses=STEPS,
)
def create_lowering_answer(body: LoweringAnswerBody, step: TheStep) -> CaseShown:
    """Aldrig den som föreslog den."""
    case = assessing.answer_lowering(
        step.office, step.actor, step.case_id, approve=body.approve, reason=body.reason
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/notes",
    summary="Anteckning, rättelse eller invändning",
    status_code=201,
    responses=STEPS,
)
def create_note(body: NoteBody, step: TheStep) -> CaseShown:
    """Läggs till; inget som är skrivet skrivs över (SoL 14:6)."""
    case = assessing.add_note(
        step.office,
        step.actor,
        step.case_id,
        text=body.text,
        nature=body.nature,
        about_seq=body.about_seq,
    )
    return step.answer(case)


@router.post(
    "/cases/{case_id}/child-corrections",
    summary="Rätta uppgifterna om barnet",
    status_code=201,
    responses=STEPS,
)
def create_child_correction(body: ChildCorrectionBody, step: TheStep) -> CaseShown:
    """Åldern kan ändras och reglerna prövas därför igen."""
    case = assessing.correct_child(
        step.office, step.actor, step.case_id, child=body.child.child(), reason=body.reason
    )
    return step.answer(case)

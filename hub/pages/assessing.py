"""Steps of the intake: protection, the instrument, the level, the child, notes."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator

from hub.pages.moments import TypedDate
from hub.pages.sent import Fields, asked
from hub.pages.steps import Scene, Shown, Step, Values
from hub.pages.visit import Visit
from hub.views import words
from hub.views.case import assessment
from hub.views.questions import areas
from rules.access import Action
from rules.answer import Answer, Value
from rules.concern import Child, Protected
from rules.level import Level
from workflows import assessing

YesNo = Literal["ja", "nej"]


class ProtectionForm(Fields):
    """The omedelbar skyddsbedömning."""

    needed: YesNo = asked("Svara om barnet behöver omedelbart skydd.")
    reasons: str = asked("Skriv skälen till skyddsbedömningen.")
    measures: str = ""


class AnswerForm(Fields):
    """One answer; without a source it is the reporter's."""

    value: Value = asked("Välj ja, nej eller okänt.")
    source: str = ""


def _only_answered(given: object) -> object:
    if not isinstance(given, dict):
        return given
    return {name: it for name, it in given.items() if isinstance(it, dict) and "value" in it}


Answers = Annotated[dict[str, AnswerForm], BeforeValidator(_only_answered)]


def answers_of(given: Mapping[str, AnswerForm], source: str) -> dict[str, Answer]:
    """The answers with who said each."""
    return {name: Answer(it.value, it.source or source) for name, it in given.items()}


class QuestionsForm(Fields):
    """Answers to the instrument."""

    answers: Answers = asked("Besvara minst en fråga.", {})
    source: str = asked("Välj vem som har svarat.")


class LevelForm(Fields):
    """The level that a person sets."""

    level: Level = asked("Välj en nivå.")
    reason: str = ""


class LoweringForm(Fields):
    """The second person's word on a lowering."""

    approve: YesNo = asked("Svara om sänkningen godkänns.")
    reason: str = ""


class ChildForm(Fields):
    """The child as it should have been registered."""

    name: str = ""
    birth_date: TypedDate | None = None
    personal_number: str = ""
    protected: Protected = asked("Välj om barnet har skyddade personuppgifter.")
    reason: str = ""


class NoteForm(Fields):
    """A note, a correction or an objection."""

    nature: str = asked("Välj rättelse, invändning eller anteckning.")
    text: str = asked("Skriv vad anteckningen gäller.")
    about_seq: int | None = asked("Skriv händelsens nummer med siffror.", None)


def _protect(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(ProtectionForm)
    return assessing.assess_protection(
        visit.office,
        visit.actor,
        case_id,
        needed=form.needed == "ja",
        reasons=form.reasons,
        measures=form.measures,
    )


def _answer_questions(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(QuestionsForm)
    answers = answers_of(form.answers, form.source)
    return assessing.answer_questions(visit.office, visit.actor, case_id, answers=answers)


def _set_level(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(LevelForm)
    return assessing.set_level(
        visit.office, visit.actor, case_id, level=form.level, reason=form.reason
    )


def _answer_lowering(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(LoweringForm)
    approve = form.approve == "ja"
    return assessing.answer_lowering(
        visit.office, visit.actor, case_id, approve=approve, reason=form.reason
    )


def _correct_child(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(ChildForm)
    child = Child(
        name=form.name or None,
        birth_date=form.birth_date,
        personal_number=form.personal_number or None,
        protected=form.protected,
    )
    return assessing.correct_child(
        visit.office, visit.actor, case_id, child=child, reason=form.reason
    )


def _add_note(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(NoteForm)
    return assessing.add_note(
        visit.office,
        visit.actor,
        case_id,
        text=form.text,
        nature=form.nature,
        about_seq=form.about_seq,
    )


def _questions(scene: Scene) -> Shown:
    sources = words.sources(scene.lens.policy)
    return {
        "areas": areas(scene.lens.instrument, scene.read.case.said, sources),
        "sources": sources,
    }


def _levels(scene: Scene) -> Shown:
    promises = scene.lens.instrument.levels
    said = assessment(scene.read.case, scene.lens)
    return {
        "levels": [(level, promises[level]) for level in reversed(Level)],
        "reasons": said.reasons if said else (),
    }


def _child_now(scene: Scene) -> Values:
    child = scene.read.case.child
    return {
        "name": (child.name or "",),
        "birth_date": (child.birth_date.isoformat() if child.birth_date else "",),
        "personal_number": (child.personal_number or "",),
        "protected": (child.protected.value,),
    }


STEPS = (
    Step(
        noun="protection",
        title="Omedelbar skyddsbedömning",
        action=Action.ASSESS,
        does=_protect,
        done="protected",
    ),
    Step(
        noun="questions",
        title="Instrumentets frågor",
        action=Action.ASSESS,
        shows=_questions,
        does=_answer_questions,
        done="questions",
    ),
    Step(
        noun="level",
        title="Nivå",
        action=Action.ASSESS,
        shows=_levels,
        does=_set_level,
        done="level",
        careful=True,
    ),
    Step(
        noun="lowering",
        title="Pröva sänkning",
        action=Action.ASSESS,
        does=_answer_lowering,
        done="lowering",
        careful=True,
    ),
    Step(
        noun="child",
        title="Rätta uppgifter om barnet",
        action=Action.ASSESS,
        shows=lambda _scene: {"protections": words.PROTECTED},
        starts_with=_child_now,
        does=_correct_child,
        done="corrected",
    ),
    Step(
        noun="notes",
        title="Rättelse, invändning eller anteckning",
        action=Action.NOTE,
        does=_add_note,
        done="noted",
        then="/chronology",
    ),
)

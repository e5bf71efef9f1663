"""The intake assesses: protection first, then the instrument, then the level."""

from collections.abc import Mapping

from rules import assessing, fold
from rules import events as ev
from rules.access import Action
from rules.answer import Answer
from rules.case import Case
from rules.concern import Child
from rules.errors import Invalid
from rules.level import Level
from rules.local_time import local_day
from rules.people import Actor
from rules.personal_number import NotAPersonalNumber, birth_date, normalise
from workflows.facts import day_of, facts_of
from workflows.movement import Moment, step
from workflows.ports import Office


def assess_protection(
    office: Office, actor: Actor, case_id: str, *, needed: bool, reasons: str, measures: str = ""
) -> Case:
    """Document the omedelbar skyddsbedömning, yes or no (SoL 20:1)."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            assessing.assess_protection(
                case,
                needed=needed,
                reasons=reasons,
                measures=measures,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.ASSESS, decide=decide)


def answer_questions(
    office: Office, actor: Actor, case_id: str, *, answers: Mapping[str, Answer]
) -> Case:
    """Answer the instrument; the rules run again on everything and may propose a higher level."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        faults = moment.rulebook.check_answers(answers)
        if faults:
            raise Invalid({f"answers.{name}": sentence for name, sentence in faults.items()})
        answered = assessing.answer_questions(
            case, answers=answers, actor=moment.actor, at=moment.at
        )
        return [answered, reclassified(fold.apply(case, answered), moment)]

    return step(office, actor, case_id, action=Action.ASSESS, decide=decide)


def reclassified(case: Case, moment: Moment) -> ev.Classified:
    """What the rules say of the case as it is now."""
    classification = moment.rulebook.classify(facts_of(case), case.answers, on=day_of(case))
    return assessing.classify(classification, by=moment.actor.id, at=moment.at)


def set_level(
    office: Office, actor: Actor, case_id: str, *, level: Level, reason: str = ""
) -> Case:
    """Confirm or change the level; a lowering becomes a proposal to a second person."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            assessing.set_level(case, level=level, reason=reason, actor=moment.actor, at=moment.at)
        ]

    return step(office, actor, case_id, action=Action.ASSESS, decide=decide)


def answer_lowering(
    office: Office, actor: Actor, case_id: str, *, approve: bool, reason: str = ""
) -> Case:
    """The second person approves or declines a proposed lowering."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            assessing.answer_lowering(
                case, approve=approve, reason=reason, actor=moment.actor, at=moment.at
            )
        ]

    return step(office, actor, case_id, action=Action.ASSESS, decide=decide)


def correct_child(office: Office, actor: Actor, case_id: str, *, child: Child, reason: str) -> Case:
    """Put right what was wrong about the child; the age may change, so the rules run again."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        corrected = assessing.correct_child(
            case, child=_normalised(child, case), reason=reason, actor=moment.actor, at=moment.at
        )
        return [corrected, reclassified(fold.apply(case, corrected), moment)]

    return step(office, actor, case_id, action=Action.ASSESS, decide=decide)


def _normalised(child: Child, case: Case) -> Child:
    if not child.personal_number:
        return child
    try:
        on = local_day(case.received_at)
        number = normalise(child.personal_number, on)
    except NotAPersonalNumber as fault:
        raise Invalid({"personal_number": str(fault)}) from fault
    return Child(
        name=child.name,
        birth_date=birth_date(number),
        personal_number=number,
        protected=child.protected,
    )


def add_note(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    text: str,
    nature: str = "anteckning",
    about_seq: int | None = None,
) -> Case:
    """A note, a correction or an objection; nothing that was written is overwritten."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            assessing.add_note(
                case,
                about_seq=about_seq,
                nature=nature,
                text=text,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.NOTE, decide=decide)

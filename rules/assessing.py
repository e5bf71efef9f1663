"""Decisions of the intake: protection assessment, the instrument, and the level."""

from collections.abc import Mapping
from datetime import datetime

from rules import events as ev
from rules.answer import Answer
from rules.case import Case
from rules.classification import Classification
from rules.concern import Child
from rules.errors import Invalid, NotAllowed, Refusal
from rules.level import Level
from rules.people import Actor


class ProtectionFirst(Refusal):
    """Den omedelbara skyddsbedömningen ska vara gjord och dokumenterad först."""


class CaseIsClosed(Refusal):
    """Ärendet är avslutat i hubben. Registrera en ny anmälan om det kommer nya uppgifter."""


class AlreadyDecided(Refusal):
    """Ärendet är redan beslutat. Beslutet står kvar; ett nytt kräver en ny anmälan."""


class NoLoweringToAnswer(Refusal):
    """Det finns ingen föreslagen sänkning att ta ställning till."""


class SecondPersonNeeded(Refusal):
    """En sänkning prövas av en annan person än den som föreslog den."""


class LoweringAlreadyProposed(Refusal):
    """En sänkning är redan föreslagen och väntar på en andra person."""


class NewFactsSinceLowering(Refusal):
    """Nya uppgifter sedan sänkningen föreslogs ger en högre nivå. Avslå sänkningen; den kan
    föreslås på nytt av den som har läst det nya."""


def require_open(case: Case) -> None:
    """A closed case takes no more steps."""
    if case.closed:
        raise CaseIsClosed


def require_undecided(case: Case) -> None:
    require_open(case)
    if case.decision:
        raise AlreadyDecided


def require_text(field: str, text: str, what: str) -> str:
    """The stripped text; refused by field when it is empty."""
    if not text.strip():
        raise Invalid({field: f"Skriv {what}."})
    return text.strip()


def assess_protection(
    case: Case, *, needed: bool, reasons: str, measures: str, actor: Actor, at: datetime
) -> ev.ProtectionAssessed:
    """The omedelbar skyddsbedömning (SoL 20:1); it may be made again when facts change."""
    require_open(case)
    reasons = require_text("reasons", reasons, "skälen till skyddsbedömningen")
    if needed:
        require_text("measures", measures, "vilket skydd barnet får nu och vem som ger det")
    return ev.ProtectionAssessed(
        at=at, by=actor.id, needed=needed, reasons=reasons, measures=measures.strip()
    )


def answer_questions(
    case: Case, *, answers: Mapping[str, Answer], actor: Actor, at: datetime
) -> ev.QuestionsAnswered:
    """New answers to the instrument; the rules are run again on all of them."""
    require_open(case)
    if not answers:
        raise Invalid({"answers": "Besvara minst en fråga."})
    return ev.QuestionsAnswered(at=at, by=actor.id, answers=dict(answers))


def classify(classification: Classification, *, by: str, at: datetime) -> ev.Classified:
    """What the rules say, kept with all that is needed to recompute it."""
    return ev.Classified(at=at, by=by, classification=classification)


def set_level(
    case: Case, *, level: Level, reason: str, actor: Actor, at: datetime
) -> ev.LevelSet | ev.LoweringProposed:
    """Confirm or change the level; going below it, or below a proposed raise, takes two.

    After a fault in the engines nobody confirms without saying what the level rests on.
    """
    require_undecided(case)
    if case.protection is None:
        raise ProtectionFirst(law="SoL 20:1")
    if case.incident:
        reason = require_text("reason", reason, "vad nivån vilar på")
    elif level is not case.proposed_level or case.confirmed_level not in (None, level):
        reason = require_text("reason", reason, "skälet till att nivån ändras")
    if case.standing_level.above(level):
        if case.lowering is not None:
            raise LoweringAlreadyProposed
        return ev.LoweringProposed(at=at, by=actor.id, level=level, reason=reason)
    return ev.LevelSet(at=at, by=actor.id, level=level, reason=reason.strip())


def answer_lowering(
    case: Case, *, approve: bool, reason: str, actor: Actor, at: datetime
) -> ev.LevelSet | ev.LoweringDeclined:
    """The second person's word on a lowering; never the one who proposed it."""
    require_undecided(case)
    if case.lowering is None:
        raise NoLoweringToAnswer
    if case.lowering.by == actor.id:
        raise SecondPersonNeeded
    if not approve:
        reason = require_text("reason", reason, "varför nivån inte sänks")
        return ev.LoweringDeclined(at=at, by=actor.id, reason=reason)
    if case.lowering_outrun:
        raise NewFactsSinceLowering
    return ev.LevelSet(
        at=at,
        by=actor.id,
        level=case.lowering.level,
        reason=case.lowering.reason,
        proposed_by=case.lowering.by,
    )


def correct_child(
    case: Case, *, child: Child, reason: str, actor: Actor, at: datetime
) -> ev.ChildCorrected:
    """What was wrong about the child, put right; the old stays in the journal."""
    require_open(case)
    reason = require_text("reason", reason, "varför uppgifterna om barnet rättas")
    return ev.ChildCorrected(at=at, by=actor.id, child=child, reason=reason)


def add_note(
    case: Case, *, about_seq: int | None, nature: str, text: str, actor: Actor, at: datetime
) -> ev.NoteAdded:
    """A correction, an objection by the person concerned (SoL 14:6), or a plain note."""
    text = require_text("text", text, "vad anteckningen gäller")
    if about_seq is not None and not 1 <= about_seq <= case.version:
        raise Invalid({"about_seq": f"Ärendet har ingen händelse nummer {about_seq}."})
    match nature:
        case "rättelse" | "invändning" | "anteckning":
            return ev.NoteAdded(at=at, by=actor.id, about_seq=about_seq, nature=nature, text=text)
        case _:
            raise Invalid({"nature": "Välj rättelse, invändning eller anteckning."})


def require_delegation(actor: Actor, delegation: str, law: str) -> None:
    """Only the one to whom the board has delegated may decide (KL 6:37)."""
    if delegation not in actor.delegations:
        raise NotAllowed(
            "Du saknar delegation för det här beslutet. Be den som har den att besluta.", law=law
        )

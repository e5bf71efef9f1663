"""Every step that a person can try on a case, with whatever hypothesis chooses for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from hypothesis import strategies as st

from rules.answer import Answer, Value
from rules.breaches import Explanation
from rules.concern import Child
from rules.fold import replay
from rules.level import Level
from rules.people import Actor
from rules.policy import Act
from rules.statement import AnswerKind, DecisionKind
from tests.people import (
    BEA,
    CALLE,
    CIA,
    CURT,
    EKA,
    ELLIOT,
    EVERYONE,
    MIRA,
    NORA,
    OSKAR,
    ULF,
    UNO,
    UTA,
    VERA,
    VIVI,
)  # fmt: skip
from tests.workflows.course import ITEM, KNOWN
from workflows import (
    assessing,
    breaches,
    convening,
    deciding,
    feedback,
    meeting,
    requesting,
)
from workflows.ports import Office

INTAKE = (MIRA, NORA, OSKAR, CIA)
UNITS = (BEA, UNO, VERA, EKA, CALLE)
RECEIVERS = (UTA, ULF, CURT)
CHEFS = (CIA, CALLE, CURT, VIVI)
QUESTIONS = ("vald_mot_barnet", "utnyttjas_i_brott", "skolan_fungerar_inte", "pagaende_fara")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chance:
    """What hypothesis lets happen."""

    data: st.DataObject

    def of(self, *choices: T) -> T:
        return self.data.draw(st.sampled_from(choices))

    def who(self, usual: Sequence[Actor]) -> Actor:
        """Mostly somebody who usually does it; else anybody at all."""
        return self.of(*usual) if self.of(1, 1, 1, 1, 0) else self.of(*EVERYONE)


Take = Callable[[Office, Actor, str, Chance], object]


@dataclass(frozen=True, slots=True)
class Step:
    """A step and those who usually take it; anybody may try."""

    usual: tuple[Actor, ...]
    take: Take


def answers(chance: Chance) -> Mapping[str, Answer]:
    value = chance.of(Value.YES, Value.NO, Value.UNKNOWN)
    return {chance.of(*QUESTIONS): Answer(value, chance.of("skola", "polis", "barnet"))}


def _answer(office: Office, who: Actor, case_id: str, chance: Chance) -> object:
    unit = chance.of(who.unit or "barn", "barn", "ungdom")
    kind = chance.of(*AnswerKind)
    said = (KNOWN,) if kind is AnswerKind.KNOWN else ()
    return convening.answer(
        office, who, case_id, unit=unit, kind=kind, statements=said, reason="Sjuk."
    )


def _call(office: Office, who: Actor, case_id: str, chance: Chance) -> object:
    chosen = chance.of((), ("barn",), ("barn", "ungdom", "vuxen"), ("mottagning",))
    starts = chance.of(None, None, timedelta(minutes=45), timedelta(minutes=-5))
    starts_at = office.clock() + starts if starts is not None else None
    return convening.call_hub(office, who, case_id, units=chosen, starts_at=starts_at)


def _hold(office: Office, who: Actor, case_id: str, chance: Chance) -> object:
    ended = office.clock() - timedelta(minutes=chance.of(0, 7, -3))
    return meeting.hold(
        office,
        who,
        case_id,
        started_at=ended - timedelta(minutes=30),
        ended_at=ended,
        present=("Mira",),
        present_units=chance.of(("barn",), (), ("vuxen",)),
    )


def _decide(office: Office, who: Actor, case_id: str, chance: Chance) -> object:
    return deciding.decide(
        office,
        who,
        case_id,
        decision=chance.of(*DecisionKind),
        reasons="Samlad bild.",
        without_hub=chance.of("", "Brådskar."),
        violence_considered=chance.of("", "Prövat."),
    )


def _reply(office: Office, who: Actor, case_id: str, chance: Chance) -> object:
    asked = _of_case(office, case_id, "requests")
    return requesting.receive(
        office, who, case_id, request_id=chance.of(*asked, "ingen"), nothing_known=True
    )


def _explain(office: Office, who: Actor, case_id: str, chance: Chance) -> object:
    key = chance.of(*_of_case(office, case_id, "clocks"), "hittepå")
    said = Explanation(key=key, cause="annat", comment="Kö.", measure="Ingen.")
    return breaches.explain(office, who, case_id, said=said)


def _of_case(office: Office, case_id: str, what: str) -> tuple[str, ...]:
    with office.uow() as work:
        case = replay(case_id, work.journal.read(case_id))
    return tuple(getattr(case, what))


def _request(office: Office, who: Actor, case_id: str, chance: Chance) -> object:
    return requesting.request(
        office,
        who,
        case_id,
        party=chance.of("skola", "polis", "grannen"),
        act=chance.of(*Act),
        question="Hur?",
        ground=chance.of("", "samtycke", "misstankt_brott_mot_barn"),
        ground_reason=chance.of("", "Modern samtyckte i telefon."),
    )


STEPS: Mapping[str, Step] = {
    "protect": Step(
        INTAKE,
        lambda office, who, case, chance: assessing.assess_protection(
            office, who, case, needed=chance.of(False, True), reasons="Nu.", measures="Jour."
        ),
    ),
    "questions": Step(
        INTAKE,
        lambda office, who, case, chance: assessing.answer_questions(
            office, who, case, answers=answers(chance)
        ),
    ),
    "level": Step(
        INTAKE,
        lambda office, who, case, chance: assessing.set_level(
            office, who, case, level=chance.of(*Level), reason=chance.of("Samlat.", "")
        ),
    ),
    "lowering": Step(
        INTAKE,
        lambda office, who, case, chance: assessing.answer_lowering(
            office, who, case, approve=chance.of(True, False), reason="Nej."
        ),
    ),
    "child": Step(
        INTAKE,
        lambda office, who, case, chance: assessing.correct_child(
            office, who, case, child=chance.of(ELLIOT, Child(name="Okänd")), reason="Fel."
        ),
    ),
    "note": Step(
        (*INTAKE, *UNITS, *RECEIVERS),
        lambda office, who, case, chance: assessing.add_note(
            office, who, case, text="Ringde.", about_seq=chance.of(None, 1, 999)
        ),
    ),
    "call": Step(INTAKE, _call),
    "add": Step(
        (*INTAKE, *UNITS),
        lambda office, who, case, chance: convening.add_unit(
            office, who, case, unit=chance.of("ekonomi", "barn", "utredning", "fritids")
        ),
    ),
    "answer": Step(UNITS, _answer),
    "deputy": Step(
        (*UNITS, MIRA),
        lambda office, who, case, chance: convening.name_deputy(
            office, who, case, unit=chance.of("barn", "ungdom"), deputy=chance.of(VERA, UTA).id
        ),
    ),
    "hold": Step(INTAKE, _hold),
    "map": Step(
        INTAKE,
        lambda office, who, case, chance: meeting.make_mapping(
            office, who, case, items=chance.of((ITEM,), ())
        ),
    ),
    "assess": Step(
        INTAKE,
        lambda office, who, case, chance: meeting.make_assessment(
            office, who, case, level=chance.of(*Level), reasons="Allt."
        ),
    ),
    "decide": Step(INTAKE, _decide),
    "hand over": Step(
        INTAKE,
        lambda office, who, case, chance: deciding.hand_over(
            office, who, case, investigator=chance.of(None, UTA.id, BEA.id)
        ),
    ),
    "receive": Step(
        RECEIVERS, lambda office, who, case, chance: deciding.acknowledge(office, who, case)
    ),
    "inform": Step(
        RECEIVERS,
        lambda office, who, case, chance: deciding.inform(
            office, who, case, how=chance.of("Samtal.", "")
        ),
    ),
    "conclude": Step(
        RECEIVERS,
        lambda office, who, case, chance: deciding.conclude(office, who, case, outcome="Stöd."),
    ),
    "ask to hear": Step(
        INTAKE,
        lambda office, who, case, chance: feedback.request_feedback(office, who, case),
    ),
    "tell": Step(
        INTAKE,
        lambda office, who, case, chance: feedback.give_feedback(
            office, who, case, channel="telefon", unsuitable_because=chance.of("", "Hot.")
        ),
    ),
    "request": Step((*INTAKE, *RECEIVERS), _request),
    "reply": Step((*INTAKE, *RECEIVERS), _reply),
    "explain": Step(CHEFS, _explain),
    "close": Step(INTAKE, lambda office, who, case, chance: deciding.close(office, who, case)),
}

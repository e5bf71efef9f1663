"""No level falls by one person's hand, whatever way is taken; nothing is kept without a source."""

import pytest

from rules import assessing, feedback, gates
from rules import events as ev
from rules.assessing import NewFactsSinceLowering
from rules.case import Case
from rules.errors import Invalid
from rules.fold import extend
from rules.level import Level
from rules.statement import About, Nature, Statement
from tests.people import MIRA, NORA
from tests.rules_case import happenings as it

CONFIRMED = (it.classified(Level.ORANGE), it.protected(), it.level_set(Level.ORANGE))
RAISED = it.classified(Level.RED, "vald-mot-barnet", at=it.after(20))
REQUESTED = ev.InformationRequested(
    at=it.after(185),
    by=it.BY,
    request_id="begaran-1",
    party="skola",
    act="hämta",
    question="Hur är frånvaron?",
    ground="",
    gate="utredning-hamta",
)


def approve(case: Case) -> ev.Event:
    return assessing.answer_lowering(case, approve=True, reason="", actor=NORA, at=it.after(30))


@pytest.mark.parametrize("before", [CONFIRMED, CONFIRMED[:2]], ids=["confirmed", "proposed"])
def test_a_lowering_is_not_approved_on_facts_that_its_proposer_never_saw(
    before: tuple[ev.Event, ...],
) -> None:
    case = it.case_of(*before, it.lowering(by=MIRA.id), RAISED)

    with pytest.raises(NewFactsSinceLowering):
        approve(case)

    declined = assessing.answer_lowering(
        case, approve=False, reason="Nya uppgifter.", actor=NORA, at=it.after(30)
    )
    again = extend(case, [declined, it.lowering(by=MIRA.id)])
    assert isinstance(approve(again), ev.LevelSet)


def test_a_lowering_stands_when_the_new_facts_say_no_more_than_before() -> None:
    same = it.classified(Level.ORANGE, at=it.after(20))

    case = it.case_of(*CONFIRMED, it.lowering(by=MIRA.id), same)

    assert isinstance(approve(case), ev.LevelSet)


def test_a_joint_assessment_below_a_proposed_raise_does_not_answer_it() -> None:
    green = (it.classified(Level.GREEN), it.protected(), it.level_set(Level.GREEN))
    case = it.case_of(*green, RAISED)
    by_the_hub = ev.LevelSet(
        at=it.after(40), by=it.BY, level=Level.ORANGE, reason="Hubbens gemensamma bedömning"
    )

    after = extend(case, [by_the_hub])

    assert (after.level, after.standing_level) == (Level.ORANGE, Level.RED)
    assert after.raise_is_proposed
    confirmed = assessing.set_level(
        after, level=Level.ORANGE, reason="Räcker.", actor=MIRA, at=it.after(41)
    )
    assert isinstance(confirmed, ev.LoweringProposed)


def test_a_raise_is_answered_by_reaching_it_or_by_two_persons() -> None:
    case = it.case_of(*CONFIRMED, RAISED)
    reached = extend(case, [it.level_set(Level.RED)])
    lowered = extend(case, [approve(extend(case, [it.lowering(Level.ORANGE, by=MIRA.id)]))])

    assert not reached.raise_is_proposed
    assert not lowered.raise_is_proposed


@pytest.mark.parametrize(("text", "source"), [(" ", "rektor"), ("Borta ofta.", "")])
def test_what_a_party_says_has_words_and_a_source(text: str, source: str) -> None:
    said = Statement(text=text, source=source, about=About.CHILD, nature=Nature.FACT)

    with pytest.raises(Invalid) as told:
        gates.receive(
            it.case_of(it.protected(), it.decided(), REQUESTED),
            request_id="begaran-1",
            nothing_known=False,
            statements=(said,),
            actor=MIRA,
            at=it.after(200),
        )

    assert list(told.value.faults) == [f"statements.1.{'text' if source else 'source'}"]


def test_feedback_is_not_asked_for_before_there_is_a_concern() -> None:
    with pytest.raises(Invalid) as told:
        feedback.request(it.case_of(), requested_at=it.after(-1), actor=MIRA, at=it.after(30))

    assert list(told.value.faults) == ["requested_at"]

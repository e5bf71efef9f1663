"""The intake assesses: protection first, then questions, then a level that two must lower."""

from datetime import date

import pytest

from rules.assessing import LoweringAlreadyProposed, ProtectionFirst, SecondPersonNeeded
from rules.concern import Child, Protected
from rules.errors import Invalid, NotAllowed, NotVisible
from rules.level import Level
from tests.people import BEA, ELLIOT, GREEN, MIRA, NORA, ORANGE, RED, RUT, no, report, reported, yes
from tests.workflows.course import Course, begun
from workflows import assessing
from workflows.ports import Office


def office(course: Course) -> Office:
    return course.world.office


def test_the_protection_assessment_stops_its_clock() -> None:
    course = begun().protect()

    assert course.kinds[-1] == "protection_assessed"
    assert course.case.clocks["skyddsbedomning"].stopped is not None


def test_no_level_is_set_before_protection_and_the_refusal_leaves_nothing_behind() -> None:
    course = begun()
    before = course.world.store.journal[course.id]

    with pytest.raises(ProtectionFirst):
        course.confirm()
    assert course.world.store.journal[course.id] == before


def test_confirming_the_level_stops_the_clock_of_the_classification() -> None:
    course = begun().protect().confirm()

    assert course.case.confirmed_level is Level.RED
    assert course.case.clocks["klassning:röd"].stopped is not None


def test_raising_moves_the_handling_to_the_shorter_promise_from_when_it_came() -> None:
    course = Course().register(answers=ORANGE).protect().confirm(Level.RED)
    clock = course.case.clocks["hantering:röd"].started

    assert clock.anchor_at == course.case.received_at
    assert course.case.clocks["hantering:orange"].stopped is not None


def test_lowering_takes_two_persons_and_is_told_to_the_intake() -> None:
    course = begun().protect().confirm().confirm(Level.ORANGE)

    assert course.case.level is Level.RED
    assert course.case.lowering is not None
    assert course.case.clocks["sankning"].running
    assert "väntar på en andra person" in course.notices[-1].body
    with pytest.raises(SecondPersonNeeded):
        assessing.answer_lowering(office(course), MIRA, course.id, approve=True)
    with pytest.raises(LoweringAlreadyProposed):
        course.confirm(Level.GREEN)

    assessing.answer_lowering(office(course), NORA, course.id, approve=True)
    lowered = course.case
    assert (lowered.level, lowered.levels[-1].proposed_by) == (Level.ORANGE, MIRA.id)
    assert course.case.clocks["sankning"].stopped is not None
    assert course.case.clocks["hantering:orange"].running


def test_a_declined_lowering_leaves_the_level_and_stops_its_clock() -> None:
    course = begun().protect().confirm().confirm(Level.GREEN)
    assessing.answer_lowering(office(course), NORA, course.id, approve=False, reason="Nej.")

    assert course.case.level is Level.RED
    assert course.case.clocks["sankning"].stopped is not None
    course.confirm(Level.ORANGE)
    assert course.case.clocks["sankning#2"].running


def test_new_answers_propose_a_raise_and_tell_the_intake_and_never_raise_alone() -> None:
    course = Course().register(answers=GREEN).protect().confirm()
    assessing.answer_questions(office(course), MIRA, course.id, answers=RED)

    assert course.kinds[-2:] == ["questions_answered", "classified"]
    assert course.case.level is Level.GREEN
    assert course.case.raise_is_proposed
    assert course.case.clocks["hojning"].running
    assert "högre föreslagen nivå" in course.notices[-1].body
    assert course.world.store.rows[course.id].case.raise_proposed

    course.confirm(Level.RED)
    assert course.case.clocks["hojning"].stopped is not None
    assert course.case.clocks["hantering:röd"].started.anchor_at == course.case.received_at


def test_answers_that_are_taken_back_lower_nothing_and_take_back_no_raise() -> None:
    course = Course().register(answers=GREEN).protect().confirm()
    assessing.answer_questions(office(course), MIRA, course.id, answers=RED)
    assessing.answer_questions(office(course), MIRA, course.id, answers=no(*RED))

    assert course.case.raise_is_proposed
    course.confirm(Level.GREEN)
    assert course.case.lowering is not None


def test_before_a_level_is_set_answers_that_are_taken_back_leave_the_highest_proposal() -> None:
    course = begun().protect()
    assessing.answer_questions(office(course), MIRA, course.id, answers=no(*RED))

    assert course.case.level is Level.RED
    course.confirm(Level.GREEN)
    assert course.case.confirmed_level is None
    assert course.case.lowering is not None


def test_word_of_violence_has_a_clock_that_a_denial_does_not_stop() -> None:
    course = Course().register(answers=GREEN)
    assert "utan_drojsmal" not in course.case.clocks

    assessing.answer_questions(office(course), MIRA, course.id, answers=yes("bevittnat_vald"))
    assert course.case.clocks["utan_drojsmal"].started.anchor_at == course.case.received_at
    assessing.answer_questions(office(course), MIRA, course.id, answers=no("bevittnat_vald"))
    assert course.case.clocks["utan_drojsmal"].running


@pytest.mark.parametrize("answers", [yes("pahittad"), yes(*GREEN, source="grannen"), {}])
def test_answers_that_the_instrument_does_not_know_are_told(answers: dict) -> None:
    course = begun()

    with pytest.raises(Invalid):
        assessing.answer_questions(office(course), MIRA, course.id, answers=answers)
    assert course.kinds[-1] == "classified"


def test_a_correction_of_the_child_runs_the_rules_again_and_leaves_what_was_written() -> None:
    course = Course().register(answers=yes("foraldrars_missbruk")).protect()
    younger = Child(name="Elliot", birth_date=date(2024, 1, 1), protected=Protected.YES)
    assessing.correct_child(
        office(course), MIRA, course.id, child=younger, reason="Fel barn i samtalet."
    )

    assert course.kinds[-2:] == ["child_corrected", "classified"]
    assert course.case.registered.child == ELLIOT
    assert course.case.child == younger
    found = course.case.classified
    assert found is not None
    assert found.classification.facts["alder"] == 2


def test_a_correction_that_makes_the_child_older_lowers_nothing() -> None:
    child = Child(birth_date=date(2024, 1, 1))
    answers = yes("forsvunnet")
    course = Course().register(report(reported(child, answers=answers)))
    before = course.case.level
    assessing.correct_child(
        office(course), MIRA, course.id, child=Child(birth_date=date(2008, 1, 1)), reason="Fel."
    )

    found = course.case.classified
    assert found is not None
    assert before.above(found.classification.level)
    assert course.case.level is before


def test_a_corrected_number_is_kept_in_its_one_form_with_its_date() -> None:
    course = begun()
    child = Child(personal_number="160514-9895")
    assessing.correct_child(office(course), MIRA, course.id, child=child, reason="Saknades.")

    assert (course.case.child.personal_number, course.case.child.birth_date) == (
        "20160514-9895", date(2016, 5, 14),
    )  # fmt: skip


@pytest.mark.parametrize(
    "child",
    [Child(personal_number="160514-9896"), Child(birth_date=date(2027, 1, 1))],
)
def test_a_correction_to_what_cannot_be_is_refused(child: Child) -> None:
    course = begun()

    with pytest.raises(Invalid):
        assessing.correct_child(office(course), MIRA, course.id, child=child, reason="Fel.")
    assert course.case.child == ELLIOT


def test_a_note_is_added_to_what_it_is_about_and_overwrites_nothing() -> None:
    course = begun()
    earlier = course.world.store.journal[course.id]
    assessing.add_note(
        office(course), MIRA, course.id, text="Pappa bestrider.", nature="invändning", about_seq=1
    )

    assert course.world.store.journal[course.id][: len(earlier)] == earlier
    assert course.case.notes[0].about_seq == 1


def test_who_may_not_assess_is_refused_or_sees_no_case_and_both_are_logged() -> None:
    course = begun().protect().confirm().call("barn")
    for who, refusal in ((BEA, NotAllowed), (RUT, NotVisible)):
        with pytest.raises(refusal):
            assessing.assess_protection(
                office(course), who, course.id, needed=False, reasons="Nej."
            )
        line = course.world.store.access[max(course.world.store.access)]
        assert (line.account_id, line.granted, line.detail) == (who.id, False, refusal.__name__)


def test_a_case_that_does_not_exist_looks_like_one_that_may_not_be_seen() -> None:
    course = begun()

    with pytest.raises(NotVisible):
        assessing.assess_protection(office(course), MIRA, "saknas", needed=False, reasons="Nej.")
    line = course.world.store.access[max(course.world.store.access)]
    assert (line.case_ids, line.granted) == ((), False)

"""The hub meets: without the silent, one mapping, one assessment, and a late answer weighed."""

from datetime import timedelta

import pytest

from rules.deciding import WeighLateAnswers
from rules.errors import NotAllowed
from rules.level import Level
from rules.people import Role
from rules.statement import AnswerKind, DecisionKind, Dissent
from tests.people import BEA, GREEN, MIRA, ORANGE
from tests.workflows.course import ITEM, Course
from workflows import assessing, meeting


def test_a_meeting_without_a_silent_unit_records_it_by_name_and_stops_its_clock() -> None:
    course = Course().until_met()

    assert course.case.meeting is not None
    assert course.case.meeting.silent_units == ("ungdom",)
    (key,) = (key for key in course.case.clocks if key.startswith("hubbmote"))
    assert course.case.clocks[key].stopped is not None
    assert course.case.clocks["enhetssvar:ungdom"].running


def test_a_unit_does_not_record_the_meeting() -> None:
    course = Course().until_called()

    with pytest.raises(NotAllowed):
        meeting.make_mapping(course.world.office, BEA, course.id, items=(ITEM,))


def test_the_mapping_is_read_in_its_latest_version_and_the_earlier_one_stays() -> None:
    course = Course().until_met().map()
    meeting.make_mapping(course.world.office, MIRA, course.id, items=(ITEM, ITEM))

    assert course.case.mapping is not None
    assert len(course.case.mapping.items) == 2
    assert course.kinds.count("mapping_made") == 2


def test_the_assessment_keeps_who_thinks_otherwise_by_name() -> None:
    course = Course().until_met().map()
    dissent = Dissent(name="Uno", unit="ungdom", opinion="Orange räcker.", level=Level.ORANGE)
    meeting.make_assessment(
        course.world.office, MIRA, course.id, level=Level.RED, reasons="Allt.", dissents=(dissent,)
    )

    assert course.case.assessments[-1].dissents == (dissent,)


def test_the_hub_raises_the_level_by_its_assessment() -> None:
    course = Course().register(answers=ORANGE).protect().confirm().call().meet().map().assess()

    assert course.case.level is Level.RED
    assert course.kinds[-2:] == ["assessment_made", "level_set"]
    assert course.case.clocks["hantering:röd"].started.anchor_at == course.case.received_at


def test_the_hub_never_lowers_by_its_assessment() -> None:
    course = Course().until_met().map().assess(Level.GREEN)

    assert course.case.level is Level.RED
    assert course.kinds[-1] == "assessment_made"


def test_an_answer_after_the_meeting_is_kept_told_and_must_be_weighed_before_the_decision() -> None:
    course = Course().until_met().map().assess()
    course.world.clock.forward(minutes=5)
    course.answer("ungdom")

    assert course.case.clocks["ombedomning"].running
    assert course.notices[-1].subject.startswith("Svar efter mötet")
    assert course.notices[-1].role is Role.INTAKE
    with pytest.raises(WeighLateAnswers):
        course.decide(DecisionKind.NOT_OPEN)

    course.assess()
    assert course.case.clocks["ombedomning"].stopped is not None
    course.decide()
    assert course.case.decision is not None


def test_an_answer_between_the_meeting_and_its_record_is_late_too() -> None:
    course = Course().until_called().answer("barn")
    ended = course.world.clock.forward(minutes=30)
    course.world.clock.forward(minutes=5)
    course.answer("ungdom", AnswerKind.NOT_KNOWN)
    course.world.clock.forward(minutes=5)
    meeting.hold(
        course.world.office,
        MIRA,
        course.id,
        started_at=ended - timedelta(minutes=30),
        ended_at=ended,
        present=("Mira",),
        present_units=(),
    )

    assert course.case.meeting is not None
    assert course.case.meeting.silent_units == ("ungdom",)
    assert course.case.clocks["ombedomning"].running


def test_an_answer_after_the_decision_is_kept_and_stops_the_closing() -> None:
    course = Course().until_decided()
    course.world.clock.forward(minutes=5)
    course.answer("ungdom")

    assert course.case.clocks["ombedomning"].running
    course.assess()
    assert course.case.late_answers == ()
    assert course.kinds[-1] == "assessment_made"


def test_an_assessment_after_the_decision_changes_no_level() -> None:
    course = Course().register(answers=GREEN).protect().confirm()
    assessing.set_level(
        course.world.office, MIRA, course.id, level=Level.ORANGE, reason="Samla enheterna."
    )
    course.call().meet().map().assess(Level.ORANGE).decide().assess(Level.RED)

    assert course.case.level is Level.ORANGE

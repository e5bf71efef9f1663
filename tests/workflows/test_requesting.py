"""Outside parties: refused in förhandsbedömning with the ground, and the refusal is kept twice."""

import pytest

from rules.errors import GateClosed, Invalid, NotAllowed
from rules.policy import Act
from rules.statement import AnswerKind
from tests.people import BEA, MIRA, UTA
from tests.workflows.course import KNOWN, Course, begun
from workflows import requesting


def ask(course: Course, party: str = "skola", act: Act = Act.GATHER, ground: str = "") -> None:
    requesting.request(
        course.world.office,
        MIRA,
        course.id,
        party=party,
        act=act,
        question="Hur?",
        ground=ground,
        ground_reason="Modern samtyckte i telefon i dag." if ground else "",
    )


@pytest.mark.parametrize("act", list(Act))
def test_a_request_during_the_preliminary_assessment_is_refused_with_what_would_open_it(
    act: Act,
) -> None:
    course = begun()

    with pytest.raises(GateClosed) as refused:
        ask(course, act=act)
    assert refused.value.law
    assert refused.value.opens
    assert "amtycke" in refused.value.opens
    assert refused.value.gate.endswith("under-forhandsbedomning")


def test_the_refusal_is_kept_in_the_case_and_in_the_access_log() -> None:
    course = begun()
    with pytest.raises(GateClosed) as refused:
        ask(course)

    assert course.kinds[-1] == "request_refused"
    assert course.case.requests == {}
    line = course.world.store.access[max(course.world.store.access)]
    assert (line.account_id, line.case_ids, line.granted) == (MIRA.id, (course.id,), False)
    assert line.detail == refused.value.gate


def test_with_consent_the_school_is_asked_and_the_intake_is_warned() -> None:
    course = begun()
    ask(course, ground="samtycke")
    (key,) = (key for key in course.case.clocks if key.startswith("informationsinhamtning"))

    assert course.case.clocks[key].started.unit == "mottagning"
    course.world.clock.forward(hours=23)
    course.sweep()
    told = {(n.role.value, n.unit) for n in course.notices if n.role and key in n.key}
    assert told == {("mottagning", "mottagning")}


def test_in_an_investigation_gathering_is_open_and_sharing_is_not() -> None:
    course = Course().until_decided()
    ask(course)
    (request_id,) = course.case.requests

    with pytest.raises(GateClosed):
        ask(course, act=Act.SHARE)
    course.hand_over().receive()
    requesting.receive(
        course.world.office, UTA, course.id, request_id=request_id, statements=(KNOWN,)
    )
    assert course.case.requests[request_id].reply is not None
    assert course.case.clocks[f"informationsinhamtning:{request_id}"].stopped is not None


def test_the_police_are_told_on_a_ground_of_their_own() -> None:
    course = begun()
    ask(course, "polis", Act.SHARE, "misstankt_brott_mot_barn")

    assert course.kinds[-1] == "information_requested"
    with pytest.raises(GateClosed):
        ask(course, "skola", Act.SHARE, "misstankt_brott_mot_barn")


def test_an_unknown_party_is_told_and_nothing_is_kept() -> None:
    course = begun()

    with pytest.raises(Invalid):
        ask(course, "grannen")
    assert course.kinds[-1] == "classified"


def test_a_unit_asks_nobody_outside() -> None:
    course = Course().until_called().answer("barn", AnswerKind.NOT_KNOWN)

    with pytest.raises(NotAllowed):
        requesting.request(
            course.world.office, BEA, course.id, party="skola", act=Act.GATHER, question="Hur?"
        )

"""Meetings find a room of their own, are moved, manned and cancelled, and the units are told."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from rules.absences import Absence
from rules.convening import HubNotCalled
from rules.errors import Invalid, NotAllowed, NotVisible
from rules.meeting import MeetingAlreadyHeld
from rules.people import PROGRAM, Role
from tests.people import (
    BEA,
    CALLE,
    CIA,
    EKA,
    MIRA,
    MORNING,
    RUT,
    UNO,
    UTA,
    VERA,
    VIVI,
    actor,
)  # fmt: skip
from tests.workflows.course import Course, begun, new_world
from workflows import convening, meetings
from workflows.absences import Away, end_absence, read_register, set_absence
from workflows.invitations import Method
from workflows.meeting_board import read_capacity, read_meetings
from workflows.reading import read_case

HOUR = timedelta(hours=1)
DORA = actor("Dora", Role.UNIT, unit="vuxen")
ULLA = actor("Ulla", Role.UNIT, unit="ungdom")
EVENING = MORNING + 10 * HOUR


def called(course: Course, *units: str) -> Course:
    return course.register().protect().confirm().call(*units)


def away(course: Course, who: str, *, until: float = 8, deputy: str | None = None) -> Absence:
    starts_at = course.world.clock.now - timedelta(minutes=1)
    wanted = Away(account=who, starts_at=starts_at, ends_at=MORNING + until * HOUR, deputy=deputy)
    return set_absence(course.world.office, MIRA, wanted)


def told(course: Course, subject: str) -> Mapping[str, str]:
    """The body of each message with the subject, by unit or account."""
    found = (it for it in course.notices if it.subject.startswith(subject))
    return {it.unit or it.account or "": it.body for it in found}


def test_two_cases_of_different_units_meet_at_once_in_rooms_of_their_own() -> None:
    world = new_world()
    one, two = called(Course(world), "barn"), called(Course(world), "ungdom")

    assert one.case.call is not None
    assert two.case.call is not None
    assert one.case.call.starts_at == two.case.call.starts_at
    assert (one.case.call.room, two.case.call.room) == ("rum-1", "rum-2")


def test_a_unit_with_one_representative_is_never_called_to_two_meetings_at_once() -> None:
    world = new_world()
    one, two = called(Course(world), "barn"), called(Course(world), "barn")

    assert one.case.call is not None
    assert two.case.call is not None
    assert two.case.call.ends_at <= one.case.call.starts_at
    assert two.case.call.extra
    assert "kan ingen från Barn och familj vara med" in two.case.call.why_slot


def test_a_moved_meeting_has_a_new_clock_and_the_old_one_is_kept() -> None:
    course = begun().protect().confirm().call("barn", "ungdom").answer("barn")
    before = set(course.case.clocks)
    meetings.move(
        course.world.office, BEA, course.id, starts_at=MORNING + HOUR, reason="Rummet brann."
    )

    case = course.case
    assert case.call is not None
    assert case.call.starts_at == MORNING + HOUR
    assert case.clocks["hubbmote:20260310T1030"].stopped is not None
    assert case.clocks["hubbmote:20260310T0900"].running
    assert before <= set(case.clocks)
    assert case.units["ungdom"].answer_by == MORNING + HOUR
    assert case.clocks["enhetssvar:ungdom"].stopped is not None
    assert case.clocks["enhetssvar:ungdom~1"].due_at == MORNING + HOUR
    assert case.clocks["enhetssvar:barn"].stopped is not None
    assert "enhetssvar:barn~1" not in case.clocks


def test_a_meeting_moved_back_gives_the_units_their_two_hours_and_no_more() -> None:
    course = begun().protect().confirm().call("barn")
    office = course.world.office
    meetings.move(office, MIRA, course.id, starts_at=MORNING + HOUR, reason="Tidigare.")
    meetings.move(office, MIRA, course.id, starts_at=MORNING + 3 * HOUR, reason="Senare.")

    assert course.case.units["barn"].answer_by == MORNING + 2 * HOUR
    assert course.case.clocks["enhetssvar:barn~2"].running


def test_a_unit_that_was_called_later_keeps_its_own_time_when_the_meeting_is_moved() -> None:
    course = begun().protect().confirm().call("barn")
    course.world.clock.forward(minutes=20)
    convening.add_unit(course.world.office, MIRA, course.id, unit="ungdom")
    meetings.move(course.world.office, MIRA, course.id, starts_at=MORNING + 3 * HOUR, reason="Sen.")

    assert course.case.units["ungdom"].answer_by == MORNING + 2 * HOUR + timedelta(minutes=20)
    assert course.case.units["barn"].answer_by == MORNING + 2 * HOUR


def test_the_units_and_their_deputies_are_told_of_the_new_time_and_never_why() -> None:
    course = begun().protect().confirm().call("barn", "ungdom")
    convening.name_deputy(course.world.office, BEA, course.id, unit="barn", deputy=VERA.id)
    meetings.move(
        course.world.office, MIRA, course.id, starts_at=MORNING + HOUR, reason="Mamma kom."
    )

    moved = told(course, "Hubbmöte flyttat")
    assert set(moved) == {"barn", "ungdom", VERA.id}
    assert all("2026-03-10 kl. 10.00" in body and "Mamma" not in body for body in moved.values())


def test_every_invitation_of_a_meeting_is_the_same_one_and_a_later_one_outranks_it() -> None:
    course = begun().protect().confirm().call("barn")
    meetings.move(course.world.office, MIRA, course.id, starts_at=MORNING + 3 * HOUR, reason="Sen.")
    course.decide(without_hub="Akut.")

    sent = [it.invitation for it in course.notices if it.invitation]
    assert len({it.uid for it in sent}) == 1
    assert [(it.sequence, it.method) for it in sent] == [
        (0, Method.REQUEST),
        (1, Method.REQUEST),
        (2, Method.CANCEL),
    ]
    assert sent[0].place == "Hubbrum 1"
    assert sent[0].link == "https://moten.kommun.example/hubbrum-1"
    assert sent[1].starts_at == MORNING + 3 * HOUR
    assert "är inställt" in told(course, "Hubbmöte inställt")["barn"]


def test_an_invitation_carries_the_number_and_nothing_of_the_child() -> None:
    course = begun().protect().confirm().call("barn")
    (invitation,) = (it.invitation for it in course.notices if it.invitation)

    assert invitation.summary == f"Hubbmöte, ärende {course.case.number}"
    assert "Vråkberg" not in str(invitation)


def test_a_meeting_that_has_begun_or_is_held_is_not_cancelled_by_the_decision() -> None:
    course = begun().until_decided()

    assert not told(course, "Hubbmöte inställt")


def test_a_meeting_is_moved_for_a_reason_to_another_time_that_is_still_to_come() -> None:
    course = begun().protect().confirm()
    office = course.world.office
    with pytest.raises(HubNotCalled):
        meetings.move(office, MIRA, course.id, reason="Sen.")
    course.call("barn")
    assert course.case.call is not None
    same = course.case.call.starts_at

    for starts_at, reason, field in (
        (MORNING + HOUR, " ", "reason"),
        (MORNING - HOUR, "Sen.", "starts_at"),
        (same, "Sen.", "starts_at"),
    ):
        with pytest.raises(Invalid) as refused:
            meetings.move(office, MIRA, course.id, starts_at=starts_at, reason=reason)
        assert list(refused.value.faults) == [field]
    with pytest.raises(NotVisible):
        meetings.move(office, VERA, course.id, starts_at=MORNING + HOUR, reason="Sen.")
    course.meet()
    with pytest.raises(MeetingAlreadyHeld):
        meetings.move(office, MIRA, course.id, starts_at=EVENING, reason="Sen.")


def test_a_move_without_a_time_gets_the_first_that_keeps_the_promises() -> None:
    course = begun().protect().confirm()
    office = course.world.office
    convening.call_hub(office, MIRA, course.id, units=("barn",), starts_at=MORNING + HOUR)
    meetings.move(office, MIRA, course.id, reason="Enheterna hann inte.")

    assert course.case.call is not None
    assert course.case.call.starts_at == MORNING + 2.5 * HOUR
    assert not course.case.call.extra


def test_when_all_of_a_unit_are_away_its_standing_deputy_is_named_told_and_sees_the_case() -> None:
    course = begun().protect().confirm()
    course.world.admit(DORA)
    away(course, BEA.id, deputy=DORA.id)
    course.call("barn", "ungdom")

    named = course.case.units["barn"].deputy
    assert named is not None
    assert (named.by, named.deputy) == (PROGRAM.id, DORA.id)
    assert course.case.units["ungdom"].deputy is None
    assert DORA.id in told(course, "Ersättare")
    assert read_case(course.world.office, DORA, course.id).case.id == course.id


def test_when_nobody_stands_in_the_chef_is_told_at_once() -> None:
    course = begun().protect().confirm()
    away(course, BEA.id)
    course.call("barn", "ungdom")

    assert course.case.units["barn"].deputy is None
    (alone,) = (it for it in course.notices if it.subject.startswith("Utse ersättare"))
    assert (alone.role, alone.unit) == (Role.UNIT_MANAGER, "barn")
    view = read_case(course.world.office, MIRA, course.id)
    assert meetings.unmanned_units(course.world.office, view) == {"barn"}


def test_a_unit_that_is_without_anybody_again_is_told_again_and_otherwise_not() -> None:
    course = begun().protect().confirm().call("barn")
    first = away(course, BEA.id)
    course.world.clock.forward(minutes=5)
    end_absence(course.world.office, BEA, first.id)
    away(course, BEA.id)
    away(course, UNO.id)

    alone = [it for it in course.notices if it.subject.startswith("Utse ersättare")]
    assert [it.unit for it in alone] == ["barn", "barn"]


def test_who_goes_away_after_the_call_is_covered_at_once() -> None:
    course = begun().protect().confirm().call("barn")
    away(course, BEA.id, deputy=VERA.id)

    assert course.case.units["barn"].deputy is not None
    assert course.case.units["barn"].deputy.deputy == VERA.id


def test_a_deputy_that_a_person_has_named_is_not_replaced() -> None:
    course = begun().protect().confirm().call("barn")
    convening.name_deputy(course.world.office, BEA, course.id, unit="barn", deputy=EKA.id)
    away(course, BEA.id, deputy=VERA.id)

    assert course.case.units["barn"].deputy is not None
    assert course.case.units["barn"].deputy.deputy == EKA.id


def test_when_who_stands_in_goes_away_too_the_chef_is_told() -> None:
    course = begun().protect().confirm()
    course.world.admit(DORA)
    away(course, BEA.id, deputy=DORA.id)
    course.call("barn")
    away(course, DORA.id)

    (alone,) = (it for it in course.notices if it.subject.startswith("Utse ersättare"))
    assert (alone.role, alone.unit) == (Role.UNIT_MANAGER, "barn")


def test_a_unit_with_somebody_left_needs_no_deputy() -> None:
    course = begun().protect().confirm()
    course.world.admit(ULLA)
    away(course, UNO.id, deputy=VERA.id)
    course.call("ungdom")

    assert course.case.units["ungdom"].deputy is None


def test_who_is_back_is_called_again() -> None:
    course = begun().protect().confirm()
    absence = away(course, BEA.id, deputy=VERA.id)
    ended = end_absence(course.world.office, BEA, absence.id)
    course.call("barn")

    assert ended.until == course.world.clock.now
    assert course.case.units["barn"].deputy is None


def test_a_deputy_who_has_left_stands_in_for_nobody() -> None:
    course = begun().protect().confirm()
    away(course, BEA.id, deputy=VERA.id)
    with course.world.office.uow() as work:
        work.people.shut(VERA.id)
        work.commit()
    course.call("barn")

    assert course.case.units["barn"].deputy is None
    assert told(course, "Utse ersättare")


@pytest.mark.parametrize("who", [BEA, CALLE, MIRA], ids=lambda who: who.name)
def test_the_person_the_chef_and_the_intake_keep_the_register(who: object) -> None:
    course = begun()
    wanted = Away(account=BEA.id, starts_at=MORNING, ends_at=EVENING)
    kept = set_absence(course.world.office, who, wanted)  # type: ignore[arg-type]
    register = read_register(course.world.office, who)  # type: ignore[arg-type]

    assert register.absences == (kept,)
    assert BEA.id in {it.id for it in register.mine}


def test_nobody_else_does() -> None:
    course = begun()
    office = course.world.office
    wanted = Away(account=BEA.id, starts_at=MORNING, ends_at=EVENING)
    absence = set_absence(office, BEA, wanted)

    with pytest.raises(NotAllowed):
        set_absence(office, UNO, wanted)
    with pytest.raises(NotAllowed):
        end_absence(office, UNO, absence.id)
    with pytest.raises(NotAllowed):
        end_absence(office, RUT, absence.id)
    with pytest.raises(NotVisible):
        end_absence(office, BEA, "ingen")
    with pytest.raises(NotAllowed):
        read_register(office, RUT)
    assert read_register(office, UNO).absences == ()


@pytest.mark.parametrize(
    ("account", "deputy", "field"),
    [("ingen", None, "account"), (UTA.id, None, "account"), (BEA.id, UTA.id, "deputy")],
)
def test_who_is_away_and_who_stands_in_works_in_a_unit_of_the_board(
    account: str, deputy: str | None, field: str
) -> None:
    course = begun()
    with pytest.raises(Invalid) as refused:
        set_absence(
            course.world.office,
            MIRA,
            Away(account=account, starts_at=MORNING, ends_at=EVENING, deputy=deputy),
        )
    assert list(refused.value.faults) == [field]


def test_a_chef_sees_the_number_of_a_meeting_of_theirs_and_of_others_that_a_room_is_taken() -> None:
    course = begun().protect().confirm().call("barn")
    office = course.world.office

    for who, number, may_open in (
        (MIRA, course.case.number, True),
        (CALLE, course.case.number, True),
        (CIA, course.case.number, True),
        (VIVI, course.case.number, False),
        (actor("Vilma", Role.UNIT_MANAGER, unit="vuxen"), "", False),
    ):
        (booked,) = read_meetings(office, who).booked
        assert (booked.number, booked.may_open) == (number, may_open)
        assert booked.meeting.room == "rum-1"
    with pytest.raises(NotAllowed):
        read_meetings(office, BEA)


def test_capacity_is_for_those_who_plan_and_tells_of_what_is_booked() -> None:
    world = new_world()
    free = read_capacity(world.office, MIRA)
    for _ in range(4):
        called(Course(world))
    crowded = read_capacity(world.office, CALLE)

    assert not any(day.taken for day in free.days)
    assert any(day.taken for day in crowded.days)
    assert "kan ingen från" in next(day for day in crowded.days if day.taken).reasons[0]
    with pytest.raises(NotAllowed):
        read_capacity(world.office, BEA)

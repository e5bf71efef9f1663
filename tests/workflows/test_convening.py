"""The hub is called: units are told, answer for themselves, and only within the call."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.convening import AlreadyCalled, NoHubForGreen, UnitNotCalled
from rules.engines.rulebook import LiveRules
from rules.errors import Invalid, NotAllowed, NotVisible
from rules.people import Role
from rules.policy import UnitKind, UnitPolicy
from rules.statement import AnswerKind
from tests.people import (
    BEA,
    CALLE,
    CIA,
    EKA,
    GREEN,
    MIRA,
    MORNING,
    ORANGE,
    SYS,
    UNO,
    UTA,
    VERA,
    account,
    actor,
)  # fmt: skip
from tests.workflows.course import KNOWN, Course, begun, new_world
from workflows import convening, meetings
from workflows.movement import moment_of

DORA = actor("Dora", Role.UNIT, unit="vuxen")


def test_the_proposed_meeting_gives_the_units_their_time_and_keeps_the_promise() -> None:
    course = begun().protect().confirm()
    convening.call_hub(course.world.office, MIRA, course.id)
    call = course.case.call

    assert call is not None
    assert call.units == course.world.rulebook.policy.routing.call
    assert call.starts_at == MORNING + timedelta(hours=2, minutes=30)
    promised = course.case.clocks["hantering:röd"].started.due_at
    assert call.ends_at + timedelta(minutes=15) <= promised
    assert all(unit.answer_by <= call.starts_at for unit in course.case.units.values())


def test_the_units_are_told_the_time_and_the_number_and_nothing_else() -> None:
    course = begun().protect().confirm().call("barn", "ungdom")
    told = [notice for notice in course.notices if notice.subject.startswith("Hubbkallelse")]

    assert [(notice.role, notice.unit) for notice in told] == [
        (Role.UNIT, "barn"), (Role.UNIT, "ungdom"),
    ]  # fmt: skip
    assert "Hubbmöte 2026-03-10 kl. 11.30, 30 minuter." in told[0].body


def test_each_unit_and_the_meeting_have_their_clock() -> None:
    course = begun().protect().confirm().call("barn", "ungdom")
    running = {key for key, clock in course.case.clocks.items() if clock.running}

    assert {"enhetssvar:barn", "enhetssvar:ungdom", "hubbmote:20260310T1030"} <= running


def test_a_person_may_choose_the_time() -> None:
    course = begun().protect().confirm()
    convening.call_hub(
        course.world.office, MIRA, course.id, starts_at=MORNING + timedelta(minutes=50)
    )

    assert course.case.call is not None
    assert course.case.call.answer_by == MORNING + timedelta(minutes=50)
    with pytest.raises(AlreadyCalled):
        course.call("barn")


def test_green_is_not_called_and_a_time_that_has_been_is_refused() -> None:
    with pytest.raises(NoHubForGreen):
        Course().register(answers=GREEN).call("barn")
    course = Course().register(answers=ORANGE)
    with pytest.raises(Invalid):
        convening.call_hub(
            course.world.office, MIRA, course.id, starts_at=MORNING - timedelta(minutes=1)
        )


def test_a_called_unit_calls_another_which_then_sees_the_case() -> None:
    course = begun().protect().confirm().call("barn")
    convening.add_unit(course.world.office, BEA, course.id, unit="ekonomi")
    course.answer("ekonomi", AnswerKind.NOT_KNOWN)

    assert course.case.units["ekonomi"].answer is not None
    assert course.notices[-1].unit == "ekonomi"


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_each_of_the_four_answers_stops_the_units_clock(kind: AnswerKind) -> None:
    course = begun().protect().confirm().call("barn", "ungdom")
    convening.answer(
        course.world.office,
        BEA,
        course.id,
        unit="barn",
        kind=kind,
        statements=(KNOWN,) if kind is AnswerKind.KNOWN else (),
        reason="Sjuk.",
    )

    assert course.case.clocks["enhetssvar:barn"].stopped is not None
    assert course.case.clocks["enhetssvar:ungdom"].running
    answer = course.case.units["barn"].answer
    assert answer is not None
    assert (answer.answer, answer.attested_by) == (kind, "Bea")


def test_a_unit_that_was_not_called_cannot_answer_and_does_not_see_the_case() -> None:
    course = begun().protect().confirm().call("barn")

    with pytest.raises(NotVisible):
        course.answer("vuxen")
    with pytest.raises(UnitNotCalled):
        course.answer("vuxen", who=BEA)
    assert course.kinds[-1] == "hub_called"


@pytest.mark.parametrize("who", [UNO, MIRA], ids=lambda who: who.name)
def test_nobody_answers_for_another_unit(who: object) -> None:
    course = begun().protect().confirm().call("barn", "ungdom")

    with pytest.raises(NotAllowed):
        course.answer("barn", who=who)  # type: ignore[arg-type]


def test_the_units_chef_answers_for_it() -> None:
    course = begun().protect().confirm().call("barn").answer("barn", who=CALLE)

    assert course.case.silent_units == ()


def test_a_deputy_is_told_answers_and_is_warned_as_the_unit_is() -> None:
    course = begun().protect().confirm().call("barn")
    course.world.admit(DORA)
    convening.name_deputy(course.world.office, BEA, course.id, unit="barn", deputy=DORA.id)

    assert course.notices[-1].account == DORA.id
    course.world.clock.forward(minutes=70)
    course.sweep()
    assert DORA.id in {notice.account for notice in course.notices[-4:]}
    course.answer("barn", who=DORA)
    assert course.case.silent_units == ()


def test_only_the_unit_itself_and_the_intake_name_its_deputy() -> None:
    course = begun().protect().confirm().call("barn", "ungdom")

    with pytest.raises(NotAllowed):
        convening.name_deputy(course.world.office, UNO, course.id, unit="barn", deputy=VERA.id)
    convening.name_deputy(course.world.office, CIA_INTAKE, course.id, unit="barn", deputy=VERA.id)
    assert course.case.units["barn"].deputy is not None


CIA_INTAKE = replace(CIA, roles=frozenset({Role.INTAKE}))
STRANGER = actor("Stig", Role.UNIT, unit="elevhalsa")


@pytest.mark.parametrize("deputy", ["ingen", SYS.id, UTA.id, "konto-Gun", STRANGER.id])
def test_a_deputy_works_as_a_representative_in_a_unit_of_the_board(deputy: str) -> None:
    course = begun().protect().confirm().call("barn")
    course.world.admit(STRANGER)
    with course.world.office.uow() as work:
        work.people.add(replace(account(actor("Gun", Role.UNIT, unit="barn")), active=False))
        work.commit()

    with pytest.raises(Invalid) as told:
        convening.name_deputy(course.world.office, BEA, course.id, unit="barn", deputy=deputy)
    assert list(told.value.faults) == ["deputy"]
    assert course.case.units["barn"].deputy is None


def other_board(rules: LiveRules) -> LiveRules:
    policy = rules.policy
    unit = UnitPolicy(name="Elevhälsan", kind=UnitKind.ASSESSING, same_board=False)
    units = {**policy.units, "elevhalsa": unit}
    file = replace(rules.file, policy=policy.model_copy(update={"units": units}))
    return replace(rules, file=file)


def test_another_board_is_neither_called_nor_stands_in() -> None:
    world = new_world()
    world.rulebook = other_board(world.rulebook)
    world.admit(STRANGER)
    course = Course(world).register().protect().confirm()

    with pytest.raises(Invalid):
        course.call("elevhalsa")
    course.call("barn")
    with pytest.raises(Invalid):
        convening.name_deputy(world.office, BEA, course.id, unit="barn", deputy=STRANGER.id)
    assert EKA.unit not in course.case.units


def test_the_deadline_of_the_meeting_is_that_of_the_level() -> None:
    course = Course().register(answers=ORANGE)
    moment = moment_of(course.world.office, MIRA)

    assert meetings.deadline(course.case, moment) == course.case.received_at + timedelta(hours=12)
    assert not meetings.proposal(course.world.office, course.case, moment).extra

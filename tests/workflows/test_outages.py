"""An outage: no worker lived; the first that lives again lists every deadline that passed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import NotAllowed
from rules.people import Actor, Role
from rules.policy import Act
from rules.postponing import Asked
from tests.people import CALLE, CIA, GREEN, MIRA, RED, SYS, UTA, VIVI, World, report
from tests.workflows.course import Course
from workflows import outages, postponing, requesting, watching
from workflows.registering import register
from workflows.vigil_ports import Outage


def begun() -> World:
    world = World()
    outages.beat(world.office, "hub-1")
    register(world.office, MIRA, report(answers=RED, received_at=world.clock.now))
    return world


def test_what_passed_while_nobody_watched_is_listed_once_and_kept() -> None:
    world = begun()
    since = world.clock.now
    world.clock.forward(hours=5)

    outage = outages.beat(world.office, "hub-2")

    assert outage is not None
    assert (outage.since, outage.until) == (since, world.clock.now)
    assert [it.name for it in outage.passed] == ["Klassning", "Hantering"]
    assert outages.read(world.office, VIVI) == (outage,)


def test_of_two_workers_that_begin_at_once_one_lists_it() -> None:
    world = begun()
    world.clock.forward(hours=5)

    found = [outages.beat(world.office, name) for name in ("hub-2", "hub-3")]

    assert [it is not None for it in found] == [True, False]
    assert len(outages.read(world.office, VIVI)) == 1


def test_a_worker_that_begins_while_another_lives_finds_no_outage() -> None:
    world = begun()
    world.clock.forward(seconds=59)

    assert outages.beat(world.office, "hub-2") is None


def test_the_first_worker_of_all_finds_no_outage_and_leaves_a_sign_of_life() -> None:
    world = World()

    assert outages.beat(world.office, "hub-1") is None
    assert world.office.uow().watch.last_beat() == world.clock.now


def test_a_machine_that_slept_for_a_day_finds_it_by_its_own_sign_of_life() -> None:
    world = begun()
    world.clock.forward(days=1)

    outage = outages.beat(world.office, "hub-1")

    assert outage is not None
    assert outage.until - outage.since == timedelta(days=1)
    assert outage.passed


def test_a_sign_of_life_from_a_clock_that_is_ahead_hides_no_outage() -> None:
    world = begun()
    now = world.clock.now
    world.clock.now = now + timedelta(days=1)
    outages.beat(world.office, "hub-2")
    world.clock.now = now + timedelta(hours=5)

    outage = outages.beat(world.office, "hub-1")

    assert outage is not None
    assert (outage.since, outage.until) == (now, world.clock.now)
    assert outage.passed


def test_what_a_sweep_has_recorded_before_the_list_is_made_is_on_it_all_the_same() -> None:
    world = begun()
    world.clock.forward(days=1)
    watching.sweep(world.office)

    outage = outages.beat(world.office, "hub-1")

    assert outage is not None
    assert [it.name for it in outage.passed][:2] == ["Klassning", "Hantering"]


def test_what_passed_before_and_is_a_breach_already_is_not_on_the_list() -> None:
    world = begun()
    world.clock.forward(hours=5)
    outages.beat(world.office, "hub-1")
    watching.sweep(world.office)
    world.clock.forward(minutes=2)

    outage = outages.beat(world.office, "hub-1")

    assert outage is not None
    assert outage.passed == ()


def test_what_was_done_in_time_is_not_on_the_list() -> None:
    world = World()
    outages.beat(world.office, "hub-1")
    world.clock.forward(hours=5)

    outage = outages.beat(world.office, "hub-1")

    assert outage is not None
    assert outage.passed == ()


def test_an_outage_is_mailed_once_with_numbers_and_times() -> None:
    world = begun()
    world.clock.forward(hours=5)
    outages.beat(world.office, "hub-1")
    outages.beat(world.office, "hub-1")

    told = [it.notice for it in world.store.notices if it.notice.kind == "outage"]

    assert {it.role for it in told} == {Role.MANAGER, Role.ADMINISTRATOR}
    by_role = {it.role: it for it in told}
    assert told[0].subject == "Avbrott i bevakningen: 2 frister löpte ut"
    manager, administrator = by_role[Role.MANAGER], by_role[Role.ADMINISTRATOR]
    assert "Ärende MH-2026-00001: Hantering, löpte ut 2026-03-10 kl." in manager.body
    assert "2 frister löpte ut" in administrator.body
    assert "MH-" not in administrator.body
    assert len(told) == 2


def test_a_long_list_is_cut_in_the_letter_and_says_how_many_more_there_are() -> None:
    world = begun()
    for _ in range(15):
        register(world.office, MIRA, report(answers=RED, received_at=world.clock.now))
    world.clock.forward(hours=5)

    outage = outages.beat(world.office, "hub-1")

    assert outage is not None
    (letter,) = (it.notice for it in world.store.notices if it.notice.role is Role.MANAGER)
    assert letter.body.count("Ärende MH-") == 20
    assert f"Och {len(outage.passed) - 20} till; alla står under Bevakning." in letter.body


def test_a_rest_that_ended_while_nobody_watched_is_listed_as_a_rest() -> None:
    course = Course().until_decided().hand_over().receive()
    there = course.world.office
    requesting.request(there, UTA, course.id, party="skola", act=Act("hämta"), question="Hur?")
    (key,) = (it for it in course.case.clocks if it.startswith("informationsinhamtning"))
    until = course.world.clock.now + timedelta(hours=2)
    postponing.suspend(there, UTA, course.id, asked=Asked(key, until, "Lov."))
    outages.beat(there, "hub-1")
    course.world.clock.forward(minutes=90)
    resting = outages.beat(there, "hub-1")
    assert resting is not None
    assert key not in {it.key for it in resting.passed}
    course.world.clock.forward(days=10)

    outage = outages.beat(there, "hub-1")

    assert outage is not None
    assert [(it.name, it.due_at) for it in outage.passed if it.key == key] == [
        ("Informationsinhämtning (vila)", until)
    ]


@pytest.mark.parametrize(("person", "count"), [(VIVI, 2), (CIA, 2), (CALLE, 0), (SYS, 0)], ids=str)
def test_a_chef_reads_of_the_cases_that_they_may_see(person: Actor, count: int) -> None:
    world = begun()
    world.clock.forward(hours=5)
    outages.beat(world.office, "hub-1")

    (outage,) = outages.read(world.office, person)

    assert len(outage.passed) == count
    access = list(world.store.access.values())[-1]
    assert (access.action, len(access.case_ids)) == ("läsa avbrott", min(count, 1))


def test_nobody_else_reads_of_outages() -> None:
    with pytest.raises(NotAllowed):
        outages.read(begun().office, MIRA)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 200)), min_size=1, max_size=30))
def test_whoever_beats_an_outage_is_every_gap_of_a_minute_and_no_other(
    beats: list[tuple[str, int]],
) -> None:
    world = World()
    found: list[Outage] = []
    for worker, seconds in beats:
        world.clock.forward(seconds=seconds)
        outage = outages.beat(world.office, worker)
        found += [outage] if outage else []

    assert len(found) == sum(seconds >= 60 for _, seconds in beats[1:])
    assert list(reversed(outages.read(world.office, VIVI, limit=100))) == found


def test_a_green_case_far_from_its_deadlines_is_on_no_list() -> None:
    world = World()
    outages.beat(world.office, "hub-1")
    register(world.office, MIRA, report(answers=GREEN, received_at=world.clock.now))
    world.clock.forward(minutes=5)

    outage = outages.beat(world.office, "hub-1")

    assert outage is not None
    assert outage.passed == ()

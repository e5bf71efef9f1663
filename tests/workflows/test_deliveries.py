"""Dead letters are seen by those who answer for them, and sent again by somebody, by name."""

from dataclasses import replace

import pytest

from rules.errors import Invalid, NotAllowed, NotVisible
from rules.people import Actor, Role
from tests.people import BEA, CALLE, CIA, GRY, MIRA, SYS, VIVI, World, actor
from tests.posts import Box
from tests.workflows.course import Course, begun
from workflows.deliveries import NotDead, read_deliveries, resend, settle
from workflows.delivering import Round, deliver
from workflows.delivery_ports import Delivery, Message, PostFailed

VALD = actor("Veda", Role.UNIT_MANAGER, unit="vald")


def refusing(_message: Message) -> None:
    raise PostFailed("550", lasting=True)


def dead() -> tuple[Course, Delivery]:
    """A case whose call to the unit barn did not get through."""
    course = begun().protect().confirm().call("barn")
    deliver(course.world.office, Box(says=refusing))
    (letter,) = read_deliveries(course.world.office, SYS).dead
    return course, letter


def resends(world: World, number: int) -> list[tuple[str, int, str | None]]:
    with world.office.uow() as work:
        return [(it.by, it.tries, it.failed) for it in work.outbox.resends([number])]


def test_a_dead_letter_that_is_sent_again_goes_out_under_the_key_it_had() -> None:
    course, letter = dead()
    box = Box()

    again = resend(course.world.office, SYS, letter.id)
    assert deliver(course.world.office, box) == Round(sent=1)

    assert (again.delivery.dead, again.delivery.tries) == (False, 0)
    assert box.keys == [letter.notice.key]
    assert read_deliveries(course.world.office, SYS).dead == ()


def test_who_sent_it_again_is_kept_each_time_and_what_it_had_come_to() -> None:
    course, letter = dead()
    for person in (SYS, VIVI):
        told = resend(course.world.office, person, letter.id)
        deliver(course.world.office, Box(says=refusing))

    assert resends(course.world, letter.id) == [(SYS.id, 1, "550"), (VIVI.id, 1, "550")]
    found = read_deliveries(course.world.office, SYS)
    assert [it.by for it in found.resends[letter.id]] == [SYS.id, VIVI.id]
    assert told.resends == found.resends[letter.id]


def test_it_is_in_the_access_log() -> None:
    course, letter = dead()
    resend(course.world.office, SYS, letter.id)

    last = max(course.world.store.access.items())[1]
    assert (last.account_id, last.action, last.case_ids) == (
        SYS.id, "skicka om meddelande", (course.id,),
    )  # fmt: skip


def test_a_dead_letter_that_somebody_has_rung_about_is_settled_for_good() -> None:
    course, letter = dead()
    there = course.world.office
    with pytest.raises(Invalid):
        settle(there, CALLE, letter.id, reason=" ")
    with pytest.raises(NotVisible):
        settle(there, VALD, letter.id, reason="Ringt i stället.")
    told = settle(there, CALLE, letter.id, reason=" Ringt i stället. ")

    found = read_deliveries(there, CALLE)
    assert found.dead == ()
    (done,) = found.settlements[letter.id]
    assert (done.by, done.reason) == (CALLE.id, "Ringt i stället.")
    assert told.settlements == (done,)
    access = max(course.world.store.access.items())[1]
    assert access.action == "läsa utskick"
    for again in (resend, lambda *about: settle(*about, reason="Igen.")):
        with pytest.raises(NotDead):
            again(there, CALLE, letter.id)
    assert deliver(there, Box()) == Round()


def test_a_letter_that_is_not_dead_is_not_sent_again() -> None:
    course, letter = dead()
    resend(course.world.office, SYS, letter.id)
    with pytest.raises(NotDead):
        resend(course.world.office, SYS, letter.id)
    deliver(course.world.office, Box())
    with pytest.raises(NotDead):
        resend(course.world.office, SYS, letter.id)

    assert len(resends(course.world, letter.id)) == 1


@pytest.mark.parametrize("person", [MIRA, BEA, GRY])
def test_whoever_does_not_answer_for_it_sends_nothing_again(person: Actor) -> None:
    course, letter = dead()

    with pytest.raises(NotAllowed):
        resend(course.world.office, person, letter.id)
    with pytest.raises(NotAllowed):
        read_deliveries(course.world.office, person)
    assert resends(course.world, letter.id) == []


def test_a_chef_sees_and_sends_again_those_of_the_own_unit_and_cases_alone() -> None:
    for chef, sees in ((CALLE, True), (CIA, True), (VALD, False)):
        course, letter = dead()
        found = read_deliveries(course.world.office, chef)
        assert (found.dead == (letter,)) == sees
        assert (found.recent == ()) != sees
        if sees:
            resend(course.world.office, chef, letter.id)
        else:
            with pytest.raises(NotVisible):
                resend(course.world.office, chef, letter.id)


def test_a_letter_that_does_not_exist_looks_like_one_that_may_not_be_seen() -> None:
    course, letter = dead()

    with pytest.raises(NotVisible):
        resend(course.world.office, SYS, letter.id + 1)


def test_what_is_under_way_is_shown_with_what_is_wrong_at_once() -> None:
    course = begun().protect().confirm().call("barn")
    deliver(course.world.office, Box(shut=True))

    (one,) = read_deliveries(course.world.office, SYS).under_way
    assert (one.failed, one.dead, one.tries) == ("servern svarar inte", False, 1)


def test_every_dead_letter_is_shown_however_many_newer_messages_there_are() -> None:
    course, letter = dead()
    newer = replace(letter.notice, key="nyare")
    with course.world.office.uow() as work:
        work.outbox.put([newer])
        work.commit()

    found = read_deliveries(course.world.office, SYS, limit=1)
    assert [it.id for it in found.dead] == [letter.id]
    assert [it.notice.key for it in found.recent] == ["nyare"]

"""Lists of the whole: numbers and times for those who lead, each for what they answer for."""

import pytest

from rules.breaches import Explanation
from rules.people import Actor
from tests.people import CALLE, CIA, CURT, GRY, SYS, VIVI
from tests.workflows.course import Course
from workflows import breaches
from workflows.deliveries import read_deliveries
from workflows.reading import read_access_log, read_deadlines


def breached() -> Course:
    course = Course().until_called("ungdom")
    course.world.clock.forward(hours=5)
    course.sweep()
    return course


@pytest.mark.parametrize("chef", [CALLE, CURT], ids=lambda who: who.name)
def test_messages_about_a_case_that_a_chef_may_not_see_do_not_exist_for_them(chef: Actor) -> None:
    course = breached()

    assert read_deliveries(course.world.office, chef).recent == ()


@pytest.mark.parametrize("who", [CIA, VIVI, SYS], ids=lambda who: who.name)
def test_who_answers_for_the_whole_sees_every_message(who: Actor) -> None:
    course = breached()

    seen = read_deliveries(course.world.office, who).recent

    assert {it.notice.case_id for it in seen} == {course.id}
    assert len(seen) == len(course.notices)


def test_a_chef_sees_the_messages_of_the_cases_that_the_unit_is_called_to() -> None:
    course = Course().until_called("barn")
    begun_elsewhere = Course(course.world).register().protect().confirm().call("ungdom")

    seen = {it.notice.case_id for it in read_deliveries(course.world.office, CALLE).recent}

    assert seen == {course.id} != {begun_elsewhere.id}


def test_a_look_at_the_messages_is_logged_with_the_cases_they_are_about() -> None:
    course = breached()
    read_deliveries(course.world.office, SYS)

    line = course.world.store.access[max(course.world.store.access)]
    assert (line.account_id, line.action, line.case_ids) == (SYS.id, "läsa utskick", (course.id,))


def test_a_verksamhetschef_sees_the_cause_of_a_breach_but_not_what_was_written_of_it() -> None:
    course = breached()
    for key, clock in course.case.clocks.items():
        if clock.breach_is_open:
            breaches.explain(
                course.world.office,
                CIA,
                course.id,
                said=Explanation(
                    key=key,
                    cause="komplext",
                    comment="Mamman på Ängsgatan svarade inte.",
                    measure="Hembesök på Ängsgatan i morgon.",
                ),
            )

    of_all = [it for it in read_deadlines(course.world.office, VIVI).clocks if it.cause]
    of_intake = [it for it in read_deadlines(course.world.office, CIA).clocks if it.cause]

    assert of_all
    assert {it.comment for it in of_all} == {None}
    assert all(it.comment for it in of_intake)


def test_every_look_at_a_case_is_found_by_its_number_however_old() -> None:
    course = breached()
    for _ in range(3):
        read_deliveries(course.world.office, SYS)
    other = Course(course.world).register()
    for _ in range(10):
        other.protect()
    office = course.world.office

    newest = read_access_log(office, GRY, limit=5)
    of_case = read_access_log(office, GRY, number=course.case.number, limit=5)

    assert course.id not in {it for line in newest for it in line.case_ids}
    assert {"registrera", "bedöma", "kalla hubb", "bevaka", "läsa utskick"} <= {
        line.action for line in of_case
    }
    assert all(course.id in line.case_ids for line in of_case)
    (look, *_) = read_access_log(office, GRY)
    assert (look.account_id, look.case_ids) == (GRY.id, (course.id,))

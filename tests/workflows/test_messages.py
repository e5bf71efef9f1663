"""Messages carry case number and time: over a whole course, never a name, a number or a word."""

import re
from functools import cache

from rules.concern import Child, Protected
from rules.level import Level
from rules.people import Role
from rules.statement import DecisionKind
from tests.people import BEA, EVERYONE, MIRA, NORA, ORANGE, actor, report, reported, yes
from tests.workflows.course import SECRET, Course
from workflows import assessing, convening, deciding, feedback

CHILD = Child(name="Åskar Ängquist", personal_number="20160514-9895", protected=Protected.YES)
DORA = actor("Dorotea", Role.UNIT, unit="vuxen")


@cache
def whole_course() -> Course:
    """Everything that sends a message, sent; every clock warned of and breached. Only read it."""
    given = report(
        reported(CHILD, answers=ORANGE | yes("vald_mot_barnet")), contact="rektor@skola.example"
    )
    course = Course().register(given).protect().confirm()
    office = course.world.office
    course.world.admit(DORA)
    assessing.answer_questions(office, MIRA, course.id, answers=yes("pagaende_fara"))
    course.confirm(Level.ORANGE)
    assessing.answer_lowering(office, NORA, course.id, approve=True)
    course.call("barn", "ungdom")
    convening.add_unit(office, MIRA, course.id, unit="vuxen")
    convening.name_deputy(office, BEA, course.id, unit="barn", deputy=DORA.id, reason="Sjuk.")
    for _ in range(16):
        course.world.clock.forward(hours=1)
        course.sweep()
    course.answer("barn").meet().map().assess()
    course.world.clock.forward(minutes=2)
    course.answer("ungdom").assess().decide().hand_over()
    feedback.request_feedback(office, MIRA, course.id)
    for _ in range(12):
        course.world.clock.forward(days=14)
        course.sweep()
    course.receive().feed_back().explain_all().close()
    deciding.conclude(office, EVERYONE[7], course.id, outcome=SECRET)
    return course


def test_no_message_of_a_whole_course_says_who_or_what() -> None:
    course = whole_course()
    case = course.case
    forbidden = {
        "Åskar", "Ängquist", "20160514", "160514", "9895", SECRET, case.registered.text,
        case.registered.title, "skola", "Sjuk", "Samlad bild", "våld", "röd", "orange", "grön",
        *(who.name for who in (*EVERYONE, DORA)),
    }  # fmt: skip

    assert len(course.notices) > 60
    for notice in course.notices:
        written = f"{notice.subject}\n{notice.body}"
        words = set(re.findall(r"\w+", written))
        assert not {it for it in forbidden if it in words or (" " in it and it in written)}
        assert notice.body.count(case.number) == 1
        assert case.number in notice.subject


def test_every_role_that_a_clock_names_was_told_of_something() -> None:
    told = {notice.role for notice in whole_course().notices}

    assert {
        Role.INTAKE, Role.UNIT, Role.UNIT_MANAGER, Role.MANAGER, Role.INVESTIGATOR,
    } <= told  # fmt: skip


def test_another_program_is_told_the_kind_and_of_an_alarm_the_clock_and_when_it_is_due() -> None:
    notices = whole_course().notices
    alarms = [it for it in notices if it.kind in ("deadline_near", "deadline_passed")]

    assert {
        "classified", "deadline_near", "deadline_passed", "deputy_named", "handed_over",
        "hub_called", "lowering_proposed", "registered", "unit_added", "unit_answered",
    } <= {it.kind for it in notices}  # fmt: skip
    assert "notice" not in {it.kind for it in notices}
    assert all(it.clock and it.due_at for it in alarms)
    assert all(it.clock is None for it in notices if it not in alarms)


def test_a_message_is_never_put_out_twice() -> None:
    keys = [notice.key for notice in whole_course().notices]

    assert len(keys) == len(set(keys))


def test_no_message_of_a_green_case_that_keeps_its_promises_is_sent_at_all() -> None:
    course = Course().register(report(answers=yes("skolan_fungerar_inte"))).protect().confirm()
    course.decide(DecisionKind.NOT_OPEN).close()
    course.world.clock.forward(days=400)

    assert course.sweep().passed == ()
    assert course.notices == ()

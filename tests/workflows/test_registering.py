"""A concern comes in: every child becomes a case, with what was known found, and clocks running."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rules.answer import Answer, Value
from rules.concern import Child, Protected, ReporterKind, Sibling
from rules.errors import Invalid, NotAllowed
from rules.level import Level
from rules.people import Actor
from rules.statement import DecisionKind
from tests.people import (
    BEA,
    CIA,
    ELLIOT,
    EVERYONE,
    GREEN,
    MIRA,
    MORNING,
    RED,
    UTA,
    World,
    report,
    reported,
    yes,
)  # fmt: skip
from tests.workflows.course import Course, begun, new_world
from workflows.looking_up import known_about
from workflows.registering import SAME_CHILD, SAME_REPORT, SIBLING, register

ALMA = Child(name="Alma Vråkberg", personal_number="20191102-2380", protected=Protected.NO)
UNNAMED = Child()


def test_a_case_is_registered_classified_and_watched_in_one_step() -> None:
    course = begun()

    assert course.kinds == ["registered", "questions_answered", "classified"]
    assert course.case.level is Level.RED
    assert {key for key, clock in course.case.clocks.items() if clock.running} == {
        "hantering:röd", "klassning:röd", "skyddsbedomning", "forhandsbedomning", "utan_drojsmal",
    }  # fmt: skip
    assert course.world.store.commits == 2


def test_every_clock_runs_from_when_the_concern_came_in_and_not_from_now() -> None:
    world = new_world()
    late = report(received_at=MORNING - timedelta(hours=5))
    course = Course(world).register(late)

    anchors = {clock.started.anchor_at for clock in course.case.clocks.values()}
    assert anchors == {late.received_at}
    assert {passed.name for passed in course.sweep().passed} == {"Hantering", "Klassning"}


def test_a_concern_without_answers_is_not_green() -> None:
    assert Course().register(answers={}).case.level is Level.ORANGE


def test_several_children_become_a_case_each_and_know_of_one_another() -> None:
    world = new_world()
    both = register(world.office, MIRA, report(reported(ELLIOT), reported(ALMA, answers=GREEN)))

    assert [case.child.name for case in both] == [ELLIOT.name, ALMA.name]
    assert both[0].registered.report_id == both[1].registered.report_id
    assert both[0].number != both[1].number
    for case, other in (both, both[::-1]):
        (related,) = case.registered.related
        assert (related.case_id, related.number, related.relation) == (
            other.id, other.number, SAME_REPORT,
        )  # fmt: skip
        assert related.level == other.level.value
        assert case.registered.facts["syskon_aktuella"] is True


def test_the_same_reference_twice_registers_once_and_both_looks_are_logged() -> None:
    world = new_world()
    first = register(world.office, MIRA, report(reference="skola-17"))
    again = register(world.office, CIA_AS_INTAKE, report(reference="skola-17"))

    assert [case.id for case in again] == [case.id for case in first]
    assert len(world.store.journal) == 1
    lines = [line for line in world.store.access.values() if first[0].id in line.case_ids]
    assert [line.account_id for line in lines] == [MIRA.id, CIA_AS_INTAKE.id]


CIA_AS_INTAKE = replace(MIRA, id="konto-Ny", name="Ny")


def test_without_a_reference_two_reports_are_two() -> None:
    world = new_world()
    register(world.office, MIRA, report())
    register(world.office, MIRA, report())

    assert len(world.store.journal) == 2


@pytest.mark.parametrize(("days", "counted"), [(0, 1), (365, 1), (366, 0)])
def test_earlier_concerns_of_twelve_months_are_counted_and_all_are_shown(
    days: int, counted: int
) -> None:
    world = new_world()
    received = MORNING - timedelta(days=days)
    register(world.office, MIRA, report(received_at=received))
    (case,) = register(world.office, MIRA, report(received_at=MORNING))

    assert case.registered.facts["tidigare_anmalningar_12m"] == counted
    (related,) = case.registered.related
    assert (related.relation, related.level, related.open) == (SAME_CHILD, "röd", True)


def test_a_third_mild_report_is_a_pattern() -> None:
    world = new_world()
    mild = report(answers=GREEN)
    levels = [register(world.office, MIRA, mild)[0].level for _ in range(3)]

    assert levels == [Level.GREEN, Level.GREEN, Level.ORANGE]


def test_a_concern_that_came_later_is_not_an_earlier_one() -> None:
    world = new_world()
    register(world.office, MIRA, report(received_at=MORNING))
    (case,) = register(world.office, MIRA, report(received_at=MORNING - timedelta(days=1)))

    assert case.registered.facts["tidigare_anmalningar_12m"] == 0


def test_what_was_told_from_outside_can_only_raise_what_the_hub_has_found() -> None:
    world = new_world()
    register(world.office, MIRA, report())
    told = {
        "tidigare_anmalningar_12m": 0,
        "pagaende_insats": True,
        "syskon_aktuella": None,
        "alder": 3,
        "pagaende_utredning": False,
        "barn_i_samma_sammanhang_30d": None,
    }
    (case,) = register(world.office, MIRA, report(reported(facts=told)))

    assert case.registered.facts == {
        "alder": 9,
        "tidigare_anmalningar_12m": 1,
        "pagaende_utredning": False,
        "pagaende_insats": True,
        "syskon_aktuella": False,
        "barn_i_samma_sammanhang_30d": 0,
        "anmalartyp": "skola",
    }


def test_more_than_the_hub_has_found_may_be_told() -> None:
    told = {"tidigare_anmalningar_12m": 4, "barn_i_samma_sammanhang_30d": 2}
    (case,) = register(new_world().office, MIRA, report(reported(facts=told)))

    assert {name: case.registered.facts[name] for name in told} == told


def test_an_open_investigation_about_the_child_is_known() -> None:
    course = Course().until_decided()
    (case,) = register(course.world.office, MIRA, report())

    assert case.registered.facts["pagaende_utredning"] is True
    assert case.registered.related[0].outcome == "inleda"


def test_information_that_was_passed_on_is_no_investigation_once_the_case_is_closed() -> None:
    course = Course().register(answers=GREEN).protect().confirm().decide(DecisionKind.ONGOING)
    course.hand_over().receive().close()
    (case,) = register(course.world.office, MIRA, report(answers=GREEN))

    assert case.registered.facts["pagaende_utredning"] is False


def test_a_siblings_open_case_is_found_by_the_number_in_the_report() -> None:
    world = new_world()
    register(world.office, MIRA, report(reported(ALMA)))
    sibling = Sibling(name="Alma", personal_number="191102-2380")
    (case,) = register(world.office, MIRA, report(reported(siblings=(sibling, Sibling()))))

    assert case.registered.facts["syskon_aktuella"] is True
    assert [other.relation for other in case.registered.related] == [SIBLING]
    assert case.registered.siblings[0].personal_number == "20191102-2380"


@pytest.mark.parametrize(
    ("born", "told", "age"),
    [
        (date(2016, 3, 10), None, 10),
        (date(2016, 3, 11), None, 9),
        (None, 7, 7),
        (None, None, None),
    ],
)
def test_age_is_in_whole_years_on_the_swedish_day_it_came_in(
    born: date | None, told: int | None, age: int | None
) -> None:
    child = reported(Child(birth_date=born), facts={"alder": told})
    (case,) = register(new_world().office, MIRA, report(child))

    assert case.registered.facts["alder"] == age


def test_a_number_is_kept_in_its_one_form_and_gives_the_date_of_birth() -> None:
    (case,) = register(
        new_world().office, MIRA, report(reported(Child(personal_number="160514 9895")))
    )

    assert case.child.personal_number == "20160514-9895"
    assert case.child.birth_date == date(2016, 5, 14)


def test_a_child_that_was_born_the_day_the_concern_came_in_is_registered() -> None:
    newborn = reported(Child(birth_date=MORNING.date()))
    (case,) = register(new_world().office, MIRA, report(newborn))

    assert case.registered.facts["alder"] == 0


@pytest.mark.parametrize("protected", list(Protected))
def test_only_a_certain_no_is_not_protected(protected: Protected) -> None:
    course = Course().register(report(reported(Child(name="A", protected=protected))))

    assert course.world.store.rows[course.id].case.protected is (protected is not Protected.NO)


def test_a_reporter_who_left_an_address_gets_a_receipt_without_names() -> None:
    course = Course().register(report(contact="rektor@skola.example"))
    (receipt,) = course.notices

    assert receipt.address == "rektor@skola.example"
    assert course.case.number in receipt.body
    assert "Elliot" not in receipt.subject + receipt.body


@pytest.mark.parametrize("contact", [None, "", "070-123 45 67"])
def test_no_receipt_goes_where_there_is_no_address(contact: str | None) -> None:
    assert Course().register(report(contact=contact)).notices == ()


@pytest.mark.parametrize("who", [BEA, UTA, CIA], ids=lambda who: who.name)
def test_only_the_intake_registers_and_looks_up(who: Actor) -> None:
    world = new_world()

    with pytest.raises(NotAllowed):
        register(world.office, who, report())
    with pytest.raises(NotAllowed):
        known_about(world.office, who, "20160514-9895")
    assert world.store.journal == {}


def test_what_is_known_is_found_before_anything_is_registered_and_the_look_is_logged() -> None:
    course = begun()
    found = known_about(course.world.office, MIRA, "160514-9895")

    assert [(other.case_id, other.relation) for other in found] == [(course.id, SAME_CHILD)]
    line = course.world.store.access[max(course.world.store.access)]
    assert (line.case_ids, line.granted, line.detail) == (
        (course.id,), True, "uppslag inför registrering",
    )  # fmt: skip
    with pytest.raises(Invalid):
        known_about(course.world.office, MIRA, "160514-9896")


TOMORROW = MORNING + timedelta(days=1)
TWIN = replace(ELLIOT, personal_number="160514-9895", birth_date=None)
BAD = [
    ("received_at", report(received_at=MORNING + timedelta(seconds=1))),
    ("received_at", report(received_at=datetime.max.replace(tzinfo=UTC))),
    ("text", replace(report(), text=" \n")),
    ("text", replace(report(), text="Han sa\x00 nej.")),
    ("reporter.contact", report(contact="a@b.example, c@d.example")),
    ("children", replace(report(), children=())),
    ("children.1.personal_number", report(reported(Child(personal_number="20160514-9896")))),
    ("children.1.personal_number", report(reported(Child(personal_number="20160230-9895")))),
    ("children.1.birth_date", report(reported(Child(birth_date=TOMORROW.date())))),
    (
        "children.1.birth_date",
        report(reported(replace(ELLIOT, birth_date=date(2016, 5, 15)))),
    ),
    (
        "children.1.siblings.1.personal_number",
        report(reported(siblings=(Sibling(personal_number="1"),))),
    ),
    ("children.2.personal_number", report(reported(ELLIOT), reported(TWIN))),
    ("children.1.answers.pahittad", report(reported(answers=yes("pahittad")))),
    (
        "children.1.answers.vald_mot_barnet",
        report(reported(answers={"vald_mot_barnet": Answer(Value.YES, "grannen")})),
    ),
]


@pytest.mark.parametrize(("field", "bad"), BAD)
def test_bad_input_is_told_by_field_and_nothing_is_kept(field: str, bad: object) -> None:
    world = new_world()
    before = world.store.commits

    with pytest.raises(Invalid) as told:
        register(world.office, MIRA, bad)  # type: ignore[arg-type]

    assert list(told.value.faults) == [field]
    assert all(sentence.endswith(".") for sentence in told.value.faults.values())
    assert (world.store.journal, world.store.commits) == ({}, before)


def test_every_fault_is_told_at_once() -> None:
    bad = replace(report(received_at=TOMORROW), text="")

    with pytest.raises(Invalid) as told:
        register(World().office, MIRA, bad)
    assert set(told.value.faults) == {"received_at", "text"}


def test_one_bad_child_stops_the_whole_report() -> None:
    world = new_world()
    impossible = reported(Child(birth_date=None), facts={"alder": -1})

    with pytest.raises(Invalid):
        register(world.office, MIRA, report(reported(), impossible))
    assert world.store.journal == {}


@pytest.mark.parametrize("kind", list(ReporterKind))
def test_a_concern_from_anybody_is_taken_in(kind: ReporterKind) -> None:
    course = Course(World()).register(report(reported(UNNAMED, answers=RED), kind=kind))

    assert course.case.registered.reporter.kind is kind
    assert course.case.level is Level.RED
    assert len(EVERYONE) == 17

"""Children who share a context: the cases are related, people are told, and no case is changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from rules.answer import Answer
from rules.case import Case
from rules.concern import Child, ReportedChild, Sibling
from rules.errors import NotAllowed
from rules.level import Level
from rules.people import Actor
from rules.policy import Policy
from rules.statement import DecisionKind
from tests.people import (
    BEA,
    CIA,
    GREEN,
    MIRA,
    MORNING,
    ORANGE,
    RED,
    RUT,
    UTA,
    VIVI,
    World,
    report,
    reported,
)  # fmt: skip
from tests.workflows.course import Course, new_world
from tests.workflows.test_counting import board, without_contexts
from workflows.chronology import chronology
from workflows.document import document_of
from workflows.package import package_of
from workflows.registering import SAME_CHILD, SAME_CONTEXT, SAME_REPORT, SIBLING, register
from workflows.sharing import open_beside

PLACE = "Skolgården Ängsvik 14 mars"
ALMA = Child(name="Alma Vråkberg", personal_number="20191102-2380")
ANNA = Child(name="Anna Åkerö")
POLICY: Policy = World().rulebook.policy


def came(
    world: World,
    *children: ReportedChild,
    days_ago: int = 0,
    context: str | None = PLACE,
    contact: str | None = None,
) -> tuple[Case, ...]:
    at = MORNING - timedelta(days=days_ago)
    sent = report(*(children or (reported(answers=GREEN),)), received_at=at, contact=contact)
    return register(world.office, MIRA, replace(sent, context=context))


def another(*, answers: Mapping[str, Answer] = ORANGE, child: Child = ALMA) -> ReportedChild:
    return reported(child, answers=answers)


def ended(world: World, case: Case) -> None:
    """The case taken all the way to its closing."""
    course = Course(world, case.id).protect().confirm().decide(DecisionKind.ONGOING)
    course.hand_over().receive().explain_all().close()


def test_a_case_in_the_same_context_is_related_without_its_level() -> None:
    world = new_world()
    (alma,) = came(world, another())
    (case,) = came(world)

    (it,) = case.registered.related
    assert (it.case_id, it.number, it.relation, it.open) == (
        alma.id, alma.number, SAME_CONTEXT, True,
    )  # fmt: skip
    assert (it.level, it.outcome) == (None, None)


def test_a_case_is_related_once_by_what_is_nearest() -> None:
    world = new_world()
    came(world)
    came(world, another())
    case, other = came(world, reported(answers=GREEN), another(child=ANNA))

    assert [it.relation for it in case.registered.related] == [
        SAME_CHILD, SAME_CONTEXT, SAME_REPORT,
    ]  # fmt: skip
    assert [it.relation for it in other.registered.related] == [
        SAME_CONTEXT, SAME_CONTEXT, SAME_REPORT,
    ]  # fmt: skip
    assert len({it.case_id for it in other.registered.related}) == 3


def test_a_siblings_case_in_the_context_is_a_siblings_case() -> None:
    world = new_world()
    (alma,) = came(world, another())
    mentioned = replace(
        reported(answers=GREEN), siblings=(Sibling(personal_number=ALMA.personal_number),)
    )
    (case,) = came(world, mentioned)

    assert [(it.case_id, it.relation) for it in case.registered.related] == [(alma.id, SIBLING)]
    assert case.registered.facts["barn_i_samma_sammanhang_30d"] == 1


def test_a_later_concern_changes_no_earlier_case() -> None:
    world = new_world()
    (alma,) = came(world, another(answers=GREEN))
    before = dict(world.store.journal)
    (case,) = came(world)
    (last,) = came(world, another(answers=GREEN, child=ANNA))

    assert {name: world.store.journal[name] for name in before} == before
    assert alma.level is Level.GREEN
    assert case.level is Level.GREEN
    assert last.level is Level.ORANGE


def test_the_intake_is_told_which_open_cases_share_the_context_as_they_are_now() -> None:
    world = new_world()
    (alma,) = came(world, another(), days_ago=90)
    (anna,) = came(world, another(child=ANNA, answers=GREEN))
    (case,) = came(world)
    Course(world, anna.id).protect().confirm(Level.RED)

    told = open_beside(world.office, MIRA, case.registered.report_id)

    assert [(it.case_id, it.level) for it in told] == [(anna.id, "röd"), (alma.id, "orange")]
    line = world.store.access[max(world.store.access)]
    assert (line.account_id, set(line.case_ids), line.granted) == (
        MIRA.id, {anna.id, alma.id}, True,
    )  # fmt: skip


def test_the_childs_own_cases_closed_ones_and_the_report_itself_are_not_told_of() -> None:
    world = new_world()
    came(world)
    (alma,) = came(world, another(answers=GREEN))
    ended(world, alma)
    case, _ = came(world, reported(answers=GREEN), another(child=ANNA))

    looks = len(world.store.access)
    assert open_beside(world.office, MIRA, case.registered.report_id) == ()
    assert len(world.store.access) == looks


@pytest.mark.parametrize(("days", "shown"), [(20, 1), (30, 1), (31, 0)])
def test_a_closed_case_is_related_as_long_as_any_fact_counts_it(days: int, shown: int) -> None:
    world = new_world()
    world.rulebook = board()
    (alma,) = came(world, another(answers=GREEN), days_ago=days)
    ended(world, alma)
    (case,) = came(world)

    assert [(it.case_id, it.open) for it in case.registered.related] == [(alma.id, False)] * shown
    assert case.registered.facts["barn_i_samma_sammanhang_30d"] == shown


def test_where_no_contexts_are_counted_nobody_is_told_of() -> None:
    world = new_world()
    world.rulebook = without_contexts()
    came(world, another())
    (case,) = came(world)

    assert open_beside(world.office, MIRA, case.registered.report_id) == ()


def test_without_a_context_nobody_is_told_of() -> None:
    world = new_world()
    came(world, another())
    (case,) = came(world, context=None)

    assert open_beside(world.office, MIRA, case.registered.report_id) == ()
    assert open_beside(world.office, MIRA, "ingen") == ()


@pytest.mark.parametrize("who", [BEA, UTA, CIA, VIVI, RUT], ids=lambda who: who.name)
def test_only_the_intake_is_told(who: Actor) -> None:
    world = new_world()
    came(world, another())
    (case,) = came(world)

    with pytest.raises(NotAllowed):
        open_beside(world.office, who, case.registered.report_id)


def test_a_context_is_in_no_message_and_no_line_of_the_access_log() -> None:
    world = new_world()
    came(world, another())
    (case,) = came(world, reported(answers=RED), contact="rektor@skola.example")
    Course(world, case.id).protect().confirm().call("barn")
    open_beside(world.office, MIRA, case.registered.report_id)

    letters = [f"{it.notice.subject} {it.notice.body}" for it in world.store.notices]
    lines = [f"{it.detail} {it.relation}" for it in world.store.access.values()]
    assert letters
    assert not [text for text in (*letters, *lines) if "Ängsvik" in text]


def test_the_document_the_package_and_the_chronology_say_the_context() -> None:
    world = new_world()
    came(world, another())
    (case,) = came(world)
    chapters = {it.heading: it.entries for it in document_of(case, POLICY, {}, sources={}).chapters}
    (line, *_) = chronology(world.store.journal[case.id], POLICY)
    (related,) = chapters["Tidigare och samtidiga ärenden"]

    assert f"Plats, händelse eller nätverk som flera barn delar: {PLACE}" in [
        it.text for it in chapters["Orosanmälan"]
    ]
    assert "samma sammanhang, inkommen" in related.text
    assert "nivå" not in related.text
    assert package_of(case)["anmalan"] == {
        "rubrik": case.registered.title, "text": case.registered.text, "sammanhang": PLACE,
    }  # fmt: skip
    assert line.detail.endswith(f"Sammanhang: {PLACE}.")


def test_the_package_of_a_case_without_a_context_is_as_it_always_was() -> None:
    (case,) = came(new_world(), context=None)

    assert package_of(case)["anmalan"] == {
        "rubrik": case.registered.title, "text": case.registered.text,
    }  # fmt: skip

"""The decision, the handover that somebody receives, and the hub that lets go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Self

import pytest

from adapters.memory import MemoryUnitOfWork
from rules.assessing import AlreadyDecided
from rules.concern import ReporterKind
from rules.deciding import AssessmentFirst, NotReadyToClose, RaiseUnanswered
from rules.errors import ChangedMeanwhile, GateClosed, Invalid, NotAllowed, NotVisible
from rules.people import Role
from rules.statement import DecisionKind
from tests.people import (
    BEA,
    CURT,
    GREEN,
    MIRA,
    NORA,
    OSKAR,
    RED,
    ULF,
    UTA,
    actor,
    report,
)  # fmt: skip
from tests.workflows.course import SECRET, Course
from workflows import assessing, deciding, feedback
from workflows.document import document_of
from workflows.package import fingerprint, package_of
from workflows.ports import UnitOfWork

PRIVATE = ReporterKind.PRIVATE


def mild() -> Course:
    return Course().register(answers=GREEN).protect().confirm()


def test_a_decision_stops_the_promises_and_starts_what_follows() -> None:
    course = Course().until_decided()
    running = {key for key, clock in course.case.clocks.items() if clock.running}

    assert course.case.decision is not None
    assert course.case.decision.participants == ("Mira", "Bea")
    assert running == {"enhetssvar:ungdom", "overlamning", "information", "utredning"}


def test_who_has_no_delegation_decides_nothing() -> None:
    course = Course().until_met().map().assess()

    with pytest.raises(NotAllowed, match="delegation"):
        course.decide(who=OSKAR)
    assert course.case.decision is None


def test_red_without_a_hub_is_decided_with_a_reason_only() -> None:
    course = Course().register().protect().confirm()

    with pytest.raises(AssessmentFirst):
        course.decide()
    assert course.decide(without_hub="Barnet är på sjukhus.").case.decision is not None


def test_a_raise_is_answered_before_an_investigation_is_ruled_out() -> None:
    course = mild()
    assessing.answer_questions(course.world.office, MIRA, course.id, answers=RED)

    with pytest.raises(RaiseUnanswered):
        course.decide(DecisionKind.NOT_OPEN, violence_considered="Prövat.")
    assert course.decide().case.decision is not None


def test_of_two_decisions_one_after_the_other_the_second_is_told_so() -> None:
    course = mild().decide(DecisionKind.NOT_OPEN)

    with pytest.raises(AlreadyDecided):
        course.decide(DecisionKind.OPEN, who=NORA)
    assert course.kinds.count("decided") == 1


class Interrupted(MemoryUnitOfWork):
    """A transaction during which somebody else gets to the case first, once."""

    meanwhile: list[Callable[[], object]]

    def __enter__(self) -> Self:
        super().__enter__()
        reading = self.journal.read

        def read(case_id: str) -> object:
            found = reading(case_id)
            if self.meanwhile:
                self.meanwhile.pop()()
            return found

        self.journal.read = read  # type: ignore[method-assign, assignment]
        return self


def test_of_two_decisions_at_once_one_stands_and_the_other_changes_nothing() -> None:
    course = mild()
    meanwhile: list[Callable[[], object]] = [lambda: course.decide(DecisionKind.NOT_OPEN, NORA)]

    def uow() -> UnitOfWork:
        work = Interrupted(course.world.store)
        work.meanwhile = meanwhile
        return work

    office = course.world.office
    slow = replace(office, uow=uow)
    with pytest.raises(ChangedMeanwhile):
        deciding.decide(slow, MIRA, course.id, decision=DecisionKind.OPEN, reasons="Våld.")
    assert course.kinds.count("decided") == 1
    assert course.case.decision is not None
    assert course.case.decision.by == NORA.id


def test_the_handover_is_told_to_the_investigators_who_then_see_the_case() -> None:
    course = Course().until_decided()
    with pytest.raises(NotVisible):
        deciding.acknowledge(course.world.office, UTA, course.id)
    course.hand_over()

    assert (course.notices[-1].role, course.notices[-1].unit) == (Role.INVESTIGATOR, "utredning")
    course.receive()
    assert course.case.receipt is not None
    assert course.case.clocks["overlamning"].stopped is not None
    with pytest.raises(NotVisible):
        deciding.acknowledge(course.world.office, ULF, course.id)


def test_the_package_holds_every_sentence_with_its_source_and_its_hash_is_kept() -> None:
    course = Course().until_decided()
    package = package_of(course.case)
    course.hand_over()

    assert course.case.handover is not None
    assert course.case.handover.package_hash == fingerprint(package)
    said = package["uppgifter"]
    assert isinstance(said, list)
    assert [(it["uppgift"], it["kalla"], it["av"]) for it in said] == [(SECRET, "journal", "Bea")]
    assert fingerprint(package) != fingerprint({**package, "arende": "x"})


def test_a_case_with_nothing_done_is_a_package_and_a_document_too() -> None:
    course = Course().register()
    policy = course.world.rulebook.policy
    document = document_of(course.case, policy, {}, sources={})

    assert package_of(course.case)["beslut"] is None
    assert document.number == course.case.number
    assert {chapter.heading for chapter in document.chapters if chapter.entries} == {
        "Barnet", "Orosanmälan", "Svar på instrumentets frågor", "Nivå och skäl",
    }  # fmt: skip


def test_the_document_of_a_whole_course_says_all_that_was_said() -> None:
    course = Course().until_decided()
    chapters = document_of(course.case, course.world.rulebook.policy, {}, sources={}).chapters
    text = "\n".join(f"{e.text} {e.source}" for chapter in chapters for e in chapter.entries)

    for part in (SECRET, "Hölls utan svar från Ungdom", "Samlad bild.", "Beslutat av Mira"):
        assert part in text


@pytest.mark.parametrize("investigator", ["ingen", BEA.id])
def test_a_case_is_handed_to_an_investigator(investigator: str) -> None:
    course = Course().until_decided()

    with pytest.raises(Invalid):
        deciding.hand_over(course.world.office, MIRA, course.id, investigator=investigator)
    deciding.hand_over(course.world.office, MIRA, course.id, investigator=UTA.id)
    with pytest.raises(NotVisible):
        deciding.acknowledge(course.world.office, ULF, course.id)
    course.receive()


def test_those_concerned_are_informed_and_the_investigation_concluded_by_who_has_it() -> None:
    course = Course().until_decided().hand_over().receive()
    office = course.world.office
    deciding.inform(office, UTA, course.id, how="Hembesök.")
    deciding.conclude(office, CURT, course.id, outcome="Stödinsats.")

    assert course.case.clocks["information"].stopped is not None
    assert course.case.clocks["utredning"].stopped is not None
    with pytest.raises(NotAllowed):
        deciding.inform(office, MIRA, course.id, how="Nej.")


def test_closing_shuts_the_units_out_and_leaves_the_legal_clocks_running() -> None:
    course = Course().until_decided().hand_over().receive().close()
    running = {key for key, clock in course.case.clocks.items() if clock.running}

    assert running == {"information", "utredning"}
    with pytest.raises(NotVisible):
        course.answer("barn")
    deciding.conclude(course.world.office, UTA, course.id, outcome="Stöd.")


def test_a_case_with_a_breach_that_nobody_has_explained_is_not_closed() -> None:
    course = mild()
    course.world.clock.forward(days=20)
    course.sweep()
    course.decide(DecisionKind.NOT_OPEN)

    with pytest.raises(NotReadyToClose):
        course.close()
    assert course.explain_all().close().case.closed is not None


def test_a_breach_that_no_sweep_has_seen_yet_keeps_the_case_open_too() -> None:
    course = mild().decide(DecisionKind.NOT_OPEN)
    course.world.clock.forward(days=20)

    with pytest.raises(NotReadyToClose):
        course.close()
    course.sweep()
    assert course.explain_all().close().case.closed is not None


def test_feedback_on_request_has_a_week_and_then_the_case_may_be_closed() -> None:
    course = Course().register(report(answers=GREEN, wants_feedback=True)).protect().confirm()
    course.decide(DecisionKind.NOT_OPEN)
    clock = course.case.clocks["aterkoppling"].started

    assert clock.due_at - course.world.clock.now > timedelta(days=7)
    with pytest.raises(NotReadyToClose):
        course.close()
    course.feed_back().close()
    assert course.case.feedback.given is not None
    assert course.case.feedback.given.fact == "inte_inletts"
    assert course.case.clocks["aterkoppling"].stopped is not None


def test_feedback_that_is_asked_for_later_is_given_at_once_even_in_a_closed_case() -> None:
    course = mild().decide(DecisionKind.NOT_OPEN).close()
    course.world.clock.forward(days=3)
    feedback.request_feedback(course.world.office, MIRA, course.id)
    clock = course.case.clocks["aterkoppling_genast"]

    assert clock.started.due_at - course.world.clock.now == timedelta(hours=24)
    course.feed_back()
    assert course.case.clocks["aterkoppling_genast"].stopped is not None


def test_a_private_reporter_hears_nothing_and_nothing_is_kept() -> None:
    from_neighbour = report(answers=GREEN, kind=PRIVATE, wants_feedback=True)
    course = Course().register(from_neighbour).protect().confirm().decide(DecisionKind.NOT_OPEN)

    with pytest.raises(GateClosed):
        course.feed_back()
    assert course.case.feedback.given is None
    course.close()


def test_a_case_reaches_no_other_unit_through_the_name_of_an_investigator() -> None:
    course = Course().until_decided()
    elsewhere = actor("Edla", Role.INVESTIGATOR, unit="aldrenamnden")
    course.world.admit(elsewhere)

    with pytest.raises(Invalid) as told:
        deciding.hand_over(course.world.office, MIRA, course.id, investigator=elsewhere.id)

    assert list(told.value.faults) == ["investigator"]
    assert course.case.handover is None

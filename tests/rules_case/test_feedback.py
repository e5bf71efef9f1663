"""Feedback to the reporter: three facts and no more, and only to whom the law gives them."""

import pytest

from rules import events as ev
from rules import feedback
from rules.case import Case
from rules.concern import ReporterKind
from rules.deciding import AlreadyDone
from rules.errors import GateClosed, Invalid
from rules.feedback import AnonymousReporter, NoDecisionYet
from rules.statement import DecisionKind
from tests.people import MIRA
from tests.rules_case import happenings as it

ON_DUTY = [kind for kind in ReporterKind if kind.under_duty]
PRIVATE = [ReporterKind.GUARDIAN, ReporterKind.CHILD, ReporterKind.PRIVATE]


def decided(
    kind: ReporterKind = ReporterKind.SCHOOL, decision: DecisionKind = DecisionKind.OPEN
) -> Case:
    return it.case_of(it.decided(decision), first=it.registered(kind))


def give(
    case: Case, *, channel: str = "telefon", unsuitable: str = "", consent: str = ""
) -> ev.FeedbackGiven:
    return feedback.give(
        case,
        channel=channel,
        unsuitable_because=unsuitable,
        consent=consent,
        actor=MIRA,
        at=it.after(200),
    )


@pytest.mark.parametrize(
    ("decision", "fact"),
    [
        (DecisionKind.OPEN, "inletts"),
        (DecisionKind.NOT_OPEN, "inte_inletts"),
        (DecisionKind.ONGOING, "pågår_redan"),
    ],
)
def test_the_reporter_hears_one_of_three_facts(decision: DecisionKind, fact: str) -> None:
    assert give(decided(decision=decision)).fact == fact


@pytest.mark.parametrize("kind", ON_DUTY)
def test_everyone_who_must_report_may_hear_back(kind: ReporterKind) -> None:
    assert give(decided(kind)).fact == "inletts"


@pytest.mark.parametrize("kind", PRIVATE)
def test_a_private_reporter_hears_nothing_without_consent(kind: ReporterKind) -> None:
    with pytest.raises(GateClosed) as refused:
        give(decided(kind))

    assert refused.value.gate == "aterkoppling-till-privat-anmalare"
    assert "samtycke" in refused.value.opens.lower()
    assert give(decided(kind), consent="Vårdnadshavaren, muntligt 10 mars").consent


def test_an_anonymous_reporter_cannot_hear_back_even_with_consent() -> None:
    with pytest.raises(AnonymousReporter):
        give(decided(ReporterKind.ANONYMOUS), consent="ja")


@pytest.mark.parametrize("kind", list(ReporterKind))
def test_that_it_was_unsuitable_may_always_be_said_and_tells_no_fact(kind: ReporterKind) -> None:
    given = give(decided(kind), unsuitable=" Röjer barnet. ")

    assert (given.fact, given.unsuitable_because) == (None, "Röjer barnet.")


def test_how_it_was_given_is_written() -> None:
    with pytest.raises(Invalid) as told:
        give(decided(), channel=" ")
    assert list(told.value.faults) == ["channel"]


def test_before_the_decision_there_is_nothing_to_tell() -> None:
    with pytest.raises(NoDecisionYet):
        give(it.case_of())


def test_feedback_is_given_once_and_not_asked_for_again() -> None:
    done = it.case_of(it.decided(), give(decided()))

    with pytest.raises(AlreadyDone):
        give(done)
    with pytest.raises(AlreadyDone):
        feedback.request(done, requested_at=it.after(1), actor=MIRA, at=it.after(300))


def test_a_wish_to_hear_back_is_dated_when_it_was_said_and_not_in_the_future() -> None:
    asked = feedback.request(it.case_of(), requested_at=it.after(9), actor=MIRA, at=it.after(30))

    assert asked.requested_at == it.after(9)
    with pytest.raises(Invalid):
        feedback.request(it.case_of(), requested_at=it.after(31), actor=MIRA, at=it.after(30))

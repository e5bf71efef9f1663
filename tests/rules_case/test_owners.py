"""Whose a clock is: the intake's until there is a decision, then theirs to whom the case goes."""

import pytest

from rules import events as ev
from rules.clocks import receiving_unit
from rules.statement import DecisionKind
from tests.rules_case import happenings as it
from tests.rules_case.happenings import after, lived

POLICY = it.CALENDAR.policy
ASKED = ev.InformationRequested(
    at=after(200), by=it.BY, request_id="b1", party="skola", act="hämta", question="Hur?",
    ground="SoL 20:5-6", gate="hamta-under-utredning",
)  # fmt: skip

HUB = (it.classified(), it.protected(), it.level_set(), it.called("barn"))
MET = (*HUB, it.answer("barn"), it.met())
DONE = (*MET, it.mapped(), it.assessed())


@pytest.mark.parametrize(
    ("events", "unit"),
    [
        ((), "mottagning"),
        ((it.decided(DecisionKind.NOT_OPEN),), "mottagning"),
        ((it.decided(),), "utredning"),
        ((it.decided(), it.handed(unit="barn")), "barn"),
        ((it.decided(), it.handed(unit="barn"), it.taken()), "barn"),
    ],
)
def test_what_the_investigators_watch_is_the_intakes_until_there_is_a_decision(
    events: tuple[ev.Event, ...], unit: str
) -> None:
    assert receiving_unit(it.case_of(*events), POLICY) == unit


def test_the_investigators_breach_belongs_to_whom_the_case_was_handed() -> None:
    case = lived(*DONE, it.decided(), it.handed(unit="barn"))
    owners = {breach.key: breach.owner for breach in it.breaches(case, after(days=200))}

    assert owners["utredning"] == owners["information"] == "barn"
    assert owners["overlamning"] == "mottagning"


def test_a_question_with_consent_before_the_decision_is_the_intakes_to_watch() -> None:
    case = lived(it.classified(), ASKED)

    assert case.clocks["informationsinhamtning:b1"].started.unit == "mottagning"


def test_what_the_investigators_watch_is_theirs_before_it_is_handed_over() -> None:
    clocks = lived(*DONE, it.decided()).clocks

    assert clocks["information"].started.unit == clocks["utredning"].started.unit == "utredning"
    assert clocks["overlamning"].started.unit == "mottagning"

"""Whose a clock is: the intake's until the case is handed over, then theirs who have it."""

from dataclasses import replace

import pytest

from rules import events as ev
from rules.access import Action, require
from rules.clocks import owner, receiving_unit
from rules.people import Role
from rules.statement import DecisionKind
from tests.people import MIRA
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
COURSE = (*DONE, it.decided(), it.handed(unit="utredning"), it.taken())


@pytest.mark.parametrize(
    ("events", "unit"),
    [
        ((), "mottagning"),
        ((it.decided(DecisionKind.NOT_OPEN),), "mottagning"),
        ((it.decided(),), "mottagning"),
        ((it.decided(), it.handed(unit="barn")), "barn"),
        ((it.decided(), it.handed(unit="barn"), it.taken()), "barn"),
    ],
)
def test_what_the_investigators_watch_is_the_intakes_until_the_case_is_handed_over(
    events: tuple[ev.Event, ...], unit: str
) -> None:
    assert receiving_unit(it.case_of(*events), POLICY) == unit


@pytest.mark.parametrize("steps", range(len(COURSE) + 1))
def test_nobody_owns_a_breach_in_a_case_that_is_hidden_from_their_chef(steps: int) -> None:
    case = lived(*COURSE[:steps])
    owners = {breach.owner for breach in it.breaches(case, after(days=400))}

    assert owners
    for unit in owners:
        chef = replace(MIRA, roles=frozenset({Role.UNIT_MANAGER}), unit=unit)
        assert require(chef, Action.EXPLAIN, case, intake_unit="mottagning")


def test_the_investigators_breach_belongs_to_whom_the_case_was_handed() -> None:
    case = lived(*DONE, it.decided(), it.handed(unit="barn"))
    owners = {breach.key: breach.owner for breach in it.breaches(case, after(days=200))}

    assert owners["utredning"] == owners["information"] == "barn"
    assert owners["overlamning"] == "mottagning"


def test_a_question_with_consent_before_the_decision_is_the_intakes_to_watch() -> None:
    case = lived(it.classified(), ASKED)

    assert case.clocks["informationsinhamtning:b1"].started.unit == "mottagning"


def test_what_began_before_the_handover_follows_it() -> None:
    before = lived(*DONE, it.decided())
    clock = before.clocks["information"]

    assert clock.started.unit == "mottagning"
    assert owner(before, clock, POLICY) == "mottagning"
    after_it = lived(*DONE, it.decided(), it.handed(unit="barn"))
    assert owner(after_it, after_it.clocks["information"], POLICY) == "barn"

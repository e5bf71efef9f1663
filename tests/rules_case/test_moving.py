"""A meeting is moved: what it takes, what follows, and who stands in for units that are away."""

from dataclasses import replace

import pytest

from rules import events as ev
from rules import moving, standing_in
from rules.absences import Absence
from rules.assessing import AlreadyDecided
from rules.case import Case
from rules.convening import HubNotCalled
from rules.diary import Diary
from rules.errors import Invalid
from rules.fold import extend
from rules.meeting import MeetingAlreadyHeld
from rules.people import PROGRAM
from rules.slots import Slot
from tests.people import MIRA
from tests.rules_case import happenings as it
from tests.rules_case.happenings import after

CALLED = it.case_of(it.classified(), it.called("barn", "ungdom"))
PEOPLE = {"barn": ("konto-Bea",), "ungdom": ("konto-Uno",)}


def move(case: Case, minutes: float = 100, reason: str = " Sent. ") -> ev.MeetingMoved:
    start = after(minutes)
    slot = Slot(start, after(minutes + 30), start, extra=True, why="vald", room="rum-2")
    return moving.move(case, slot=slot, reason=reason, actor=MIRA, at=after(20))


def away(account: str, *, deputy: str | None = None) -> Absence:
    return Absence(
        id=account,
        account=account,
        starts_at=after(0),
        ends_at=after(600),
        deputy=deputy,
        set_by=account,
        set_at=after(0),
    )


def cover(case: Case, *absences: Absence) -> standing_in.Cover:
    return standing_in.cover(case, Diary((), PEOPLE, absences), after(20))


def test_a_moved_meeting_keeps_the_call_and_takes_the_new_time() -> None:
    moved = move(CALLED)
    case = extend(CALLED, [moved])

    assert CALLED.call is not None
    assert case.call == replace(
        CALLED.call,
        starts_at=after(100),
        ends_at=after(130),
        answer_by=after(100),
        extra=True,
        why_slot="vald",
        room="rum-2",
    )
    assert case.moves == (moved,)
    assert moved.reason == "Sent."
    assert case.units["barn"].answer_by == after(100)


def test_who_has_answered_keeps_the_time_that_was_theirs() -> None:
    answered = extend(CALLED, [it.answer("barn", at=after(18))])
    case = extend(answered, [move(answered)])

    assert case.units["barn"] == answered.units["barn"]
    assert case.units["ungdom"].changes == 1


@pytest.mark.parametrize(
    ("case", "refusal"),
    [
        (it.case_of(it.classified()), HubNotCalled),
        (extend(CALLED, [it.met()]), MeetingAlreadyHeld),
        (extend(CALLED, [it.decided()]), AlreadyDecided),
    ],
)
def test_only_a_called_hub_that_has_not_met_is_moved(case: Case, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        move(case)


@pytest.mark.parametrize(
    ("minutes", "reason", "field"),
    [(19, "Sent.", "starts_at"), (135, "Sent.", "starts_at"), (100, " ", "reason")],
)
def test_a_move_is_to_another_time_to_come_and_says_why(
    minutes: float, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        move(CALLED, minutes, reason)
    assert list(refused.value.faults) == [field]


def test_a_meeting_is_ahead_until_it_begins_or_is_held() -> None:
    assert moving.is_ahead(CALLED, after(134))
    assert not moving.is_ahead(CALLED, after(135))
    assert not moving.is_ahead(extend(CALLED, [it.met()]), after(20))
    assert not moving.is_ahead(it.case_of(it.classified()), after(20))


def test_a_unit_without_anybody_gets_its_standing_deputy_or_is_told_as_unmanned() -> None:
    found = cover(CALLED, away("konto-Bea", deputy="konto-Dora"), away("konto-Uno"))

    (named,) = found.named
    assert (named.by, named.unit, named.deputy) == (PROGRAM.id, "barn", "konto-Dora")
    assert named.reason == standing_in.WHY
    assert found.unmanned == (standing_in.Unmanned("ungdom", "konto-Uno"),)
    assert cover(CALLED) == standing_in.Cover()


def test_of_what_makes_a_unit_unmanned_it_is_the_absence_set_last_that_is_told() -> None:
    both = replace(Diary((), {"barn": ("konto-Bea", "konto-Bo")}), absences=(
        replace(away("konto-Bo"), set_at=after(5)), away("konto-Bea"), away("konto-Uno"),
    ))  # fmt: skip

    assert both.newest_absence(("konto-Bea", "konto-Bo"), after(20), after(30)) == "konto-Bo"
    assert both.newest_absence(("konto-Bea",), after(20), after(30)) == "konto-Bea"
    assert both.newest_absence(("konto-Bea",), after(600), after(700)) == ""


def test_who_stands_in_is_replaced_when_they_go_away_too() -> None:
    case = extend(CALLED, [it.deputy("barn"), it.deputy("ungdom")])
    named = case.units["barn"].deputy
    assert named is not None
    everybody = [away("konto-Bea", deputy="konto-Ella"), away("konto-Uno"), away(named.deputy)]

    found = cover(case, *everybody)

    assert [(it.unit, it.deputy) for it in found.named] == [("barn", "konto-Ella")]
    assert [it.unit for it in found.unmanned] == ["ungdom"]
    assert cover(case, away(named.deputy)) == standing_in.Cover()


@pytest.mark.parametrize(
    "case",
    [
        it.case_of(it.classified()),
        extend(CALLED, [it.met()]),
        extend(CALLED, [it.decided()]),
        extend(CALLED, [it.closed()]),
        extend(CALLED, [it.deputy("barn"), it.deputy("ungdom")]),
    ],
)
def test_nobody_is_named_where_nobody_is_needed(case: Case) -> None:
    assert cover(case, away("konto-Bea", deputy="konto-Dora"), away("konto-Uno")) == (
        standing_in.Cover()
    )

"""The hub call, its answers, and the meeting: held without the silent, who are named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rules import convening, meeting
from rules import events as ev
from rules.assessing import AlreadyDecided, CaseIsClosed
from rules.case import Case
from rules.convening import (
    AlreadyCalled,
    HubNotCalled,
    NoHubForGreen,
    UnitAlreadyCalled,
    UnitNotCalled,
)
from rules.errors import Invalid
from rules.fold import extend
from rules.level import Level
from rules.meeting import MappingFirst, MeetingAlreadyHeld, MeetingNotHeld
from rules.policy import UnitKind, UnitPolicy
from rules.slots import Slot
from rules.statement import AnswerKind, Dissent, MapItem, Statement
from tests.people import BEA, MIRA
from tests.rules_case import happenings as it
from tests.rules_case.happenings import after

OTHER_BOARD = UnitPolicy(name="Skolans elevhälsa", kind=UnitKind.ASSESSING, same_board=False)
SHIPPED = it.CALENDAR.policy
POLICY = SHIPPED.model_copy(update={"units": {**SHIPPED.units, "elevhalsa": OTHER_BOARD}})
SLOT = Slot(after(120), after(150), after(120), extra=False, why="första")
BEGUN = it.case_of(it.classified())
CALLED = it.case_of(it.classified(), it.called("barn", "ungdom"))
MET = it.case_of(it.classified(), it.called("barn", "ungdom"), it.answer("barn"), it.met())
MAPPED = extend(MET, [it.mapped()])
CLOSED = it.case_of(it.called(), it.met(), it.mapped(), it.closed())


def call(case: Case, *units: str, slot: Slot = SLOT, at: datetime | None = None) -> ev.HubCalled:
    return convening.call_hub(
        case,
        units=units,
        slot=slot,
        reason=" Akut ",
        policy=POLICY,
        hub_levels=frozenset({Level.ORANGE, Level.RED}),
        actor=MIRA,
        at=at or after(15),
    )


def test_the_call_keeps_the_slot_and_why_it_was_chosen() -> None:
    made = call(BEGUN, "barn", "vald")

    assert (made.units, made.starts_at, made.answer_by) == (
        ("barn", "vald"),
        after(120),
        after(120),
    )
    assert (made.why_slot, made.reason, made.extra) == ("första", "Akut", False)


def test_the_hub_is_called_before_anybody_has_confirmed_the_level() -> None:
    assert BEGUN.confirmed_level is None
    assert call(BEGUN, "barn")


def test_the_hub_is_not_for_green() -> None:
    with pytest.raises(NoHubForGreen):
        call(it.case_of(it.classified(Level.GREEN)), "barn")


def test_the_hub_is_called_once() -> None:
    with pytest.raises(AlreadyCalled):
        call(CALLED, "vuxen")


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ((), "minst en enhet"),
        (("fritids",), "”fritids” finns inte"),
        (("barn", "elevhalsa"), "hör till en annan nämnd"),
        (("mottagning",), "är redan med"),
    ],
)
def test_only_units_of_the_own_board_are_called(units: tuple[str, ...], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        call(BEGUN, *units)


def test_a_meeting_is_not_called_to_a_time_that_has_been() -> None:
    with pytest.raises(Invalid, match="har redan varit"):
        call(BEGUN, "barn", at=after(121))


def add(case: Case, unit: str, *, at: datetime) -> ev.UnitAdded:
    return convening.add_unit(case, unit=unit, policy=POLICY, actor=MIRA, at=at)


def test_a_unit_that_is_added_gets_its_time_but_never_longer_than_to_the_meeting() -> None:
    assert add(CALLED, "vuxen", at=after(20)).answer_by == after(135)
    assert add(CALLED, "vuxen", at=after(134)).answer_by == after(135)


def test_a_unit_that_is_added_after_the_meeting_gets_all_its_time() -> None:
    assert add(MET, "vuxen", at=after(200)).answer_by == after(320)
    assert add(CALLED, "vuxen", at=after(200)).answer_by == after(320)
    assert add(CALLED, "vuxen", at=after(135)).answer_by == after(255)


def test_only_a_called_hub_gets_another_unit_and_only_a_new_one() -> None:
    with pytest.raises(HubNotCalled):
        add(BEGUN, "vuxen", at=after(20))
    with pytest.raises(UnitAlreadyCalled):
        add(CALLED, "barn", at=after(20))
    with pytest.raises(Invalid):
        add(CALLED, "elevhalsa", at=after(20))


def answer(
    case: Case,
    kind: AnswerKind,
    *statements: Statement,
    reason: str = "",
    unit: str = "barn",
) -> ev.UnitAnswered:
    return convening.answer(
        case,
        unit=unit,
        kind=kind,
        statements=statements,
        reason=reason,
        actor=BEA,
        at=after(60),
    )


def test_each_of_the_four_answers_is_attested_by_name() -> None:
    answers = [
        answer(CALLED, AnswerKind.KNOWN, it.said()),
        answer(CALLED, AnswerKind.NOT_KNOWN),
        answer(CALLED, AnswerKind.CANNOT_ANSWER, reason=" Sjuk "),
        answer(CALLED, AnswerKind.SYSTEM_DOWN),
    ]

    assert [made.answer for made in answers] == list(AnswerKind)
    assert {made.attested_by for made in answers} == {"Bea"}
    assert answers[2].reason == "Sjuk"


@pytest.mark.parametrize(
    ("kind", "statements", "field"),
    [
        (AnswerKind.KNOWN, (), "statements"),
        (AnswerKind.KNOWN, (it.said(" "),), "statements.1.text"),
        (
            AnswerKind.KNOWN,
            (it.said(), replace(it.said(), source="")),
            "statements.2.source",
        ),
        (AnswerKind.NOT_KNOWN, (it.said(),), "statements"),
        (AnswerKind.CANNOT_ANSWER, (), "reason"),
    ],
)
def test_an_answer_has_what_its_kind_demands(
    kind: AnswerKind, statements: tuple[Statement, ...], field: str
) -> None:
    with pytest.raises(Invalid) as told:
        answer(CALLED, kind, *statements)
    assert list(told.value.faults) == [field]


def test_a_unit_that_was_not_called_cannot_answer_or_have_a_deputy() -> None:
    with pytest.raises(UnitNotCalled):
        answer(CALLED, AnswerKind.NOT_KNOWN, unit="vuxen")
    with pytest.raises(UnitNotCalled):
        convening.name_deputy(
            CALLED, unit="vuxen", deputy="konto-Dora", reason="", actor=MIRA, at=after(20)
        )


def test_a_later_answer_is_added_to_the_earlier_one() -> None:
    case = extend(CALLED, [it.answer("barn"), it.answer("barn", AnswerKind.KNOWN)])
    unit = case.units["barn"]

    assert [made.answer for made in unit.answers] == [AnswerKind.NOT_KNOWN, AnswerKind.KNOWN]
    assert unit.knows
    assert not case.units["ungdom"].knows
    assert case.silent_units == ("ungdom",)


def hold(
    case: Case,
    *,
    started: datetime | None = None,
    ended: datetime | None = None,
    present: tuple[str, ...] = ("Mira",),
    units: tuple[str, ...] = ("barn",),
) -> ev.MeetingHeld:
    return meeting.hold(
        case,
        started_at=started or after(135),
        ended_at=ended or after(165),
        present=present,
        present_units=units,
        actor=MIRA,
        at=after(170),
    )


def test_the_meeting_names_the_silent_and_the_absent() -> None:
    held = hold(extend(CALLED, [it.answer("barn")]), units=("ungdom",))

    assert (held.silent_units, held.absent_units) == (("ungdom",), ("barn",))


def test_who_answered_after_the_meeting_ended_was_silent_at_it_and_is_still_to_be_weighed() -> None:
    late = it.answer("ungdom", AnswerKind.KNOWN, at=after(167))
    case = extend(CALLED, [it.answer("barn"), late])
    held = hold(case)

    assert held.silent_units == ("ungdom",)
    assert extend(case, [held]).late_answers == (late,)
    assert extend(case, [held, it.mapped(), it.assessed()]).late_answers == ()


def test_an_answer_after_the_assessment_is_to_be_weighed_though_its_clock_is_behind() -> None:
    met = extend(CALLED, [hold(CALLED)])
    behind = it.answer("ungdom", AnswerKind.KNOWN, at=after(164))
    assert extend(met, [behind]).late_answers == (behind,)

    assessed = it.assessed()
    behind = it.answer("ungdom", AnswerKind.KNOWN, at=assessed.at - timedelta(seconds=2))
    assert extend(met, [it.mapped(), assessed, behind]).late_answers == (behind,)


def test_without_a_meeting_no_answer_is_late() -> None:
    assert extend(CALLED, [it.answer("barn", at=after(500))]).late_answers == ()


@pytest.mark.parametrize(
    ("started", "ended", "field"),
    [
        (after(150), after(140), "ended_at"),
        (after(150), after(171), "ended_at"),
        (after(171), after(172), "ended_at"),
        (after(-1), after(20), "started_at"),
    ],
)
def test_the_times_of_a_meeting_are_possible(
    started: datetime, ended: datetime, field: str
) -> None:
    with pytest.raises(Invalid) as told:
        hold(CALLED, started=started, ended=ended)
    assert list(told.value.faults) == [field]


def test_a_meeting_says_who_was_there_and_only_called_units_are() -> None:
    with pytest.raises(Invalid, match="med namn"):
        hold(CALLED, present=())
    with pytest.raises(Invalid, match="”vuxen” är inte kallad"):
        hold(CALLED, units=("vuxen",))


def test_a_meeting_is_held_once_and_after_a_call() -> None:
    with pytest.raises(HubNotCalled):
        hold(BEGUN)
    with pytest.raises(MeetingAlreadyHeld):
        hold(MET)


def map_(case: Case, *items: MapItem) -> ev.MappingMade:
    return meeting.make_mapping(case, items=items, actor=MIRA, at=after(170))


@pytest.mark.parametrize(
    ("items", "field"),
    [((), "items"), ((it.item(" "),), "items.1.text"), ((it.item(source=""),), "items.1.source")],
)
def test_every_point_of_the_mapping_says_who_said_it(
    items: tuple[MapItem, ...], field: str
) -> None:
    assert map_(MET, it.item()).items == (it.item(),)
    with pytest.raises(Invalid) as told:
        map_(MET, *items)
    assert list(told.value.faults) == [field]


def assess(case: Case, *dissents: Dissent, reasons: str = "Samlat.") -> ev.AssessmentMade:
    return meeting.make_assessment(
        case, level=Level.RED, reasons=reasons, dissents=dissents, actor=MIRA, at=after(175)
    )


def test_the_assessment_comes_after_the_mapping_and_the_mapping_after_the_meeting() -> None:
    with pytest.raises(MeetingNotHeld):
        map_(CALLED, it.item())
    with pytest.raises(MeetingNotHeld):
        assess(CALLED)
    with pytest.raises(MappingFirst):
        assess(MET)


@pytest.mark.parametrize(
    ("name", "opinion", "field"),
    [(" ", "Grön räcker.", "dissents.1.name"), ("Vera", "", "dissents.1.opinion")],
)
def test_a_dissent_has_a_name_and_an_opinion(name: str, opinion: str, field: str) -> None:
    with pytest.raises(Invalid) as told:
        assess(MAPPED, Dissent(name=name, unit="vuxen", opinion=opinion))
    assert list(told.value.faults) == [field]


def test_an_assessment_keeps_its_reasons_and_who_thinks_otherwise() -> None:
    dissent = Dissent(name="Vera", unit="vuxen", opinion="Orange.", level=Level.ORANGE)

    assert assess(MAPPED, dissent, reasons=" Samlat. ").dissents == (dissent,)
    with pytest.raises(Invalid):
        assess(MAPPED, reasons=" ")


STEPS: dict[str, Callable[[Case], object]] = {
    "call": lambda case: call(case, "barn"),
    "add": lambda case: add(case, "vuxen", at=after(500)),
    "answer": lambda case: answer(case, AnswerKind.NOT_KNOWN),
    "deputy": lambda case: convening.name_deputy(
        case, unit="barn", deputy="konto-Dora", reason="", actor=MIRA, at=after(500)
    ),
    "meeting": hold,
    "mapping": lambda case: map_(case, it.item()),
    "assessment": assess,
}


@pytest.mark.parametrize("step", list(STEPS))
def test_a_closed_case_takes_no_more_steps(step: str) -> None:
    with pytest.raises(CaseIsClosed):
        STEPS[step](CLOSED)


@pytest.mark.parametrize("step", ["call", "meeting"])
def test_after_the_decision_no_hub_is_called_or_held(step: str) -> None:
    with pytest.raises(AlreadyDecided):
        STEPS[step](it.case_of(it.called(), it.decided()))


def test_a_deputy_is_kept_with_the_unit() -> None:
    named = convening.name_deputy(
        CALLED, unit="barn", deputy="konto-Dora", reason=" Sjuk ", actor=BEA, at=after(20)
    )

    assert named.reason == "Sjuk"
    assert extend(CALLED, [named]).units["barn"].deputy == named
    assert SLOT.ends_at - SLOT.starts_at == timedelta(minutes=30)

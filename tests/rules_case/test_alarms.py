"""What a sweep finds: each step of the ladder told once, to the right people, at its moment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import events as ev
from rules.alarms import breaches_before, due_events, told_of
from rules.case import Case
from rules.clock import DUE, is_warning
from rules.clock_events import Alarm, Told
from rules.clocks import follow
from rules.fold import extend
from rules.people import Role
from rules.schedule import Calendar
from tests.rules_case import happenings as it
from tests.rules_case.happenings import after, lived

HANDLING = "hantering:röd"
RED = lived(it.classified())
HUB = (it.classified(), it.protected(), it.level_set(), it.called("barn", "ungdom"))


def swept(case: Case, at: datetime) -> tuple[Case, tuple[ev.Event, ...]]:
    """The case after one sweep at `at`, with its clocks followed, and what the sweep told."""
    told = due_events(case, it.CALENDAR, at)
    case = extend(case, told)
    return extend(case, follow(case, it.CALENDAR, at)), told


def alerted(events: Sequence[ev.Event], key: str) -> dict[str, tuple[Told, ...]]:
    return {it.step: it.told for it in events if isinstance(it, ev.Alerted) and it.key == key}


def roles(told: Sequence[Told]) -> set[str | None]:
    return {one.role for one in told}


def test_nothing_is_told_before_its_moment() -> None:
    first = min(alarm.at for clock in RED.clocks.values() for alarm in clock.pending)

    assert due_events(RED, it.CALENDAR, first - timedelta(microseconds=1)) == ()
    assert due_events(RED, it.CALENDAR, first) != ()


def test_the_first_step_is_told_in_the_same_breath_as_the_breach() -> None:
    _, told = swept(RED, after(240))
    (breach,) = [one for one in told if isinstance(one, ev.DeadlinePassed) and one.key == HANDLING]

    assert roles(alerted(told, HANDLING)[DUE]) == {"mottagning", "enhetschef"}
    assert breach.due_at == after(240)


def test_each_later_step_goes_further_up_in_its_time() -> None:
    case, _ = swept(RED, after(240))

    assert alerted(swept(case, after(269))[1], HANDLING) == {}
    higher = alerted(swept(case, after(270))[1], HANDLING)
    assert {step: roles(told) for step, told in higher.items()} == {"steg-2": {"verksamhetschef"}}


def test_after_an_outage_no_step_of_the_ladder_is_missed_and_no_old_warning_is_told() -> None:
    told = alerted(swept(RED, after(420))[1], HANDLING)

    assert {step for step in told if is_warning(step) and told[step]} == set()
    assert roles(told[DUE]) == {"mottagning", "enhetschef"}
    assert roles(told["steg-2"]) == {"verksamhetschef"}


def test_what_is_told_late_when_the_office_has_closed_goes_to_the_duty_service_too() -> None:
    told = alerted(swept(RED, after(600))[1], HANDLING)

    assert all("socialjour" in roles(told[step]) for step in (DUE, "steg-2"))


@given(st.lists(st.integers(0, 60 * 24 * 40), min_size=1, max_size=12))
def test_however_often_it_sweeps_every_step_is_told_once(minutes: list[int]) -> None:
    case = RED
    seen: list[tuple[str, str]] = []
    for minute in sorted(minutes):
        case, told = swept(case, after(minute))
        seen += [(one.key, one.step) for one in told if isinstance(one, ev.Alerted)]
        assert due_events(case, it.CALENDAR, after(minute)) == ()

    assert len(seen) == len(set(seen))
    late = {key for key, clock in case.clocks.items() if clock.due_at <= after(max(minutes))}
    assert late == {key for key, clock in case.clocks.items() if clock.passed is not None}


def test_an_explained_breach_is_told_no_further_but_what_it_promised_is_watched() -> None:
    case, _ = swept(RED, after(240))
    case = extend(case, [replace(it.explained(HANDLING), at=after(250), measure="Rings nu.")])
    case = it.followed(case, after(250))

    assert case.clocks[HANDLING].pending == ()
    assert [key for key in it.running(case) if key.startswith(f"atgard:{HANDLING}")] != []


def test_a_representative_and_who_stands_in_for_the_unit_are_both_told() -> None:
    case = lived(*HUB, it.deputy("barn"))
    told = alerted(due_events(case, it.CALENDAR, after(120)), "enhetssvar:barn")

    assert Told(role="enhet", unit="barn") in told["varning-2"]
    assert Told(role="enhet", unit="barn", account="konto-Dora") in told["varning-2"]


def test_every_unit_of_the_hub_is_warned_of_the_meeting() -> None:
    key = next(key for key in lived(*HUB).clocks if key.startswith("hubbmote"))
    told = alerted(due_events(lived(*HUB), it.CALENDAR, after(170)), key)

    units = {one.unit for one in told["varning-1"] if one.role == "enhet"}
    assert units == {"barn", "ungdom"}


def test_before_the_handover_the_intake_watches_what_is_the_investigators() -> None:
    opened = lived(*HUB, it.decided())
    closed = lived(*HUB, it.decided(), it.handed(), it.taken())
    at = opened.clocks["utredning"].due_at
    before = replace(opened, decision=None)

    assert roles(alerted(due_events(before, it.CALENDAR, at), "utredning")[DUE]) == {
        "mottagning", "enhetschef"
    }  # fmt: skip
    assert "utredare" in roles(alerted(due_events(closed, it.CALENDAR, at), "utredning")[DUE])


EVENING = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
GOOD_FRIDAY = datetime(2026, 4, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("received", [EVENING, GOOD_FRIDAY], ids=["evening", "rest day"])
def test_outside_office_hours_the_duty_service_is_told_as_well(received: datetime) -> None:
    case = it.case_of(it.classified(), first=replace(it.registered(), received_at=received))
    clock = it.followed(case, received).clocks[HANDLING]

    assert all(Role.DUTY.value in alarm.tell for alarm in clock.pending)


def test_in_office_hours_and_without_any_the_duty_service_is_not_told() -> None:
    always = replace(it.CALENDAR, policy=it.CALENDAR.policy.model_copy(update={"office": None}))
    evening = it.case_of(it.classified(), first=replace(it.registered(), received_at=EVENING))
    started = extend(evening, follow(evening, always, EVENING)).clocks[HANDLING]

    assert all(Role.DUTY.value not in alarm.tell for alarm in started.pending)
    assert all(Role.DUTY.value not in alarm.tell for alarm in RED.clocks[HANDLING].pending)


def test_a_clock_from_before_the_ladder_still_warns_and_tells_everybody_at_its_end() -> None:
    now = RED.clocks[HANDLING].started
    older = replace(now, alarms=(), warn_at=(after(180),), escalate=("enhetschef",))
    case = it.case_of(it.classified(), older)

    assert [alarm.step for alarm in case.clocks[HANDLING].pending] == ["varning-1", DUE]
    told = alerted(due_events(case, it.CALENDAR, after(240)), HANDLING)
    assert roles(told[DUE]) == {"mottagning", "enhetschef"}


def test_a_clock_that_the_rules_no_longer_have_is_not_resumed_but_stopped() -> None:
    case = lived(it.decided(), *_resting())
    key = "informationsinhamtning:b1"
    clocks = {
        name: it for name, it in it.CALENDAR.policy.clocks.items() if not key.startswith(name)
    }
    fewer = Calendar(
        it.CALENDAR.policy.model_copy(update={"clocks": clocks}), "v2", it.CALENDAR.rests
    )

    assert [
        one for one in due_events(case, fewer, after(60 * 24 * 9)) if getattr(one, "key", "") == key
    ] == []
    assert key in {one.key for one in follow(case, fewer, after(60 * 24 * 9))}


def _resting() -> tuple[ev.Event, ...]:
    asked = ev.InformationRequested(
        at=after(200), by=it.BY, request_id="b1", party="skola", act="hämta", question="Hur?",
        ground="SoL 20:5-6", gate="hamta-under-utredning",
    )  # fmt: skip
    rests = ev.ClockSuspended(
        at=after(210), by=it.BY, key="informationsinhamtning:b1", until=after(60 * 24 * 7),
        reason="Lov.", ground="särskilda skäl", law=None,
    )  # fmt: skip
    return asked, rests


def test_a_rest_ends_by_itself_and_the_clock_is_moved_by_just_that() -> None:
    case = lived(it.decided(), *_resting())
    before = case.clocks["informationsinhamtning:b1"].due_at
    case, told = swept(case, after(60 * 24 * 8))
    (resumed,) = [one for one in told if isinstance(one, ev.ClockResumed)]

    assert resumed.resumed_at == after(60 * 24 * 7)
    assert case.clocks["informationsinhamtning:b1"].due_at - before == (
        timedelta(days=7) - timedelta(minutes=210)
    )


def test_what_passed_before_a_late_step_is_recorded_and_warnings_are_left_to_the_sweep() -> None:
    before = breaches_before(RED, it.CALENDAR, after(240))

    assert {one.key for one in before if isinstance(one, ev.DeadlinePassed)} == {
        key for key, clock in RED.clocks.items() if clock.due_at <= after(240)
    }
    assert breaches_before(RED, it.CALENDAR, after(25)) == ()
    assert due_events(RED, it.CALENDAR, after(25)) != ()


def test_what_is_planned_is_told_to_the_same_when_its_moment_comes() -> None:
    clock = RED.clocks[HANDLING]
    (due,) = [alarm for alarm in clock.pending if alarm.step == DUE]

    planned = told_of(RED, clock, due, policy=it.CALENDAR.policy)
    assert planned == alerted(swept(RED, due.at)[1], HANDLING)[DUE]


def test_what_is_told_to_the_units_goes_to_the_intake_before_any_unit_is_called() -> None:
    alarm = Alarm(step=DUE, at=after(240), tell=("enhet",))
    called = lived(*HUB)

    for case, told in (
        (RED, {("mottagning", "mottagning")}),
        (called, {("enhet", "barn"), ("enhet", "ungdom")}),
    ):
        found = told_of(case, case.clocks[HANDLING], alarm, policy=it.CALENDAR.policy)
        assert {(one.role, one.unit) for one in found} == told

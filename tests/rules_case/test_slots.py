"""The meeting time: the first that gives the units their time and keeps the deadline."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.policy import SlotPolicy
from rules.slots import Slot, at_time, propose
from tests.rules_case import happenings as it

SHIPPED = it.CALENDAR.policy.slots
SWEDEN = ZoneInfo("Europe/Stockholm")
WORKDAYS = SlotPolicy.model_validate(
    {
        "weekdays": ["mån", "tis", "ons", "tors", "fre"],
        "times": ["15.00", "09.00"],
        "length": "30 min",
        "answer_time": "2 h",
        "decision_time": "15 min",
    }
)


def swedish(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN).astimezone(UTC)


def starts(slot: Slot) -> str:
    return slot.starts_at.astimezone(SWEDEN).isoformat(timespec="minutes")[:16]


def test_the_first_standing_slot_that_fits_is_proposed() -> None:
    slot = propose(swedish("2026-03-10T08:10"), swedish("2026-03-10T20:00"), SHIPPED)

    assert starts(slot) == "2026-03-10T11:30"
    assert not slot.extra
    assert slot.ends_at - slot.starts_at == timedelta(minutes=30)
    assert slot.answer_by == swedish("2026-03-10T10:10")
    assert slot.why == "första fasta tid som ger enheterna 2 h och håller fristen kl. 20.00"


def test_a_slot_that_ends_just_in_time_for_the_decision_is_kept() -> None:
    slot = propose(swedish("2026-03-10T08:00"), swedish("2026-03-10T10:45"), SHIPPED)

    assert (starts(slot), slot.extra) == ("2026-03-10T10:00", False)


def test_without_a_standing_slot_in_time_an_extra_meeting_gives_the_units_their_time() -> None:
    slot = propose(swedish("2026-03-10T08:10"), swedish("2026-03-10T12:00"), SHIPPED)

    assert (starts(slot), slot.extra) == ("2026-03-10T10:10", True)
    assert slot.answer_by == slot.starts_at
    assert slot.why == "ingen fast tid ger enheterna 2 h och håller fristen: extra möte"


def test_an_extra_meeting_may_end_at_the_very_last_moment() -> None:
    slot = propose(swedish("2026-03-10T08:10"), swedish("2026-03-10T10:55"), SHIPPED)

    assert (starts(slot), slot.extra) == ("2026-03-10T10:10", True)
    assert "ingen fast tid" in slot.why


def test_a_deadline_that_is_too_near_shortens_the_units_time_and_says_by_how_much() -> None:
    slot = propose(swedish("2026-03-10T09:00"), swedish("2026-03-10T11:00"), SHIPPED)

    assert (starts(slot), slot.extra) == ("2026-03-10T10:15", True)
    assert slot.answer_by == slot.starts_at
    assert "ger enheterna bara 75 min i stället för 2 h" in slot.why


@pytest.mark.parametrize("deadline", ["2026-03-10T09:30", "2026-03-10T09:45", "2026-03-09T09:00"])
def test_a_deadline_that_cannot_be_kept_is_said_and_the_hub_meets_at_once(deadline: str) -> None:
    slot = propose(swedish("2026-03-10T09:00"), swedish(deadline), SHIPPED)

    assert (starts(slot), slot.extra) == ("2026-03-10T09:30", True)
    assert "går inte att hålla" in slot.why


def test_weekends_without_slots_are_passed_over() -> None:
    slot = propose(swedish("2026-03-13T15:30"), swedish("2026-03-20T12:00"), WORKDAYS)

    assert starts(slot) == "2026-03-16T09:00"


def test_a_slot_keeps_its_swedish_hour_when_summer_time_begins() -> None:
    slot = propose(swedish("2026-03-28T23:00"), swedish("2026-03-29T20:00"), SHIPPED)

    assert starts(slot) == "2026-03-29T08:30"
    assert slot.starts_at == datetime(2026, 3, 29, 6, 30, tzinfo=UTC)


def test_a_chosen_time_never_gives_the_units_longer_than_to_its_start() -> None:
    soon = at_time(swedish("2026-03-10T09:00"), swedish("2026-03-10T09:40"), SHIPPED)
    late = at_time(swedish("2026-03-10T09:00"), swedish("2026-03-10T15:00"), SHIPPED)

    assert soon.answer_by == soon.starts_at
    assert late.answer_by == swedish("2026-03-10T11:00")
    assert soon.why == late.why == "vald av den som kallade"


def test_an_extra_meeting_is_on_the_whole_minute_and_takes_no_second_from_the_units() -> None:
    called = swedish("2026-03-10T08:10") + timedelta(seconds=31)
    slot = propose(called, swedish("2026-03-10T12:00"), SHIPPED)

    assert starts(slot) == "2026-03-10T10:11"
    assert slot.starts_at.second == 0
    assert slot.answer_by == called + timedelta(hours=2)


BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
calls = st.integers(0, 525_600 * 60).map(lambda seconds: BEGINNING + timedelta(seconds=seconds))
policies = st.sampled_from([SHIPPED, WORKDAYS])


@given(calls, st.timedeltas(timedelta(hours=-5), timedelta(days=5)), policies)
def test_no_proposal_lets_an_answer_come_after_the_meeting_or_before_the_call(
    called: datetime, left: timedelta, policy: SlotPolicy
) -> None:
    slot = propose(called, called + left, policy)

    assert called < slot.answer_by <= slot.starts_at < slot.ends_at
    assert slot.answer_by <= called + policy.answer_time.elapsed
    assert slot.starts_at.second == slot.starts_at.microsecond == 0


@given(calls, st.timedeltas(timedelta(hours=-5), timedelta(days=5)), policies)
def test_a_deadline_that_can_be_kept_is_kept_and_else_it_is_said(
    called: datetime, left: timedelta, policy: SlotPolicy
) -> None:
    deadline = called + left
    slot = propose(called, deadline, policy)
    kept = slot.ends_at + policy.decision_time.elapsed <= deadline

    assert kept != ("går inte att hålla" in slot.why)
    assert slot.extra or kept


@given(calls, st.timedeltas(timedelta(hours=3), timedelta(days=5)), policies)
def test_with_time_enough_the_units_get_all_they_were_promised(
    called: datetime, left: timedelta, policy: SlotPolicy
) -> None:
    slot = propose(called, called + left, policy)

    assert slot.answer_by == called + policy.answer_time.elapsed


@given(calls, st.timedeltas(timedelta(minutes=1), timedelta(days=3)))
def test_a_chosen_time_is_kept_to_the_minute(called: datetime, ahead: timedelta) -> None:
    chosen = called + ahead
    assume(chosen.replace(second=0, microsecond=0) >= called)

    slot = at_time(called, chosen, SHIPPED)

    assert timedelta(0) <= chosen - slot.starts_at < timedelta(minutes=1)
    assert called <= slot.answer_by <= slot.starts_at

"""The meeting time: the first that keeps every promise, and else which of them gives way."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.diary import Diary
from rules.slot_policy import SlotPolicy
from rules.slots import Slot, at_time, propose
from rules.wish import Promise, Wish
from tests.rules_case.diaries import (
    EVERY_DAY,
    NIGHTS,
    PEOPLE,
    UNITS,
    WORKDAYS,
    away,
    booking,
    local,
    rooms,
    swedish,
)

NAMES = {"barn": "Barn och familj", "ungdom": "Ungdom"}


def wish(
    called: str, deadline: str, policy: SlotPolicy = EVERY_DAY, diary: Diary | None = None
) -> Wish:
    return Wish(swedish(called), swedish(deadline), policy, UNITS, diary or Diary())


def proposed(
    called: str, deadline: str, policy: SlotPolicy = EVERY_DAY, diary: Diary | None = None
) -> Slot:
    return propose(wish(called, deadline, policy, diary))


def test_the_first_standing_slot_that_fits_is_proposed() -> None:
    slot = proposed("2026-03-10T08:10", "2026-03-10T20:00")

    assert (local(slot.starts_at), slot.extra, slot.room) == ("2026-03-10T11:30", False, "rum-1")
    assert slot.ends_at - slot.starts_at == timedelta(minutes=30)
    assert slot.answer_by == swedish("2026-03-10T10:10")
    assert slot.why == "första fasta tid som ger enheterna 2 h och håller fristen kl. 20.00"
    assert slot.gives_way == slot.missing == ()


def test_a_deadline_on_another_day_is_told_with_its_day() -> None:
    assert proposed("2026-03-10T17:00", "2026-03-11T05:00").why.endswith("den 11/3 kl. 05.00")


def test_a_slot_that_ends_just_in_time_for_the_decision_is_kept() -> None:
    slot = proposed("2026-03-10T08:00", "2026-03-10T10:45")

    assert (local(slot.starts_at), slot.extra) == ("2026-03-10T10:00", False)


def test_without_a_standing_slot_in_time_an_extra_meeting_gives_the_units_their_time() -> None:
    slot = proposed("2026-03-10T08:10", "2026-03-10T12:00")

    assert (local(slot.starts_at), slot.extra) == ("2026-03-10T10:10", True)
    assert slot.answer_by == slot.starts_at
    assert slot.why == "ingen fast tid ger enheterna 2 h och håller fristen: extra möte"


def test_an_extra_meeting_may_end_at_the_very_last_moment() -> None:
    slot = proposed("2026-03-10T08:10", "2026-03-10T10:55")

    assert (local(slot.starts_at), slot.extra) == ("2026-03-10T10:10", True)
    assert "ingen fast tid" in slot.why


def test_a_deadline_that_is_too_near_shortens_the_units_time_and_says_by_how_much() -> None:
    slot = proposed("2026-03-10T09:00", "2026-03-10T11:00")

    assert (local(slot.starts_at), slot.extra) == ("2026-03-10T10:15", True)
    assert slot.answer_by == slot.starts_at
    assert slot.gives_way == (Promise.ANSWER_TIME,)
    assert slot.why == (
        "fristen kl. 11.00 ger enheterna bara 75 min i stället för 2 h: extra möte så sent som"
        " fristen tillåter"
    )


@pytest.mark.parametrize("deadline", ["2026-03-10T09:30", "2026-03-10T09:45", "2026-03-09T09:00"])
def test_a_deadline_that_cannot_be_kept_is_said_and_the_hub_meets_at_once(deadline: str) -> None:
    slot = proposed("2026-03-10T09:00", deadline)

    assert (local(slot.starts_at), slot.extra) == ("2026-03-10T09:30", True)
    assert slot.gives_way == (Promise.DEADLINE, Promise.ANSWER_TIME)
    assert "går inte att hålla" in slot.why


def test_a_call_very_late_gives_the_units_what_there_is() -> None:
    slot = proposed("2026-03-10T09:00", "2026-03-10T09:50")

    assert local(slot.starts_at) == "2026-03-10T09:05"
    assert "bara 5 min" in slot.why


def test_weekends_without_slots_are_passed_over() -> None:
    slot = proposed("2026-03-13T15:30", "2026-03-20T12:00", WORKDAYS)

    assert local(slot.starts_at) == "2026-03-16T09:00"


def test_rest_days_have_no_standing_slots_when_the_rules_say_so() -> None:
    good_friday = swedish("2026-04-03T12:00").date()
    diary = Diary(rests=lambda day: "Långfredagen" if day == good_friday else None)

    assert (
        local(proposed("2026-04-02T14:00", "2026-04-07T12:00", WORKDAYS, diary).starts_at)
        == "2026-04-06T09:00"
    )
    assert (
        local(proposed("2026-04-02T23:00", "2026-04-03T20:00", EVERY_DAY, diary).starts_at)
        == "2026-04-03T08:30"
    )


def test_a_slot_keeps_its_swedish_hour_when_summer_time_begins() -> None:
    slot = proposed("2026-03-28T23:00", "2026-03-29T20:00")

    assert local(slot.starts_at) == "2026-03-29T08:30"
    assert slot.starts_at == datetime(2026, 3, 29, 6, 30, tzinfo=UTC)


def test_on_the_night_without_an_hour_the_slots_come_in_the_order_of_time() -> None:
    slot = proposed("2026-03-28T23:35", "2026-03-29T06:00", NIGHTS)
    nights = Wish(swedish("2026-03-29T00:00"), swedish("2026-03-29T12:00"), NIGHTS)

    assert local(slot.starts_at) == "2026-03-29T03:00"
    found = list(nights.standing(nights.at, nights.deadline))
    assert found == sorted(found)


def test_on_the_night_with_two_the_units_have_their_time_in_hours_that_pass() -> None:
    slot = proposed("2026-10-25T00:40", "2026-10-25T08:00", NIGHTS)

    assert slot.starts_at - swedish("2026-10-25T00:40") >= timedelta(hours=2)
    assert local(slot.starts_at) == "2026-10-25T03:00"


def test_a_booked_room_is_passed_over_and_told() -> None:
    diary = Diary((booking("2026-03-10T11:30"),), names=NAMES)
    slot = proposed("2026-03-10T08:10", "2026-03-10T20:00", diary=diary)

    assert (local(slot.starts_at), slot.extra) == ("2026-03-10T13:00", False)
    assert slot.why.endswith("; kl. 11.30 är alla rum upptagna")


def test_with_a_second_room_two_cases_meet_at_once() -> None:
    diary = Diary((booking("2026-03-10T11:30"),))
    slot = proposed("2026-03-10T08:10", "2026-03-10T20:00", rooms(EVERY_DAY, 2), diary)

    assert (local(slot.starts_at), slot.room) == ("2026-03-10T11:30", "rum-2")


def test_a_unit_with_one_representative_does_not_sit_in_two_meetings() -> None:
    met = (booking("2026-03-10T11:30", "ungdom", "barn"),)
    slot = proposed(
        "2026-03-10T08:10", "2026-03-10T20:00", rooms(EVERY_DAY, 2), Diary(met, PEOPLE, (), NAMES)
    )

    assert local(slot.starts_at) == "2026-03-10T13:00"
    assert slot.why.endswith("; kl. 11.30 kan ingen från Ungdom vara med")


def test_a_unit_whose_only_representative_is_away_is_waited_for() -> None:
    absent = (away("Uno", "2026-03-10T08:00", "2026-03-10T12:00"),)
    slot = proposed("2026-03-10T08:10", "2026-03-10T20:00", diary=Diary((), PEOPLE, absent, NAMES))

    assert local(slot.starts_at) == "2026-03-10T13:00"


def test_a_standing_deputy_makes_a_unit_present_unless_away_too() -> None:
    absent = away("Uno", "2026-03-10T08:00", "2026-03-10T23:00", deputy="Eka")
    both = away("Eka", "2026-03-10T11:00", "2026-03-10T12:00")

    assert (
        local(
            proposed(
                "2026-03-10T08:10", "2026-03-10T20:00", diary=Diary((), PEOPLE, (absent,))
            ).starts_at
        )
        == "2026-03-10T11:30"
    )
    assert (
        local(
            proposed(
                "2026-03-10T08:10", "2026-03-10T20:00", diary=Diary((), PEOPLE, (absent, both))
            ).starts_at
        )
        == "2026-03-10T13:00"
    )


def test_between_two_bookings_an_extra_meeting_is_found_that_keeps_all() -> None:
    met = (booking("2026-03-10T10:00", minutes=40), booking("2026-03-10T11:30"))
    slot = proposed("2026-03-10T08:10", "2026-03-10T12:20", diary=Diary(met))

    assert (local(slot.starts_at), slot.extra, slot.gives_way) == ("2026-03-10T10:40", True, ())
    assert slot.why == (
        "ingen fast tid håller alla löften: extra möte; kl. 11.30 är alla rum upptagna"
    )


def test_when_no_room_is_free_the_room_gives_way_first() -> None:
    met = (booking("2026-03-10T08:00", minutes=300),)
    slot = proposed("2026-03-10T08:10", "2026-03-10T12:20", diary=Diary(met))

    assert (local(slot.starts_at), slot.room) == ("2026-03-10T11:30", "")
    assert slot.gives_way == (Promise.ROOM,)
    assert "alla rum är upptagna då, ordna ett annat" in slot.why


def test_when_a_unit_is_taken_the_units_time_gives_way_before_the_unit() -> None:
    met = (booking("2026-03-10T10:00", "ungdom", room="rum-2", minutes=150),)
    diary = Diary(met, PEOPLE, (), NAMES)
    slot = proposed("2026-03-10T08:10", "2026-03-10T12:20", diary=diary)

    assert (local(slot.starts_at), slot.gives_way) == ("2026-03-10T09:30", (Promise.ANSWER_TIME,))
    assert slot.why == (
        "fristen kl. 12.20 och det som redan är bokat ger enheterna bara 80 min i stället för 2 h:"
        " extra möte så sent som det går; kl. 11.30 kan ingen från Ungdom vara med"
    )


def test_when_nothing_else_can_a_unit_answers_in_writing() -> None:
    met = tuple(
        booking("2026-03-10T08:00", "ungdom", "barn", room=room, minutes=300)
        for room in ("", "rum-2")
    )
    slot = proposed("2026-03-10T08:10", "2026-03-10T12:20", diary=Diary(met, PEOPLE, (), NAMES))

    assert (local(slot.starts_at), slot.gives_way) == ("2026-03-10T11:30", (Promise.PRESENCE,))
    assert slot.missing == ("barn", "ungdom")
    assert "ingen från Barn och familj eller Ungdom kan vara med" in slot.why


def test_with_neither_room_nor_unit_the_deadline_is_still_kept() -> None:
    met = (booking("2026-03-10T08:00", "ungdom", minutes=300),)
    slot = proposed("2026-03-10T08:10", "2026-03-10T12:20", diary=Diary(met, PEOPLE))

    assert local(slot.starts_at) == "2026-03-10T11:30"
    assert slot.gives_way == (Promise.PRESENCE, Promise.ROOM)


def test_many_taken_times_are_counted_and_not_listed() -> None:
    times = ("10:30", "11:30", "13:00", "14:30", "16:00", "18:00")
    met = tuple(booking(f"2026-03-10T{it}") for it in times)
    slot = proposed("2026-03-10T08:10", "2026-03-10T22:00", diary=Diary(met))

    assert local(slot.starts_at) == "2026-03-10T20:00"
    assert slot.why.endswith("2 senare tider är också upptagna")


def test_a_chosen_time_never_gives_the_units_longer_than_to_its_start() -> None:
    called = wish("2026-03-10T09:00", "2026-03-10T20:00")
    soon = at_time(called, swedish("2026-03-10T09:40"))
    late = at_time(called, swedish("2026-03-10T14:30"))

    assert soon.answer_by == soon.starts_at
    assert late.answer_by == swedish("2026-03-10T11:00")
    assert (soon.extra, late.extra) == (True, False)
    assert late.why == "vald av den som kallade"
    assert soon.why == "vald av den som kallade; enheterna får 40 min i stället för 2 h"


def test_a_chosen_time_is_told_with_all_it_costs() -> None:
    diary = Diary((booking("2026-03-10T12:30", "ungdom"),), PEOPLE, (), NAMES)
    slot = at_time(
        wish("2026-03-10T09:00", "2026-03-10T12:00", diary=diary), swedish("2026-03-10T12:45")
    )

    assert slot.gives_way == (Promise.DEADLINE, Promise.PRESENCE, Promise.ROOM)
    assert slot.room == ""
    assert slot.why == (
        "vald av den som kallade; fristen kl. 12.00 hålls inte; ingen från Ungdom kan vara med,"
        " de får svara skriftligt; alla rum är upptagna då, ordna ett annat"
    )


def test_an_extra_meeting_is_on_the_whole_minute_and_takes_no_second_from_the_units() -> None:
    called = swedish("2026-03-10T08:10") + timedelta(seconds=31)
    slot = propose(Wish(called, swedish("2026-03-10T12:00"), EVERY_DAY))

    assert local(slot.starts_at) == "2026-03-10T10:11"
    assert slot.starts_at.second == 0
    assert slot.answer_by == called + timedelta(hours=2)


def test_a_hub_called_before_keeps_the_units_time_from_then() -> None:
    moved = Wish(
        swedish("2026-03-10T10:00"),
        swedish("2026-03-10T20:00"),
        EVERY_DAY,
        called_at=swedish("2026-03-10T07:00"),
    )
    slot = propose(moved)

    assert local(slot.starts_at) == "2026-03-10T10:00"
    assert slot.answer_by == swedish("2026-03-10T09:00")
    assert slot.gives_way == ()

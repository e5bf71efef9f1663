"""Capacity ahead: an hour is tight when, and only when, what comes in then finds no standing time
that keeps every promise."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings

from rules.capacity import Day, Hours, outlook
from rules.diary import Diary
from rules.level import Level
from rules.slots import propose
from rules.wish import Wish, whole_after
from tests.rules_case.diaries import (
    EVERY_DAY,
    NIGHTS,
    PEOPLE,
    WORKDAYS,
    away,
    booking,
    local,
    swedish,
    wishes,
)

LENGTHS = {Level.RED: timedelta(hours=4), Level.ORANGE: timedelta(hours=12)}
HOUR = timedelta(hours=1)


def ahead(now: str, diary: Diary | None = None, days: int = 1) -> dict[Level, list[Day]]:
    wish = Wish(swedish(now), swedish(now), EVERY_DAY, ("barn", "ungdom"), diary or Diary())
    found = outlook(wish, LENGTHS, days=days)
    return {level: [it for it in found if it.level is level] for level in LENGTHS}


def hours(stretches: tuple[Hours, ...]) -> list[tuple[str, str]]:
    return [(local(it.since)[11:], local(it.until)[11:]) for it in stretches]


def test_a_day_with_nothing_booked_is_not_tight_but_has_hours_without_a_standing_time() -> None:
    (red,) = ahead("2026-03-10T00:00")[Level.RED]

    assert red.taken == ()
    assert red.reasons == ()
    assert hours(red.without) == [("00:00", "06:00"), ("21:00", "00:00")]


def test_a_taken_time_makes_the_hours_tight_that_have_no_other() -> None:
    diary = Diary((booking("2026-03-10T11:30"),))
    (red,), (orange,) = ahead("2026-03-10T08:00", diary).values()

    assert hours(red.taken) == [("09:00", "10:00")]
    assert red.reasons == ("kl. 11.30 är alla rum upptagna",)
    assert orange.taken == ()


def test_an_absence_makes_a_day_tight_and_is_told_by_unit_and_never_by_name() -> None:
    absent = (away("Uno", "2026-03-11T07:00", "2026-03-11T17:00"),)
    diary = Diary((), PEOPLE, absent, {"ungdom": "Ungdom"})
    today, tomorrow = ahead("2026-03-10T08:00", diary, days=2)[Level.RED]

    assert today.taken == ()
    assert hours(tomorrow.taken) == [("06:00", "15:00")]
    assert tomorrow.reasons[0] == "kl. 08.30 kan ingen från Ungdom vara med"
    assert not any("Uno" in reason for reason in tomorrow.reasons)


def test_hours_that_are_over_are_not_told() -> None:
    (red,) = ahead("2026-03-10T22:20")[Level.RED]

    assert hours(red.without) == [("22:00", "00:00")]


def test_a_day_of_summer_time_has_its_own_number_of_hours() -> None:
    for day, number in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-03-30", 24)):
        wish = Wish(swedish(f"{day}T00:00"), swedish(f"{day}T00:00"), WORKDAYS)
        saturday = replace(wish, policy=WORKDAYS.model_copy(update={"weekdays": ("lör",)}))
        (found,) = outlook(saturday, {Level.RED: timedelta(hours=4)}, days=1)

        assert sum((it.until - it.since) // HOUR for it in found.without) == number
        assert found.day == date.fromisoformat(day)


def test_of_no_level_nothing_is_told() -> None:
    wish = Wish(swedish("2026-03-10T08:00"), swedish("2026-03-10T08:00"), NIGHTS)

    assert outlook(wish, {}) == ()


def naive(wish: Wish, hour: datetime, length: timedelta) -> str:
    """Ask for a proposal at the hour itself."""
    asked = replace(wish, at=max(hour, wish.at), called_at=None, deadline=hour + length)
    some = list(asked.standing(asked.answered, asked.latest))
    if not some:
        return "without"
    slot = propose(asked)
    return "kept" if not slot.extra and not slot.gives_way else "taken"


@settings(max_examples=40)
@given(wishes.map(lambda it: replace(it, called_at=None)))
def test_every_hour_is_told_as_a_proposal_at_it_would_be(wish: Wish) -> None:
    for day in outlook(wish, LENGTHS, days=3):
        told = {
            **dict.fromkeys(spread(day.taken), "taken"),
            **dict.fromkeys(spread(day.without), "without"),
        }
        for hour in spread((Hours(whole_hour(wish.at), wish.at + timedelta(days=4)),)):
            if local(hour)[:10] == str(day.day):
                expected = naive(wish, hour, LENGTHS[day.level])
                assert told.get(hour, "kept") == expected


def spread(stretches: tuple[Hours, ...]) -> list[datetime]:
    found = []
    for it in stretches:
        at = it.since
        while at < it.until:
            found.append(at)
            at += HOUR
    return found


def whole_hour(at: datetime) -> datetime:
    return whole_after(at.replace(minute=0, second=0))

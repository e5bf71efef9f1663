"""Swedish clock time: what a moment is called, and in which nights clocks are changed."""

from datetime import UTC, date, datetime, timedelta

from rules.local_time import (
    Shift,
    clock_time,
    last_clock_time,
    last_moment,
    moment,
    moments_of,
    shifts,
)
from tests.rules_case.almanac import clock

SUMMER_HALF_PAST_TWO = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_only_the_doubled_hour_is_told_with_its_season() -> None:
    assert moment(SUMMER_HALF_PAST_TWO) == "2026-10-25 kl. 02.30 sommartid"
    assert moment(SUMMER_HALF_PAST_TWO + HOUR) == "2026-10-25 kl. 02.30 vintertid"
    assert clock_time(SUMMER_HALF_PAST_TWO - HOUR) == "01.30"
    assert clock_time(SUMMER_HALF_PAST_TWO + 2 * HOUR) == "03.30"


def test_an_end_at_midnight_belongs_to_the_day_that_ends() -> None:
    midnight = datetime(2026, 3, 14, 23, 0, tzinfo=UTC)

    assert last_moment(midnight) == "2026-03-14 kl. 24.00"
    assert last_clock_time(midnight) == "24.00"
    assert last_moment(midnight + HOUR) == "2026-03-15 kl. 01.00"


def test_the_earlier_of_two_moments_comes_first() -> None:
    twice = moments_of(date(2026, 10, 25), clock(2, 30))

    assert twice == (SUMMER_HALF_PAST_TWO, SUMMER_HALF_PAST_TWO + HOUR)


def test_every_change_of_the_clocks_in_a_long_time_is_found_in_order() -> None:
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)

    assert list(shifts(start, end)) == [
        Shift(date(2026, 3, 29), shorter=True),
        Shift(date(2026, 10, 25), shorter=False),
        Shift(date(2027, 3, 28), shorter=True),
    ]
    assert list(shifts(start, start + HOUR)) == []


def test_a_change_counts_from_the_moment_it_is_made() -> None:
    change = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)

    assert list(shifts(change - HOUR, change - timedelta(seconds=1))) == []
    assert list(shifts(change - HOUR, change)) == [Shift(date(2026, 3, 29), shorter=True)]
    assert list(shifts(change, change + HOUR)) == []

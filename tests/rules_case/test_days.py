"""A stretch of days has both its ends, follows the Swedish clock, and is never endless."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.days import LONGEST, Days, monday, week_of
from rules.errors import Invalid

DATES = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))
LENGTHS = st.integers(0, 400).map(timedelta)
DAY = timedelta(days=1)


@given(DATES, LENGTHS)
def test_days_in_a_row_leave_no_moment_between_them_and_share_none(
    first: date, length: timedelta
) -> None:
    days = Days(first, first + length)
    after = Days(days.last + DAY, days.last + DAY)

    assert days.since < days.until == after.since


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 10), 24)]
)
def test_a_day_is_as_long_as_it_is_in_sweden(day: date, hours: int) -> None:
    whole = Days(day, day)

    assert whole.until - whole.since == timedelta(hours=hours)


@given(DATES, LENGTHS)
def test_the_weeks_are_the_mondays_of_all_the_days(first: date, length: timedelta) -> None:
    days = Days(first, first + length)
    each = [first + DAY * number for number in range(length.days + 1)]

    assert days.weeks == tuple(sorted({monday(day) for day in each}))
    assert all(week.isocalendar().weekday == 1 for week in days.weeks)


def test_the_week_turns_at_midnight_in_sweden_and_not_in_greenwich() -> None:
    late = datetime(2026, 3, 8, 22, 59, tzinfo=UTC)

    assert week_of(late) == date(2026, 3, 2)
    assert week_of(late + timedelta(minutes=1)) == date(2026, 3, 9)


@pytest.mark.parametrize(("length", "field"), [(-DAY, "until"), (LONGEST + DAY, "from")])
def test_days_the_wrong_way_round_or_too_many_are_refused_by_field(
    length: timedelta, field: str
) -> None:
    with pytest.raises(Invalid) as told:
        Days(date(2026, 3, 1), date(2026, 3, 1) + length)

    assert list(told.value.faults) == [field]


def test_ten_years_are_not_too_many() -> None:
    assert Days(date(2016, 3, 1), date(2016, 3, 1) + LONGEST).weeks

"""The office is open in its own hours on working days; nobody else's day and no other clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from adapters.calendar import rest_day
from rules.local_time import STOCKHOLM
from rules.office import OfficeHours, is_open, next_opening

HOURS = OfficeHours(weekdays=("mån", "tis", "ons", "tors", "fre"), opens="08.00", closes="16.30")
SUNDAYS = OfficeHours(weekdays=("sön",), opens="08.00", closes="16.30")
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 21 * 365 * 86_400).map(lambda it: BEGINNING + timedelta(seconds=it))


def never(day: date) -> None:
    return None


def swedish(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "is_it"),
    [
        ("2026-03-10T07:59:59", False),
        ("2026-03-10T08:00", True),
        ("2026-07-07T08:00", True),
        ("2026-03-10T16:29:59", True),
        ("2026-03-10T16:30", False),
        ("2026-03-14T10:00", False),  # a Saturday
        ("2026-04-06T10:00", False),  # annandag påsk
        ("2026-06-19T10:00", False),  # midsommarafton
    ],
)
def test_the_office_is_open_from_the_moment_it_opens_until_it_closes(at: str, is_it: bool) -> None:
    assert is_open(swedish(at), HOURS, rest_day) is is_it


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-03-10T07:00", "2026-03-10T08:00"),
        ("2026-03-10T12:00", "2026-03-10T12:00"),
        ("2026-03-10T16:30", "2026-03-11T08:00"),
        ("2026-03-27T20:00", "2026-03-30T08:00"),  # a night without an hour
        ("2026-10-25T02:30", "2026-10-26T08:00"),  # and one with two
        ("2026-04-03T12:00", "2026-04-07T08:00"),  # over Easter
        ("2026-12-24T12:00", "2026-12-28T08:00"),
    ],
)
def test_what_opens_next_passes_over_rest_days(at: str, opens: str) -> None:
    assert next_opening(swedish(at), HOURS, rest_day) == swedish(opens)


def test_an_office_that_only_opens_on_rest_days_never_opens() -> None:
    at = swedish("2026-03-15T10:00")

    assert is_open(at, SUNDAYS, never)
    assert not is_open(at, SUNDAYS, rest_day)
    assert next_opening(at, SUNDAYS, rest_day) is None


@given(MOMENTS)
def test_the_next_opening_is_now_or_a_moment_at_which_the_office_opens(at: datetime) -> None:
    opens_at = next_opening(at, HOURS, rest_day)
    instant = timedelta(microseconds=1)

    assert opens_at is not None
    assert at <= opens_at
    assert is_open(opens_at, HOURS, rest_day)
    assert (opens_at == at) is is_open(at, HOURS, rest_day)
    assert opens_at == at or not is_open(opens_at - instant, HOURS, rest_day)


def test_hours_that_a_night_lacks_leave_the_office_closed() -> None:
    night = OfficeHours(weekdays=("sön",), opens="02.30", closes="03.00")

    assert not is_open(swedish("2026-03-29T03:30"), night, never)
    assert is_open(swedish("2026-04-05T02:30"), night, never)


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": (), "opens": "08.00", "closes": "16.30"},
        {"weekdays": ("lunch",), "opens": "08.00", "closes": "16.30"},
        {"weekdays": ("mån",), "opens": "8", "closes": "16.30"},
        {"weekdays": ("mån",), "opens": "08.00", "closes": "24.00"},
    ],
)
def test_hours_that_are_none_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OfficeHours.model_validate(wrong)


def test_an_office_opens_before_it_closes() -> None:
    with pytest.raises(ValidationError, match="kontoret ska öppna före det stänger"):
        OfficeHours(weekdays=("mån",), opens="16.30", closes="08.00")

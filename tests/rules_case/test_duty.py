"""When the office hands over to the socialjour, until when, and who reads the list."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calendar import rest_day
from rules.duty import on_duty_until, reads_list
from rules.local_time import STOCKHOLM
from rules.office import OfficeHours, is_open
from rules.people import Actor
from tests.people import BEA, CALLE, CIA, EVERYONE, GRY, JON, MIRA, NORA, OSKAR, SYS, UTA, VIVI

HOURS = OfficeHours(weekdays=("mån", "tis", "ons", "tors", "fre"), opens="08.00", closes="16.30")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-03-10 15:29", None),
        ("2026-03-10 15:30", "2026-03-11 08:00"),
        ("2026-03-10 16:30", "2026-03-11 08:00"),
        ("2026-03-11 07:59", "2026-03-11 08:00"),
        ("2026-03-11 08:00", None),
        ("2026-03-13 16:00", "2026-03-16 08:00"),
        ("2026-03-14 12:00", "2026-03-16 08:00"),
        # Skärtorsdag to tisdag efter påsk.
        ("2026-04-02 16:00", "2026-04-07 08:00"),
    ],
)
def test_the_list_is_there_from_an_hour_before_closing_until_the_office_opens(
    now: str, opens: str | None
) -> None:
    assert on_duty_until(at(now), HOURS, rest_day) == (at(opens) if opens else None)


def test_an_office_without_hours_hands_nothing_over() -> None:
    assert on_duty_until(at("2026-03-14 12:00"), None, rest_day) is None


def test_an_office_that_does_not_open_hands_over_for_as_long_as_can_be_seen() -> None:
    now = at("2026-03-14 12:00")

    assert on_duty_until(now, HOURS, lambda _day: "stängt") == now + timedelta(days=60)


@given(st.integers(0, 20 * 365 * 24 * 60))
def test_whenever_the_office_is_closed_somebody_has_the_list_until_it_opens(minutes: int) -> None:
    now = at("2020-01-01 00:00") + timedelta(minutes=minutes)

    until = on_duty_until(now, HOURS, rest_day)

    if not is_open(now, HOURS, rest_day):
        assert until is not None
    if until is not None:
        assert now < until
        assert is_open(until, HOURS, rest_day)
        assert not is_open(until - timedelta(minutes=1), HOURS, rest_day)


READERS = {MIRA, NORA, OSKAR, CIA, JON}


@pytest.mark.parametrize("who", EVERYONE, ids=lambda who: who.name)
def test_the_list_is_read_by_the_socialjour_the_intake_and_its_chef(who: Actor) -> None:
    assert reads_list(who, "mottagning") == (who in READERS)
    assert {BEA, CALLE, UTA, VIVI, GRY, SYS}.isdisjoint(READERS)

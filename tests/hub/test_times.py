"""Moments and time left, as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.pages.moments import at, read_date, read_time
from hub.views.times import deadline, last_moment, length, moment

NOON = datetime(2026, 3, 14, 11, 0, tzinfo=UTC)


def test_a_moment_is_swedish_time_with_the_full_year() -> None:
    assert moment(datetime(2026, 3, 14, 12, 42, tzinfo=UTC)) == "2026-03-14 kl. 13.42"
    assert moment(datetime(2026, 7, 14, 12, 42, tzinfo=UTC)) == "2026-07-14 kl. 14.42"


def test_a_deadline_at_midnight_belongs_to_the_day_that_ends() -> None:
    assert last_moment(datetime(2026, 3, 14, 23, 0, tzinfo=UTC)) == "2026-03-14 kl. 24.00"
    assert last_moment(datetime(2026, 3, 29, 22, 0, tzinfo=UTC)) == "2026-03-29 kl. 24.00"


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=59), "mindre än en minut"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 tim"),
        (timedelta(hours=3, minutes=10), "3 tim 10 min"),
        (timedelta(hours=47, minutes=59), "47 tim 59 min"),
        (timedelta(days=2), "2 dagar"),
        (timedelta(days=121, hours=5), "121 dagar"),
    ],
)
def test_a_length_is_no_more_exact_than_is_useful(span: timedelta, text: str) -> None:
    assert length(span) == text


def test_a_breach_is_told_louder_than_what_runs() -> None:
    late = deadline(NOON - timedelta(minutes=12), NOON)
    soon = deadline(NOON + timedelta(minutes=30), NOON)
    calm = deadline(NOON + timedelta(hours=3, minutes=10), NOON)

    assert f"{late.text} {late.left}" == "bröts 2026-03-14 kl. 11.48 för 12 min sedan"
    assert f"{soon.text}, {soon.left}" == "senast 2026-03-14 kl. 12.30, 30 min kvar"
    assert f"{calm.text}, {calm.left}" == "senast 2026-03-14 kl. 15.10, 3 tim 10 min kvar"
    assert len({(it.state, it.symbol, it.word) for it in (late, soon, calm)}) == 3


def test_the_very_moment_of_a_deadline_is_too_late() -> None:
    assert deadline(NOON, NOON).state == "breached"


@pytest.mark.parametrize("text", ["2026-03-14", "20260314", "2026 3 14", "2026/03/14"])
def test_any_unambiguous_date_is_taken(text: str) -> None:
    assert read_date(text).isoformat() == "2026-03-14"


@pytest.mark.parametrize("text", ["13.42", "13:42", "1342", "kl. 13.42"])
def test_any_unambiguous_clock_time_is_taken(text: str) -> None:
    assert read_time(text).isoformat() == "13:42:00"


@pytest.mark.parametrize("text", ["14/3", "i går", "2026-13-01", "0026-03-14", "9999-12-31"])
def test_a_date_that_is_none_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"[Dd]atumet|Årtalet"):
        read_date(text)


def test_typed_time_is_swedish_time() -> None:
    assert at(read_date("2026-07-01"), read_time("8.50")).isoformat() == "2026-07-01T06:50:00+00:00"

"""Moments and time left, as people read them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.pages.moments import at, end_of, read_date, read_time
from hub.pages.render import unbroken
from hub.views.times import (
    clock_time,
    day,
    deadline,
    last_moment,
    length,
    moment,
    weekday_moment,
)
from rules.errors import Invalid

NOON = datetime(2026, 3, 14, 11, 0, tzinfo=UTC)


def test_a_moment_is_swedish_time_with_the_full_year() -> None:
    assert moment(datetime(2026, 3, 14, 12, 42, tzinfo=UTC)) == "2026-03-14 kl. 13.42"
    assert moment(datetime(2026, 7, 14, 12, 42, tzinfo=UTC)) == "2026-07-14 kl. 14.42"


def test_another_day_has_its_name() -> None:
    assert weekday_moment(NOON) == "lördag 2026-03-14 kl. 12.00"
    assert weekday_moment(NOON + timedelta(hours=12)) == "söndag 2026-03-15 kl. 00.00"


def test_no_line_ends_within_a_date_and_what_is_written_is_never_markup() -> None:
    told = unbroken(f"<b> & senast {moment(NOON)}, sedan 2026-04-01.")

    assert told == (
        "&lt;b&gt; &amp; senast "
        '<span class="whole">2026-03-14 kl. 12.00,</span> sedan '
        '<span class="whole">2026-04-01.</span>'
    )


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


def test_an_end_farther_away_than_a_week_has_the_weekday_it_belongs_to() -> None:
    midnight = datetime(2026, 3, 27, 23, 0, tzinfo=UTC)

    assert deadline(midnight, NOON).text == "senast fredag 2026-03-27 kl. 24.00"
    assert deadline(NOON + timedelta(days=7), NOON).text == "senast 2026-03-21 kl. 12.00"
    assert deadline(NOON + timedelta(days=7, minutes=1), NOON).text == (
        "senast lördag 2026-03-21 kl. 12.01"
    )


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
    assert typed("2026-07-01", "8.50") == "2026-07-01T06:50:00+00:00"


def typed(day: str, hour: str) -> str:
    return at(read_date(day), read_time(hour), field="hour").isoformat()


@pytest.mark.parametrize(
    ("hour", "shown"), [("2.00", "02.00"), ("2.30", "02.30"), ("0259", "02.59")]
)
def test_a_time_in_the_hour_that_a_night_lacks_is_refused_at_its_field(
    hour: str, shown: str
) -> None:
    with pytest.raises(Invalid) as fault:
        typed("2026-03-29", hour)

    assert fault.value.faults == {
        "hour": f"Klockan {shown} finns inte 2026-03-29: den natten ställs klockan fram från 02.00"
        " till 03.00. Skriv en tid före 02.00, eller 03.00 och senare."
    }


def test_the_times_around_a_missing_hour_are_an_instant_apart() -> None:
    assert typed("2026-03-29", "1.59") == "2026-03-29T00:59:00+00:00"
    assert typed("2026-03-29", "3.00") == "2026-03-29T01:00:00+00:00"


def test_a_time_in_a_doubled_hour_is_the_earlier_one_unless_the_other_is_named() -> None:
    assert typed("2026-10-25", "2.30") == "2026-10-25T00:30:00+00:00"
    assert typed("2026-10-25", "02.30 sommartid") == "2026-10-25T00:30:00+00:00"
    assert typed("2026-10-25", "kl. 02.30 Vintertid") == "2026-10-25T01:30:00+00:00"


def test_a_season_that_does_not_hold_is_refused_and_one_that_does_is_taken() -> None:
    assert typed("2026-07-01", "8.50 sommartid") == "2026-07-01T06:50:00+00:00"
    with pytest.raises(Invalid, match="Klockan går inte på vintertid då"):
        typed("2026-07-01", "8.50 vintertid")


@given(st.integers(0, 20 * 365 * 24 * 60))
def test_what_is_shown_can_be_typed_and_means_the_same_moment(minutes: int) -> None:
    moment_at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    assert typed(day(moment_at), clock_time(moment_at)) == moment_at.isoformat()


def test_a_meeting_in_a_doubled_hour_never_ends_before_it_began() -> None:
    began = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)  # 02.50 sommartid
    ended = end_of(
        read_date("2026-10-25"),
        read_time("2.20"),
        began=began,
        now=began + timedelta(hours=2),
        field="ended",
    )

    assert ended == datetime(2026, 10, 25, 1, 21, tzinfo=UTC)


def test_a_moment_in_the_doubled_hour_tells_which_one_it_is() -> None:
    assert moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "2026-10-25 kl. 02.30 sommartid"
    assert moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "2026-10-25 kl. 02.30 vintertid"

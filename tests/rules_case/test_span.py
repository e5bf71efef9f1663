"""Lengths and due times: hours elapse day and night, legal days end when the Swedish day does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calendar import rest_day
from rules.local_time import local_day
from rules.span import RestRule, Span, Unit, due, end_of, ends_on, parse_span

SWEDEN = ZoneInfo("Europe/Stockholm")


def swedish(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SWEDEN)


def never(day: date) -> None:
    return None


def ends(anchor: str, text: str) -> str:
    at = due(swedish(anchor), parse_span(text), rest_day).at
    return at.astimezone(SWEDEN).isoformat(timespec="minutes")[:16]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30 min", Span(30, Unit.MINUTES)),
        ("4 h", Span(4, Unit.HOURS)),
        ("1 dag", Span(1, Unit.DAYS)),
        ("14 dagar", Span(14, Unit.DAYS)),
        ("1 vecka", Span(1, Unit.WEEKS)),
        ("2 veckor", Span(2, Unit.WEEKS)),
        ("1 månad", Span(1, Unit.MONTHS)),
        ("4 månader", Span(4, Unit.MONTHS)),
        ("nästa dags slut", Span(1, Unit.NEXT_DAY)),
    ],
)
def test_a_span_is_read_and_written_as_it_stands_in_the_rules(text: str, span: Span) -> None:
    assert parse_span(text) == span
    assert str(span) == text


@pytest.mark.parametrize("text", ["", "4", "4 timmar", "0 h", "-1 h", "4h", "1,5 h", "nästa dag"])
def test_what_is_no_span_is_told_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="är ingen tid; skriv till exempel 30 min"):
        parse_span(text)


def test_hours_elapse_across_the_night_when_summer_time_begins() -> None:
    assert ends("2026-03-29T01:00", "4 h") == "2026-03-29T06:00"


def test_hours_elapse_across_the_night_when_summer_time_ends() -> None:
    assert ends("2026-10-25T01:00", "4 h") == "2026-10-25T04:00"


def test_a_legal_day_is_a_swedish_day_when_summer_time_changes() -> None:
    assert ends("2026-03-28T12:00", "nästa dags slut") == "2026-03-30T00:00"
    assert ends("2026-10-24T12:00", "nästa dags slut") == "2026-10-26T00:00"
    assert end_of(date(2026, 3, 29)) - end_of(date(2026, 3, 28)) == timedelta(hours=23)
    assert end_of(date(2026, 10, 25)) - end_of(date(2026, 10, 24)) == timedelta(hours=25)


def test_a_concern_after_midnight_in_sweden_is_of_the_new_day_though_utc_is_not() -> None:
    at = datetime(2026, 6, 9, 22, 30, tzinfo=UTC)

    assert due(at, parse_span("1 dag"), never).at == end_of(date(2026, 6, 11))


@pytest.mark.parametrize(
    ("anchor", "last_day_is_over"),
    [
        ("2026-01-31T10:00", "2026-03-03T00:00"),  # 28 February is a Saturday
        ("2027-01-31T10:00", "2027-03-02T00:00"),  # 28 February is a Sunday
        ("2028-01-31T10:00", "2028-03-01T00:00"),  # a leap year
        ("2026-01-15T10:00", "2026-02-17T00:00"),  # 15 February is a Sunday
        ("2026-12-10T10:00", "2027-01-12T00:00"),  # over the year; 10 January is a Sunday
    ],
)
def test_a_month_ends_on_the_same_number_or_the_last_day(
    anchor: str, last_day_is_over: str
) -> None:
    assert ends(anchor, "1 månad") == last_day_is_over


def test_a_week_is_seven_days_whatever_time_of_day_it_began() -> None:
    assert ends("2026-03-10T00:01", "1 vecka") == ends("2026-03-10T23:59", "1 vecka")
    assert ends("2026-03-10T12:00", "1 vecka") == "2026-03-18T00:00"


def test_a_limit_that_runs_out_on_a_rest_day_moves_on_and_its_target_moves_back() -> None:
    end = due(swedish("2026-03-21T10:00"), parse_span("14 dagar"), rest_day)

    assert end.at == end_of(date(2026, 4, 7))  # Easter: 3 to 6 April
    assert end.target == end_of(date(2026, 4, 2))
    assert "flyttad från lördagen 2026-04-04 till nästa vardag (lag 1930:173 2 §)" in end.why


def test_on_a_working_day_the_target_is_the_limit() -> None:
    end = due(swedish("2026-03-10T10:00"), parse_span("14 dagar"), rest_day)

    assert end.at == end.target == end_of(date(2026, 3, 24))
    assert "flyttad" not in end.why


def test_the_next_day_ends_the_day_after_even_on_a_holiday() -> None:
    end = due(swedish("2026-12-24T15:00"), parse_span("nästa dags slut"), rest_day)

    assert end.at == end.target == end_of(date(2026, 12, 25))
    assert "till slutet av nästa dag: 2026-12-25" in end.why


BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 525_600 * 60 * 3).map(lambda it: BEGINNING + timedelta(seconds=it))


@given(moments, st.integers(1, 5000), st.sampled_from([Unit.MINUTES, Unit.HOURS]))
def test_elapsed_time_is_exact_and_needs_no_calendar(
    anchor: datetime, count: int, unit: Unit
) -> None:
    end = due(anchor, Span(count, unit), rest_day)
    seconds = count * (60 if unit is Unit.MINUTES else 3600)

    assert end.at.timestamp() == pytest.approx(anchor.timestamp() + seconds)
    assert end.at == end.target


@given(moments, st.integers(1, 48))
def test_what_is_compared_as_elapsed_time_is_never_longer_than_the_months_are(
    anchor: datetime, count: int
) -> None:
    span = Span(count, Unit.MONTHS)

    assert span.elapsed <= due(anchor, span, lambda _: None).at - anchor


def last_working_day(anchor: datetime, span: Span) -> tuple[date, date]:
    """Counted on the fingers, one day at a time."""
    day = first = anchor.astimezone(SWEDEN).date()
    if span.unit is Unit.MONTHS:
        month = first.year * 12 + first.month - 1 + span.count
        day = first.replace(day=1)
        while day.year * 12 + day.month - 1 < month:
            day += timedelta(days=1)
        while (day + timedelta(days=1)).month == day.month and day.day < first.day:
            day += timedelta(days=1)
    else:
        for _ in range(span.count * (7 if span.unit is Unit.WEEKS else 1)):
            day += timedelta(days=1)
    later = earlier = day
    while rest_day(later):
        later += timedelta(days=1)
    while earlier > first and rest_day(earlier):
        earlier -= timedelta(days=1)
    return later, earlier if earlier > first else day


@given(moments, st.integers(1, 20), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS]))
def test_legal_days_agree_with_counting_on_the_fingers(
    anchor: datetime, count: int, unit: Unit
) -> None:
    span = Span(count, unit)
    end = due(anchor, span, rest_day)

    assert (end.at, end.target) == tuple(end_of(day) for day in last_working_day(anchor, span))
    assert anchor < end.at
    assert end.target <= end.at


EASTER_DAY = date(2026, 4, 5)


@pytest.mark.parametrize(
    ("rest", "last", "told"),
    [
        (
            RestRule.NEXT,
            date(2026, 4, 7),
            ", flyttad från påskdagen 2026-04-05 till nästa vardag (lag 1930:173 2 §)",
        ),
        (
            RestRule.PREVIOUS,
            date(2026, 4, 2),
            ", flyttad från påskdagen 2026-04-05 till vardagen före",
        ),
        (RestRule.SAME, EASTER_DAY, ", som är påskdagen och inte flyttas"),
    ],
)
def test_what_a_rest_day_does_to_a_last_day_is_the_clocks_own_rule(
    rest: RestRule, last: date, told: str
) -> None:
    end = due(swedish("2026-03-30T10:00"), parse_span("6 dagar"), rest_day, rest=rest)

    assert end.at == end_of(last)
    assert end.target == end_of(date(2026, 4, 2))
    assert end.day == EASTER_DAY
    assert end.why == (
        f"2026-03-30 kl. 10.00 + 6 dagar, dag 1 är dagen efter: sista dag {last}{told}"
    )


def test_a_limit_never_ends_before_it_has_begun_to_be_counted() -> None:
    good_friday = swedish("2026-04-03T10:00")

    back = due(good_friday, parse_span("1 dag"), rest_day, rest=RestRule.PREVIOUS)
    on = due(good_friday, parse_span("1 dag"), rest_day)

    assert back.at == back.target == end_of(date(2026, 4, 4))
    assert "som är lördagen och inte flyttas" in back.why
    assert (on.target, on.at) == (end_of(date(2026, 4, 4)), end_of(date(2026, 4, 7)))


@pytest.mark.parametrize("rest", RestRule)
@pytest.mark.parametrize("text", ["24 h", "30 min", "nästa dags slut"])
def test_hours_and_the_next_day_move_for_no_rest_day(text: str, rest: RestRule) -> None:
    anchor, span = swedish("2026-04-03T10:00"), parse_span(text)

    assert due(anchor, span, rest_day, rest=rest).at == due(anchor, span, never).at


def test_a_last_day_that_a_person_set_is_moved_like_any_other() -> None:
    end = ends_on(EASTER_DAY, rest_day, rest=RestRule.NEXT, why="förlängd")

    assert end.at == end_of(date(2026, 4, 7))
    assert end.target == end_of(date(2026, 4, 2))
    assert end.why.startswith("förlängd: sista dag 2026-04-07, flyttad från påskdagen 2026-04-05")
    assert ends_on(EASTER_DAY, never, rest=RestRule.NEXT, why="").at == end_of(EASTER_DAY)


spans = st.one_of(
    st.builds(Span, st.integers(1, 5000), st.sampled_from([Unit.MINUTES, Unit.HOURS])),
    st.builds(Span, st.integers(1, 60), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS])),
    st.just(parse_span("nästa dags slut")),
)


@given(moments, st.timedeltas(timedelta(), timedelta(days=40)), spans, st.sampled_from(RestRule))
def test_who_begins_later_never_ends_earlier(
    anchor: datetime, later: timedelta, span: Span, rest: RestRule
) -> None:
    first = due(anchor, span, rest_day, rest=rest)
    second = due(anchor + later, span, rest_day, rest=rest)

    assert first.at <= second.at
    assert first.target <= second.target


@given(moments, spans, st.sampled_from(RestRule))
def test_an_end_is_after_its_target_and_its_anchor_and_is_named_in_its_why(
    anchor: datetime, span: Span, rest: RestRule
) -> None:
    end = due(anchor, span, rest_day, rest=rest)
    last = local_day(end.at - timedelta(microseconds=1))

    assert anchor < end.target <= end.at
    assert str(last) in end.why
    assert due(anchor, span, rest_day, rest=rest) == end
    assert due(anchor.astimezone(SWEDEN), span, rest_day, rest=rest) == end


@given(moments, spans, st.sampled_from([RestRule.NEXT, RestRule.SAME]))
def test_nobody_gets_less_than_the_span_unless_the_clock_moves_back(
    anchor: datetime, span: Span, rest: RestRule
) -> None:
    end = due(anchor, span, rest_day, rest=rest)
    if end.day is None:
        assert end.at - anchor == span.elapsed
    else:
        assert end.at >= end_of(end.day)

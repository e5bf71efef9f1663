"""Every day of 2020-2040 against an almanac made by hand: rest days, limits, lengths of days."""

from collections.abc import Callable

import pytest

from adapters.calendar import rest_day
from rules.days import Days
from rules.local_time import clock_time, moments_of
from rules.span import RestRule, due, end_of, parse_span
from tests.rules_case import almanac
from tests.rules_case.almanac import ALL, DAYS, Day, after_days, after_months, next_working

MINUTE_BEFORE = -1


def test_a_day_rests_exactly_when_the_law_says_so_and_by_its_name() -> None:
    assert [it.text for it in ALL if rest_day(it.date) != it.rest] == []


def test_the_almanac_of_the_test_is_the_one_on_the_wall() -> None:
    easters = [almanac.easter(year) for year in (2024, 2025, 2026, 2038)]
    shown = {it.text: it for it in ALL}

    assert easters == [(3, 31), (4, 20), (4, 5), (4, 25)]
    assert len(ALL) == 21 * 365 + 6
    assert shown["2026-11-20"].weekday == almanac.FRIDAY
    assert shown["2026-06-19"].rest == "midsommarafton"
    assert shown["2026-10-31"].rest == "alla helgons dag"
    assert shown["2026-04-02"].rest is None  # skärtorsdagen
    assert (
        almanac.told(almanac.OF_DATE[shown["2026-03-29"].date].begins + 60)
        == "2026-03-29 kl. 01.00"
    )


def test_a_day_begins_and_ends_with_the_swedish_day_and_has_23_24_or_25_hours() -> None:
    wrong = [it.text for it in ALL if Days(it.date, it.date).since != almanac.utc(it.begins)]
    wrong += [it.text for it in ALL if end_of(it.date) != almanac.end(it)]
    lengths = [DAYS[it.number + 1].begins - it.begins for it in ALL]

    assert wrong == []
    assert {hours: lengths.count(hours * 60) for hours in (23, 25)} == {23: 21, 25: 21}
    assert set(lengths) == {23 * 60, 24 * 60, 25 * 60}


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("14 dagar", lambda day: after_days(day, 14)),
        ("1 vecka", lambda day: after_days(day, 7)),
        ("4 månader", lambda day: after_months(day, 4)),
    ],
)
def test_a_limit_ends_where_counting_by_hand_ends(text: str, last: Callable[[Day], Day]) -> None:
    """From the first and from the last minute of the day."""
    span, wrong = parse_span(text), []
    for day in ALL:
        raw = last(day)
        expected = (almanac.end(next_working(raw)), almanac.end(before(raw, day)), raw.date)
        for minute in (day.begins, DAYS[day.number + 1].begins + MINUTE_BEFORE):
            end = due(almanac.utc(minute), span, rest_day)
            if (end.at, end.target, end.day) != expected or next_working(raw).text not in end.why:
                wrong.append(day.text)

    assert wrong == []


def before(raw: Day, day: Day) -> Day:
    return almanac.working_before(raw, after=day)


@pytest.mark.parametrize("text", ["1 dag", "3 dagar", "1 vecka"])
def test_a_last_day_that_rests_is_kept_or_moved_back_where_the_clock_says_so(text: str) -> None:
    span, wrong = parse_span(text), []
    for day in ALL:
        raw = after_days(day, span.elapsed.days)
        at = almanac.utc(day.begins + 60)
        back = due(at, span, rest_day, rest=RestRule.PREVIOUS)
        same = due(at, span, rest_day, rest=RestRule.SAME)
        if back.at != almanac.end(before(raw, day)) or same.at != almanac.end(raw):
            wrong.append(day.text)

    assert wrong == []


def test_the_next_day_ends_at_its_midnight_whatever_day_it_is() -> None:
    span = parse_span("nästa dags slut")
    ends = {it.text: due(almanac.utc(it.begins + 1), span, rest_day) for it in ALL}

    assert [
        it.text
        for it in ALL
        if ends[it.text].at != almanac.end(DAYS[it.number + 1])
        or ends[it.text].target != ends[it.text].at
        or f"{DAYS[it.number + 1].text} kl. 24.00" not in ends[it.text].why
    ] == []


def nights() -> list[int]:
    """The minute UTC of every change of the clocks."""
    return [minute for year in range(2020, 2041) for minute in almanac.SUMMERS[year]]


@pytest.mark.parametrize("hours", [1, 2, 3, 4, 12, 24])
def test_hours_elapse_across_every_night_of_another_length_and_the_wall_is_told(hours: int) -> None:
    span, wrong = parse_span(f"{hours} h"), []
    for change in nights():
        for anchor in range(change - hours * 60 - 90, change + 90, 15):
            end = due(almanac.utc(anchor), span, rest_day)
            minute = anchor + hours * 60
            crossed = almanac.offset(anchor) != almanac.offset(minute)
            if (
                end.at != almanac.utc(minute)
                or ("natten till" in end.why) != crossed
                or almanac.told_end(minute) not in end.why
            ):
                wrong.append((almanac.told(anchor), end.why))

    assert wrong == []


def test_a_clock_time_in_those_nights_means_none_one_or_two_moments() -> None:
    wrong = []
    for change in nights():
        day = DAYS[change // 1440]
        for minute in range(day.begins, DAYS[day.number + 1].begins, 15):
            at = almanac.utc(minute)
            shown = almanac.told(minute)[-5:]
            count = 2 if almanac.is_doubled(minute) else 1
            hour, quarter = shown.split(".")
            meant = moments_of(day.date, almanac.clock(int(hour), int(quarter)))
            if at not in meant or len(meant) != count or (" " in clock_time(at)) != (count == 2):
                wrong.append(almanac.told(minute))

    assert wrong == []


def test_the_hour_that_a_night_in_march_lacks_is_no_moment() -> None:
    lacking = [DAYS[almanac.SUMMERS[year][0] // 1440].date for year in range(2020, 2041)]

    assert {moments_of(day, almanac.clock(2, 30)) for day in lacking} == {()}
    assert {len(moments_of(day, almanac.clock(3, 0))) for day in lacking} == {1}

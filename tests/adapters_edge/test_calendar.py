"""Rest days by name, against an almanac made by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calendar import rest_day
from tests.rules_case import almanac


@given(st.dates(date(almanac.FIRST, 1, 1), date(almanac.LAST, 12, 31)))
def test_a_day_rests_exactly_when_the_law_says_so_and_by_its_name(day: date) -> None:
    assert rest_day(day) == almanac.OF_DATE[day].rest


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 2), None),  # skärtorsdag
        (date(2026, 1, 5), None),  # trettondagsafton
        (date(2026, 4, 4), "lördagen"),  # påskafton is no holiday of its own
        (date(2026, 6, 19), "midsommarafton"),
        (date(2026, 10, 30), None),  # the day before alla helgons dag
    ],
)
def test_the_day_before_a_holiday_is_a_working_day_unless_the_law_names_it(
    day: date, name: str | None
) -> None:
    assert rest_day(day) == name


def test_two_holidays_on_one_day_are_told_by_the_first() -> None:
    assert rest_day(date(2049, 6, 6)) == "nationaldagen"
    assert rest_day(date(2008, 5, 1)) == "första maj"

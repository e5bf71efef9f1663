"""Rest days, against a computation of Easter that knows nothing of the library's."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from adapters.calendar import is_rest_day

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def easter(year: int) -> date:
    """Easter Day after Gauss, for the years 1900-2099."""
    golden, fourth, seventh = year % 19, year % 4, year % 7
    moon = (19 * golden + 24) % 30
    sunday = (2 * fourth + 4 * seventh + 6 * moon + 5) % 7
    day = 22 + moon + sunday
    if moon == 29 and sunday == 6:
        day -= 7
    if moon == 28 and sunday == 6 and golden > 10:
        day -= 7
    return date(year, 3, 1) + timedelta(days=day - 1)


def first_saturday(start: date) -> date:
    return start + timedelta(days=(5 - start.weekday()) % 7)


def rest_days(year: int) -> set[date]:
    """Lag 1989:253 and lag 1930:173, 2 §, Saturdays and Sundays left out."""
    fixed = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)]
    midsummer = first_saturday(date(year, 6, 20))
    return {
        *(date(year, month, day) for month, day in fixed),
        *(easter(year) + timedelta(days=days) for days in (-2, 0, 1, 39, 49)),
        midsummer,
        midsummer - timedelta(days=1),
        first_saturday(date(year, 10, 31)),
    }


@given(DAYS)
def test_a_day_rests_exactly_when_the_law_says_so(day: date) -> None:
    assert is_rest_day(day) == (day.weekday() >= 5 or day in rest_days(day.year))


def test_every_rest_day_of_twenty_years_is_known() -> None:
    wrong = [day for year in range(2020, 2041) for day in rest_days(year) if not is_rest_day(day)]

    assert wrong == []


def test_the_easter_of_the_test_is_the_easter_of_the_almanac() -> None:
    assert [easter(year) for year in (2024, 2025, 2026, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]


def test_the_day_before_a_holiday_is_a_working_day_unless_the_law_names_it() -> None:
    assert not is_rest_day(date(2026, 4, 2))  # skärtorsdag
    assert not is_rest_day(date(2026, 1, 5))  # trettondagsafton
    assert is_rest_day(date(2026, 6, 19))  # midsommarafton

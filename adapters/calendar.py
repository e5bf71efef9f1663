"""Rest days in Sweden, to which a legal time limit never runs out (lag 1930:173, 2 §)."""

from collections.abc import Container
from datetime import date
from functools import cache

from holidays import country_holidays

_SATURDAY = 5
_EVES = ((12, 24), (12, 31))


def is_rest_day(day: date) -> bool:
    """Saturdays, Sundays, public holidays, midsommarafton, julafton and nyårsafton."""
    return (
        day.weekday() >= _SATURDAY
        or (day.month, day.day) in _EVES
        or _is_midsummer_eve(day)
        or day in _public_holidays(day.year)
    )


def _is_midsummer_eve(day: date) -> bool:
    """The Friday between 19 and 25 June; midsommardagen is the Saturday after (lag 1989:253)."""
    return day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4


@cache
def _public_holidays(year: int) -> Container[date]:
    return frozenset(country_holidays("SE", years=year))

"""Rest days in Sweden, to which a legal time limit never runs out (lag 1930:173, 2 §)."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from holidays import country_holidays

_SATURDAY, _SUNDAY = 5, 6
_EVES = {(12, 24): "julafton", (12, 31): "nyårsafton"}
_KEEPS_ITS_CAPITAL = "Kristi"


def rest_day(day: date) -> str | None:
    """What the day is called as a rest day, as in ”flyttad från påskdagen”; None on a working day.

    Sundays and other public holidays (lag 1989:253), Saturdays, midsommarafton, julafton and
    nyårsafton.
    """
    return _public_holidays(day.year).get(day) or _eve(day) or _weekend(day)


def _eve(day: date) -> str | None:
    return "midsommarafton" if _is_midsummer_eve(day) else _EVES.get((day.month, day.day))


def _is_midsummer_eve(day: date) -> bool:
    """The Friday between 19 and 25 June; midsommardagen is the Saturday after (lag 1989:253)."""
    return day.month == 6 and 19 <= day.day <= 25 and day.weekday() == 4


def _weekend(day: date) -> str | None:
    return {_SATURDAY: "lördagen", _SUNDAY: "söndagen"}.get(day.weekday())


@cache
def _public_holidays(year: int) -> Mapping[date, str]:
    named = country_holidays("SE", years=year, language="sv")
    return {day: _within_a_sentence(name) for day, name in named.items()}


def _within_a_sentence(name: str) -> str:
    """Only a name of a person keeps its capital; two days on one date are told by the first."""
    first = name.split(";", maxsplit=1)[0].strip()
    return first if first.startswith(_KEEPS_ITS_CAPITAL) else first[0].lower() + first[1:]

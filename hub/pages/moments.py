"""Dates and times as people type them; any unambiguous way is taken, none is guessed."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Annotated

from pydantic import BeforeValidator

from rules.errors import Invalid
from rules.local_time import SUMMER, WINTER, moments_of

_MINUTE = timedelta(minutes=1)
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_TIME = re.compile(rf"(?:kl\.?\s*)?(\d{{1,2}})(?:[.: ]?(\d{{2}}))?(?:\s*({SUMMER}|{WINTER}))?")
_ZONES = {
    SUMMER: timezone(timedelta(hours=2), SUMMER),
    WINTER: timezone(timedelta(hours=1), WINTER),
}


def read_date(text: object) -> date:
    """`2026-03-14`, `2026 3 14` or `20260314`."""
    match = _DATE.fullmatch(str(text).strip())
    if match is None:
        raise ValueError("Skriv datumet som ÅÅÅÅ-MM-DD.")
    year, month, day = (int(part) for part in match.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError("Årtalet ser fel ut; skriv datumet som ÅÅÅÅ-MM-DD.")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError("Datumet finns inte i almanackan.") from error


def read_time(text: object) -> time:
    """`13.42`, `13:42`, `1342` or `9`; `02.30 vintertid` carries the time zone it names."""
    match = _TIME.fullmatch(str(text).strip().lower())
    if match is None:
        raise ValueError("Skriv klockslaget som TT.MM, till exempel 13.42.")
    try:
        return time(int(match[1]), int(match[2] or 0), tzinfo=_ZONES.get(match[3]))
    except ValueError as error:
        raise ValueError("Klockslaget finns inte; skriv 00.00 till 23.59.") from error


def at(day: date, hour: time, *, field: str) -> datetime:
    """The moment in UTC that a Swedish date and clock time mean; Invalid on `field` if none.

    Of the two moments in a doubled hour it is the earlier, from which every clock ends sooner,
    unless `sommartid` or `vintertid` was typed.
    """
    return _meant(day, hour, field)[0]


def end_of(day: date, hour: time, *, began: datetime, now: datetime, field: str) -> datetime:
    """The end of the minute that was typed, as far as it has passed: nobody types seconds.

    In a doubled hour the first moment that is not before `began`, if there is one.
    """
    meant = _meant(day, hour, field)
    typed = next((it for it in meant if it >= began), meant[0])
    return max(typed, min(typed + _MINUTE, now))


def _meant(day: date, hour: time, field: str) -> tuple[datetime, ...]:
    shown = hour.replace(tzinfo=None)
    found = moments_of(day, shown)
    if not found:
        raise Invalid({field: _lacking(day, shown)})
    if hour.tzinfo is None:
        return found
    named = datetime.combine(day, hour).astimezone(UTC)
    if named not in found:
        raise Invalid({field: f"Klockan går inte på {hour.tzname()} då. Stryk ordet."})
    return (named,)


def _lacking(day: date, hour: time) -> str:
    return (
        f"Klockan {hour:%H.%M} finns inte {day}: den natten ställs klockan fram från 02.00 till"
        " 03.00. Skriv en tid före 02.00, eller 03.00 och senare."
    )


TypedDate = Annotated[date, BeforeValidator(read_date)]
TypedTime = Annotated[time, BeforeValidator(read_time)]

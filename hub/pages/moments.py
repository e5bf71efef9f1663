"""Dates and times as people type them; any unambiguous way is taken, none is guessed."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from pydantic import BeforeValidator

from rules.span import STOCKHOLM

_MINUTE = timedelta(minutes=1)
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_TIME = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.: ]?(\d{2}))?")


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
    """`13.42`, `13:42`, `1342` or `9`."""
    match = _TIME.fullmatch(str(text).strip())
    if match is None:
        raise ValueError("Skriv klockslaget som TT.MM, till exempel 13.42.")
    try:
        return time(int(match[1]), int(match[2] or 0))
    except ValueError as error:
        raise ValueError("Klockslaget finns inte; skriv 00.00 till 23.59.") from error


def at(day: date, hour: time) -> datetime:
    """The moment in UTC that a Swedish date and clock time mean."""
    return datetime.combine(day, hour, STOCKHOLM).astimezone(UTC)


def end_of(day: date, hour: time, *, now: datetime) -> datetime:
    """The end of the minute that was typed, as far as it has passed: nobody types seconds."""
    typed = at(day, hour)
    return max(typed, min(typed + _MINUTE, now))


TypedDate = Annotated[date, BeforeValidator(read_date)]
TypedTime = Annotated[time, BeforeValidator(read_time)]

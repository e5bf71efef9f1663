"""When the office is open, and when it opens or closes next; rest days are closed all day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from rules.local_time import STOCKHOLM, local_day
from rules.section import Section, Some
from rules.span import Rests

_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_DAY = timedelta(days=1)
_HORIZON = 60

ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3])\.[0-5]\d$")]


class OfficeHours(Section):
    """The office's own hours in Swedish time, on the weekdays named that are no rest days."""

    weekdays: Annotated[tuple[Literal["mån", "tis", "ons", "tors", "fre", "lör", "sön"], ...], Some]
    opens: ClockTime
    closes: ClockTime

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "OfficeHours":
        if self.opens >= self.closes:
            raise ValueError("kontoret ska öppna före det stänger")
        return self


@dataclass(frozen=True, slots=True)
class _Stretch:
    opens_at: datetime
    closes_at: datetime


def is_open(at: datetime, hours: OfficeHours, rests: Rests) -> bool:
    """Whether the office is open at `at`; at the very moment it closes it is closed."""
    today = _stretch(local_day(at), hours, rests)
    return today is not None and today.opens_at <= at < today.closes_at


def next_opening(at: datetime, hours: OfficeHours, rests: Rests) -> datetime | None:
    """`at` itself while the office is open, else when it opens; None if not in two months."""
    days = (local_day(at) + _DAY * number for number in range(_HORIZON))
    coming = (it.opens_at for it in _stretches(days, hours, rests) if at < it.closes_at)
    opens_at = next(coming, None)
    return opens_at and max(at, opens_at)


def _stretches(days: Iterator[date], hours: OfficeHours, rests: Rests) -> Iterator[_Stretch]:
    for day in days:
        if stretch := _stretch(day, hours, rests):
            yield stretch


def _stretch(day: date, hours: OfficeHours, rests: Rests) -> _Stretch | None:
    """The office's hours on `day`; None when it is closed all day."""
    if _WEEKDAYS[day.weekday()] not in hours.weekdays or rests(day):
        return None
    stretch = _Stretch(_moment(day, hours.opens), _moment(day, hours.closes))
    return stretch if stretch.opens_at < stretch.closes_at else None


def _moment(day: date, text: str) -> datetime:
    """In a doubled hour the earlier moment; a time that the night lacks is an hour later."""
    hour, minute = text.split(".")
    return datetime.combine(day, time(int(hour), int(minute)), STOCKHOLM).astimezone(UTC)

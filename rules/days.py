"""A stretch of whole Swedish days, both ends within it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.errors import Invalid
from rules.local_time import local_day, midnight

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
LONGEST = timedelta(days=3700)


@dataclass(frozen=True, slots=True)
class Days:
    """From the beginning of `first` to the end of `last`; Invalid names what is wrong with them."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Invalid({"until": "Sista dagen ligger före den första."})
        if self.last - self.first > LONGEST:
            raise Invalid({"from": "Välj högst tio år."})

    @property
    def since(self) -> datetime:
        """When the first day begins."""
        return midnight(self.first)

    @property
    def until(self) -> datetime:
        """When the last day has ended; that moment is no longer within."""
        return midnight(self.last + _DAY)

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Monday of every ISO week that has a day within, in order."""
        count = (monday(self.last) - monday(self.first)) // _WEEK + 1
        return tuple(monday(self.first) + _WEEK * number for number in range(count))


def monday(day: date) -> date:
    """The Monday of the ISO week of `day`."""
    return day - timedelta(days=day.weekday())


def week_of(at: datetime) -> date:
    """The Monday of the week that a moment is in, in Sweden."""
    return monday(local_day(at))

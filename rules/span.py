"""Lengths of clocks and the moment at which they end; hours elapse in UTC, legal days in Sweden."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import assert_never

from rules import why
from rules.local_time import local_day, midnight

__all__ = (
    "Due",
    "RestRule",
    "Rests",
    "Span",
    "Unit",
    "due",
    "end_of",
    "ends_on",
    "parse_span",
)

_TEXT = re.compile(r"(?P<count>\d+) (?P<unit>min|h|dag(?:ar)?|veck(?:a|or)|månad(?:er)?)")
_NEXT_DAY = "nästa dags slut"
_DAY = timedelta(days=1)

# What a rest day is called, as in ”flyttad från påskdagen”; None on a working day.
Rests = Callable[[date], str | None]


class Unit(StrEnum):
    """What a span counts in."""

    MINUTES = "min"
    HOURS = "h"
    DAYS = "dagar"
    WEEKS = "veckor"
    MONTHS = "månader"
    NEXT_DAY = _NEXT_DAY

    @property
    def elapses(self) -> bool:
        """True for minutes and hours: elapsed time, day and night, across summer time."""
        return self in (Unit.MINUTES, Unit.HOURS)


@dataclass(frozen=True, slots=True)
class Span:
    """A length as it is written in rules.yaml, such as `4 h` or `14 dagar`."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        if self.unit is Unit.NEXT_DAY:
            return _NEXT_DAY
        singular = {Unit.DAYS: "dag", Unit.WEEKS: "vecka", Unit.MONTHS: "månad"}
        word = singular.get(self.unit, self.unit.value) if self.count == 1 else self.unit.value
        return f"{self.count} {word}"

    @property
    def elapsed(self) -> timedelta:
        """The span as elapsed time: exact for minutes and hours, about as long for whole days.

        A month is its shortest, so that what is compared or added up comes too soon, never late.
        """
        scale = {
            Unit.MINUTES: timedelta(minutes=1),
            Unit.HOURS: timedelta(hours=1),
            Unit.DAYS: timedelta(days=1),
            Unit.WEEKS: timedelta(weeks=1),
            Unit.MONTHS: timedelta(days=28),
            Unit.NEXT_DAY: timedelta(days=1),
        }
        return scale[self.unit] * self.count


def parse_span(text: str) -> Span:
    """Read `30 min`, `4 h`, `14 dagar`, `1 vecka`, `4 månader` or `nästa dags slut`."""
    if text == _NEXT_DAY:
        return Span(1, Unit.NEXT_DAY)
    match = _TEXT.fullmatch(text)
    if match is None or int(match["count"]) == 0:
        raise ValueError(
            f"”{text}” är ingen tid; skriv till exempel 30 min, 4 h, 14 dagar, 1 vecka, 4 månader"
            f" eller {_NEXT_DAY}"
        )
    return Span(int(match["count"]), _unit(match["unit"]))


def _unit(word: str) -> Unit:
    stems = {"d": Unit.DAYS, "v": Unit.WEEKS}
    if word in ("min", "h"):
        return Unit(word)
    return stems.get(word[0], Unit.MONTHS)


@dataclass(frozen=True, slots=True)
class Due:
    """When a clock ends: the first moment that is too late, the inner target, and why.

    `at` is the end of the last day, moved off rest days as the clock's RestRule says; `target`
    the end of the last working day on or before the unmoved `day`, so that nothing depends on
    that rule. An elapsed span has no `day`; for it and `nästa dags slut` the two ends are the same.
    """

    at: datetime
    target: datetime
    why: str
    day: date | None = None


class RestRule(StrEnum):
    """What happens to a last day that is a rest day; hours and `nästa dags slut` never move."""

    NEXT = "nästa vardag"  # lag 1930:173 2 §
    PREVIOUS = "föregående vardag"
    SAME = "samma dag"


def due(anchor: datetime, span: Span, rests: Rests, *, rest: RestRule = RestRule.NEXT) -> Due:
    """The end of `span` from `anchor`; `rests` names the rest days, `rest` tells what they do."""
    if span.unit.elapses:
        at = anchor.astimezone(UTC) + span.elapsed
        return Due(at, at, why.elapsed(anchor, str(span), at))
    first = local_day(anchor)
    last = _last_day(first, span)
    if span.unit is Unit.NEXT_DAY:
        at = end_of(last)
        return Due(at, at, why.next_day(anchor, last, rests(last)), last)
    counted = why.counted(anchor, str(span), _rule(first, last, span))
    end = ends_on(last, rests, rest=rest, why=counted, after=first)
    return replace(end, why=end.why + why.changed_clocks(anchor, end.at))


def ends_on(day: date, rests: Rests, *, rest: RestRule, why: str, after: date = date.min) -> Due:
    """The end of a clock whose last day is `day`, had no rest day been in its way.

    `why` tells how the day was found; which day it became is added. A working day before `day` is
    looked for only among those later than `after`.
    """
    earlier = _working_day_before(day, rests, after=after)
    last = _moved(day, rests, rest, earlier=earlier)
    told = f"{why}: sista dag {last}{_why_moved(day, last, rests(day))}"
    return Due(end_of(last), end_of(earlier), told, day)


def end_of(day: date) -> datetime:
    """The first moment after `day` in Sweden, in UTC."""
    return midnight(day + _DAY)


def _last_day(start: date, span: Span) -> date:
    if span.unit is Unit.NEXT_DAY:
        return start + _DAY
    if span.unit is Unit.MONTHS:
        return _months_later(start, span.count)
    return start + span.elapsed


def _months_later(start: date, months: int) -> date:
    """Same number in the month, else its last day (lag 1930:173, 1 §)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _rule(first: date, last: date, span: Span) -> str:
    if span.unit is Unit.DAYS:
        return why.FROM_NEXT_DAY
    if span.unit is Unit.WEEKS:
        return why.SAME_WEEKDAY
    return why.SAME_NUMBER if last.day == first.day else why.end_of_month(last, first.day)


def _moved(day: date, rests: Rests, rest: RestRule, *, earlier: date) -> date:
    match rest:
        case RestRule.NEXT:
            return _working_day_from(day, rests)
        case RestRule.PREVIOUS:
            return earlier
        case RestRule.SAME:
            return day
        case _:
            assert_never(rest)


def _working_day_from(day: date, rests: Rests) -> date:
    while rests(day):
        day += _DAY
    return day


def _working_day_before(day: date, rests: Rests, *, after: date) -> date:
    """The last working day up to `day`; `day` itself when there is none later than `after`."""
    earlier = day
    while earlier > after and rests(earlier):
        earlier -= _DAY
    return earlier if earlier > after else day


def _why_moved(day: date, last: date, name: str | None) -> str:
    if not name:
        return ""
    if last > day:
        return f", flyttad från {name} {day} till nästa vardag (lag 1930:173 2 §)"
    if last < day:
        return f", flyttad från {name} {day} till vardagen före"
    return f", som är {name} och inte flyttas"

"""Lengths of clocks and the moment at which they end; hours elapse in UTC, legal days in Sweden."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_TEXT = re.compile(r"(?P<count>\d+) (?P<unit>min|h|dag(?:ar)?|veck(?:a|or)|månad(?:er)?)")
_NEXT_DAY = "nästa dags slut"


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
        """The span as elapsed time; only for minutes, hours and, as warnings, whole days."""
        scale = {
            Unit.MINUTES: timedelta(minutes=1),
            Unit.HOURS: timedelta(hours=1),
            Unit.DAYS: timedelta(days=1),
            Unit.WEEKS: timedelta(weeks=1),
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

    `at` is the end of the statutory last day, moved off rest days (lag 1930:173, 2 §); `target`
    the end of the last working day on or before the unmoved day, so that nothing depends on
    that rule. For elapsed spans the two are the same.
    """

    at: datetime
    target: datetime
    why: str


def due(anchor: datetime, span: Span, rests: Callable[[date], bool]) -> Due:
    """The end of `span` from `anchor`; `rests` tells which dates are rest days."""
    start = f"{_moment(anchor)} + {span}"
    if span.unit.elapses:
        at = anchor.astimezone(UTC) + span.elapsed
        return Due(at, at, f"{start}, förfluten tid dygnet runt")
    last = _last_day(anchor.astimezone(STOCKHOLM).date(), span)
    if span.unit is Unit.NEXT_DAY:
        at = end_of(last)
        return Due(at, at, f"{_moment(anchor)}, till slutet av nästa dag")
    statutory, inner = _shift(last, rests, 1), _shift(last, rests, -1)
    moved = f", flyttad från helgdagen {last} (lag 1930:173)" if statutory != last else ""
    return Due(end_of(statutory), end_of(inner), f"{start}: sista dag {statutory}{moved}")


def end_of(day: date) -> datetime:
    """The first moment after `day` in Sweden, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), STOCKHOLM).astimezone(UTC)


def _last_day(start: date, span: Span) -> date:
    if span.unit is Unit.NEXT_DAY:
        return start + timedelta(days=1)
    if span.unit is Unit.MONTHS:
        return _months_later(start, span.count)
    return start + span.elapsed


def _months_later(start: date, months: int) -> date:
    """Same number in the month, else its last day (lag 1930:173, 1 §)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _shift(day: date, rests: Callable[[date], bool], step: int) -> date:
    while rests(day):
        day += timedelta(days=step)
    return day


def _moment(at: datetime) -> str:
    return f"{at.astimezone(STOCKHOLM):%Y-%m-%d kl. %H.%M}"

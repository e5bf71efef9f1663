"""Swedish clock time: what a moment is called, and which moments a clock time can mean.

One night a year lacks an hour and one has the same hour twice (förordning 2001:127); within that
doubled hour a time is told with `sommartid` or `vintertid`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SUMMER, WINTER = "sommartid", "vintertid"

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_RARE = timedelta(days=28)  # clocks are never changed twice within it


@dataclass(frozen=True, slots=True)
class Shift:
    """A night in which the clocks are changed; `day` is the day that the night leads to."""

    day: date
    shorter: bool


def midnight(day: date) -> datetime:
    """When `day` begins in Sweden, in UTC."""
    return datetime.combine(day, time(), STOCKHOLM).astimezone(UTC)


def local_day(at: datetime) -> date:
    """The Swedish day that a moment is in."""
    return at.astimezone(STOCKHOLM).date()


def clock_time(at: datetime) -> str:
    """`13.42`; in the doubled hour `02.30 sommartid` or `02.30 vintertid`."""
    local = at.astimezone(STOCKHOLM)
    return f"{local:%H.%M} {_season(local)}" if _doubled(local) else f"{local:%H.%M}"


def moment(at: datetime) -> str:
    """`2026-03-14 kl. 13.42`."""
    return f"{local_day(at)} kl. {clock_time(at)}"


def last_clock_time(at: datetime) -> str:
    """An end at midnight belongs to the day that ends: `24.00`."""
    return "24.00" if _is_midnight(at) else clock_time(at)


def last_moment(at: datetime) -> str:
    """An end at midnight belongs to the day that ends: `2026-03-14 kl. 24.00`."""
    day = local_day(at) - _DAY if _is_midnight(at) else local_day(at)
    return f"{day} kl. {last_clock_time(at)}"


def moments_of(day: date, hour: time) -> tuple[datetime, ...]:
    """Every moment, in UTC and in order, at which Swedish clocks show `hour` on `day`: none to two.

    An `hour` without a time zone; its fold does not matter.
    """
    shown = datetime.combine(day, hour)
    tried = {shown.replace(tzinfo=STOCKHOLM, fold=fold).astimezone(UTC) for fold in (0, 1)}
    back = (it for it in tried if it.astimezone(STOCKHOLM).replace(tzinfo=None, fold=0) == shown)
    return tuple(sorted(back))


def shifts(start: datetime, end: datetime) -> Iterator[Shift]:
    """The nights between two moments in which Swedish clocks were changed, in order."""
    here, last = start.astimezone(UTC), end.astimezone(UTC)
    while here < last:
        there = min(here + _RARE, last)
        before, after = _ahead(here), _ahead(there)
        if before != after:
            yield Shift(local_day(_changed(here, there)), shorter=after > before)
        here = there


def _changed(before: datetime, after: datetime) -> datetime:
    """The first whole minute, or less, at which the offset is that of `after`."""
    while after - before > _MINUTE:
        middle = before + (after - before) / 2
        if _ahead(middle) == _ahead(after):
            after = middle
        else:
            before = middle
    return after


def _season(local: datetime) -> str:
    return SUMMER if local.dst() else WINTER


def _doubled(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _is_midnight(at: datetime) -> bool:
    return at.astimezone(STOCKHOLM).time() == time()


def _ahead(at: datetime) -> timedelta:
    """By how much Swedish clocks are ahead of UTC."""
    return at.astimezone(STOCKHOLM).replace(tzinfo=UTC) - at

"""Moments and time left, as people read them in Swedish; the server's clock is the only one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rules import local_time

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_INSTANT = timedelta(microseconds=1)
SOON = timedelta(hours=2)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as the last moment with what is left; `state` also stands as symbol and word."""

    text: str
    left: str
    state: str
    symbol: str
    word: str


def moment(at: datetime) -> str:
    """`2026-03-14 kl. 13.42`; in the doubled hour `2026-10-25 kl. 02.30 sommartid`."""
    return local_time.moment(at)


def day(at: datetime) -> str:
    """`2026-03-14`."""
    return local_time.local_day(at).isoformat()


def clock_time(at: datetime) -> str:
    """`13.42`; in the doubled hour `02.30 sommartid`, as it may also be typed."""
    return local_time.clock_time(at)


def last_moment(at: datetime) -> str:
    """A deadline at midnight belongs to the day that ends: `2026-03-14 kl. 24.00`."""
    return local_time.last_moment(at)


def weekday_moment(at: datetime) -> str:
    """For a moment that somebody plans for: `måndag 2026-03-16 kl. 08.00`."""
    return f"{_weekday(at)} {moment(at)}"


def length(span: timedelta) -> str:
    """`3 tim 10 min`, `12 min`, `5 dagar`; never more exact than is useful."""
    if span < _MINUTE:
        return "mindre än en minut"
    if span < _HOUR:
        return f"{span // _MINUTE} min"
    if span < 2 * _DAY:
        minutes = (span % _HOUR) // _MINUTE
        return f"{span // _HOUR} tim {minutes} min" if minutes else f"{span // _HOUR} tim"
    return f"{span // _DAY} dagar"


def deadline(due: datetime, now: datetime) -> Deadline:
    """How a running clock stands; a breach is louder than anything on track.

    An end farther away than a week has its weekday.
    """
    if due <= now:
        left = f"för {length(now - due)} sedan"
        return Deadline(f"bröts {last_moment(due)}", left, "breached", "✖", "Bruten")
    left = f"{length(due - now)} kvar"
    if due - now <= SOON:
        return Deadline(f"senast {last_moment(due)}", left, "soon", "▲", "Snart")
    named = f"{_weekday(due - _INSTANT)} " if due - now > _WEEK else ""
    return Deadline(f"senast {named}{last_moment(due)}", left, "running", "○", "Löper")


def _weekday(at: datetime) -> str:
    return WEEKDAYS[local_time.local_day(at).weekday()]

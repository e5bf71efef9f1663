"""When something applies: from a first day to a last, both included; either may be open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row; without a first day it has always begun, without a last it never ends."""

    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        if self.endless:
            return "alltid"
        if self.last is None:
            return f"från och med {self.first}"
        if self.first is None:
            return f"till och med {self.last}"
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def endless(self) -> bool:
        """True when it has neither beginning nor end."""
        return self.first is None and self.last is None

    def covers(self, day: date) -> bool:
        """True for the days of the period."""
        return (self.first or day) <= day <= (self.last or day)

    def shared(self, other: "Period") -> "Period | None":
        """The days that both have; None when there are none."""
        first = max((it.first for it in (self, other) if it.first), default=None)
        last = min((it.last for it in (self, other) if it.last), default=None)
        return None if first and last and first > last else Period(first, last)


ALWAYS = Period()


def turns(periods: Sequence[Period]) -> tuple[date, ...]:
    """Every day on which something is otherwise than the day before."""
    begun = {it.first for it in periods if it.first}
    ended = {it.last + _DAY for it in periods if it.last and it.last < date.max}
    return tuple(sorted(begun | ended))


def pieces(days: Iterable[date]) -> tuple[Period, ...]:
    """The whole of time, cut at the days given."""
    cuts = sorted(set(days))
    firsts, lasts = [None, *cuts], [*(day - _DAY for day in cuts), None]
    return tuple(Period(first, last) for first, last in zip(firsts, lasts, strict=True))


def overlaps(periods: Sequence[Period]) -> Iterator[tuple[int, Period]]:
    """Each period that shares days with an earlier one: its number, and those days."""
    for number, period in enumerate(periods):
        for earlier in periods[:number]:
            if shared := period.shared(earlier):
                yield number, shared
                break


def holes(periods: Sequence[Period], whole: Period = ALWAYS) -> Iterator[Period]:
    """The days of the whole on which none of the periods applies."""
    for piece in pieces(turns((*periods, whole))):
        if piece.shared(whole) and not any(piece.shared(it) for it in periods):
            yield piece

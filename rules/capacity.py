"""Capacity ahead: the hours of the coming days at which a concern would find no standing time for
its hub that keeps every promise, and what is in the way."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from rules import slot_words
from rules.level import Level
from rules.local_time import local_day, midnight
from rules.wish import Wish

DAYS = 14
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """From one moment up to another, both at whole hours of the day."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """What a day has for concerns of `level` by the hour at which they come in.

    At `taken` hours there are standing times, all in the way of something that `reasons` tells;
    at hours `without`, the rules have none, however much is free. The hub then meets extra.
    """

    day: date
    level: Level
    taken: tuple[Hours, ...]
    without: tuple[Hours, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Time:
    start: datetime
    obstacle: str


def outlook(wish: Wish, lengths: Mapping[Level, timedelta], *, days: int = DAYS) -> tuple[Day, ...]:
    """The coming `days`, today first, for concerns whose decision is due after the length of
    their level.

    `wish` says now, which units are called, and what is booked; its deadline has no meaning here.
    A concern is taken to be called on as soon as it comes in.
    """
    first = local_day(wish.at)
    reach = max(lengths.values(), default=timedelta())
    until = midnight(first + timedelta(days=days)) + reach
    times = [_Time(it, slot_words.obstacle(wish, it)) for it in wish.standing(wish.at, until)]
    return tuple(
        _of_day(wish, first + timedelta(days=offset), of=(level, length), times=times)
        for offset in range(days)
        for level, length in lengths.items()
    )


def _of_day(wish: Wish, day: date, *, of: tuple[Level, timedelta], times: Sequence[_Time]) -> Day:
    level, length = of
    found = {hour: _within(wish, hour, length=length, times=times) for hour in _hours(day, wish.at)}
    taken = [hour for hour, fit in found.items() if fit and all(it.obstacle for it in fit)]
    reasons = dict.fromkeys(it for hour in taken for it in found[hour])
    return Day(
        day=day,
        level=level,
        taken=_joined(taken),
        without=_joined([hour for hour, fit in found.items() if not fit]),
        reasons=tuple(
            f"{slot_words.clock(it.start, midnight(day))} {it.obstacle}"
            for it in sorted(reasons, key=lambda it: it.start)
        ),
    )


def _within(
    wish: Wish, hour: datetime, *, length: timedelta, times: Sequence[_Time]
) -> Sequence[_Time]:
    """The standing times for what comes in at `hour`: after the units' time, before too late."""
    policy = wish.policy
    ready = max(hour, wish.at) + policy.answer_time.elapsed
    latest = hour + length - policy.decision_time.elapsed - policy.length.elapsed
    low = bisect_left(times, ready, key=lambda it: it.start)
    return times[low : bisect_right(times, latest, key=lambda it: it.start)]


def _hours(day: date, now: datetime) -> Iterator[datetime]:
    """The whole hours of the day that are not over; 23 or 25 on the nights of summer time."""
    hour, end = midnight(day), midnight(day + timedelta(days=1))
    while hour < end:
        if hour + _HOUR > now:
            yield hour
        hour += _HOUR


def _joined(hours: Sequence[datetime]) -> tuple[Hours, ...]:
    """Hours that follow on one another as one stretch."""
    numbered = groupby(enumerate(hours), key=lambda it: it[1] - it[0] * _HOUR)
    stretches = ([hour for _, hour in group] for _, group in numbered)
    return tuple(Hours(it[0], it[-1] + _HOUR) for it in stretches)

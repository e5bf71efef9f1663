"""The meetings of the coming days by day and room, and the days that are tight, in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from hub.views.times import clock_time
from hub.views.words import LevelTag, level_tag
from rules.capacity import Day, Hours
from rules.level import Level
from rules.local_time import last_clock_time, local_day
from rules.slot_policy import SlotPolicy
from workflows.meeting_board import Booked, Capacity, MeetingBoard

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting; without a number it is only that a room is taken."""

    when: str
    number: str
    room: str
    link: str
    href: str
    over: bool


@dataclass(frozen=True, slots=True)
class MeetingDay:
    """The meetings of one day."""

    name: str
    lines: tuple[MeetingLine, ...]


@dataclass(frozen=True, slots=True)
class TightDay:
    """A day and the hours at which a concern of the level would find every standing time taken."""

    name: str
    level: LevelTag
    hours: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Hours for which the rules have no standing time at all, on most days or on the named ones."""

    level: LevelTag
    hours: str
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapacityView:
    """What is tight, what the rules leave out, and how many days were looked at."""

    tight: tuple[TightDay, ...]
    uncovered: tuple[Uncovered, ...]
    days: int


def meeting_days(board: MeetingBoard, policy: SlotPolicy) -> tuple[MeetingDay, ...]:
    """Day by day, soonest first."""
    now = board.moment.at
    by_day = groupby(board.booked, key=lambda it: local_day(it.meeting.starts_at))
    return tuple(
        MeetingDay(day_name(day, local_day(now)), tuple(_line(it, policy, now) for it in lines))
        for day, lines in by_day
    )


def capacity_view(capacity: Capacity) -> CapacityView:
    """The tight days in order; what is so every day is told once."""
    today = local_day(capacity.moment.at)
    tight = (it for it in capacity.days if it.taken)
    levels = dict.fromkeys(it.level for it in capacity.days)
    return CapacityView(
        tight=tuple(_tight(it, today) for it in tight),
        uncovered=tuple(
            one
            for level in levels
            for one in _uncovered(level, [it for it in capacity.days if it.level is level], today)
        ),
        days=len({it.day for it in capacity.days}),
    )


def day_name(day: date, today: date) -> str:
    """`I dag, tisdag 10 mars`, `I morgon, …`, or the day alone."""
    told = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    near = {0: "i dag, ", 1: "i morgon, "}.get((day - today).days, "")
    return f"{near}{told}"


def _line(booked: Booked, policy: SlotPolicy, now: datetime) -> MeetingLine:
    meeting = booked.meeting
    room = policy.room(meeting.room)
    name = room.name if room else meeting.room or "Inget rum, ordna ett"
    return MeetingLine(
        when=f"{clock_time(meeting.starts_at)}–{clock_time(meeting.ends_at)}",
        number=booked.number,
        room=name,
        link=(room.link or "") if room and booked.may_open else "",
        href=f"/cases/{meeting.case_id}/hub" if booked.may_open else "",
        over=meeting.ends_at <= now,
    )


def _tight(day: Day, today: date) -> TightDay:
    return TightDay(
        name=day_name(day.day, today),
        level=level_tag(day.level),
        hours=_hours(day.taken),
        reasons=day.reasons,
    )


def _uncovered(level: Level, days: list[Day], today: date) -> Iterable[Uncovered]:
    """The usual hours of whole days once, and then the days that have others."""
    whole = [it for it in days if it.day != today] or days
    usual = Counter(_hours(it.without) for it in whole).most_common(1)[0][0]
    if usual:
        yield Uncovered(level_tag(level), usual, ())
    others: dict[str, list[str]] = {}
    for it in whole:
        hours = _hours(it.without)
        if hours not in (usual, ""):
            others.setdefault(hours, []).append(day_name(it.day, today))
    for hours, names in others.items():
        yield Uncovered(level_tag(level), hours, tuple(names))


def _hours(stretches: Iterable[Hours]) -> str:
    told = [f"{clock_time(it.since)}–{last_clock_time(it.until)}" for it in stretches]
    return f"kl. {' och '.join(told)}" if told else ""

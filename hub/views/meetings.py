"""The meetings of the coming days by day and room, and the days that are tight, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from hub.views.times import WEEKDAYS, clock_time
from hub.views.words import LevelTag, level_tag
from rules.capacity import Day, Hours
from rules.level import Level
from rules.local_time import last_clock_time, local_day
from rules.slot_policy import SlotPolicy
from workflows.meeting_board import Booked, Capacity, MeetingBoard

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
    """Hours for which the rules have no standing time at all, and on which days."""

    level: LevelTag
    hours: str
    days: str


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
    told = f"{WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
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
    by_hours: dict[str, list[str]] = {}
    for it in [it for it in days if it.day != today]:
        by_hours.setdefault(_hours(it.without), []).append(day_name(it.day, today))
    usual = max(by_hours, key=lambda hours: len(by_hours[hours]), default="")
    tag = level_tag(level)
    if usual:
        yield Uncovered(tag, usual, "varje dag" if len(by_hours) == 1 else "de flesta dagar")
    for hours, names in by_hours.items():
        if hours and hours != usual:
            yield Uncovered(tag, hours, ", ".join(names))


def _hours(stretches: Iterable[Hours]) -> str:
    told = [f"{clock_time(it.since)}–{last_clock_time(it.until)}" for it in stretches]
    return f"kl. {' och '.join(told)}" if told else ""

"""A hub meeting that is wanted: between which moments, at which standing times, and what a time
for it would cost."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from rules.diary import Diary
from rules.local_time import STOCKHOLM, local_day
from rules.slot_policy import SlotPolicy

_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_HORIZON = 32
MINUTE = timedelta(minutes=1)


class Promise(StrEnum):
    """What a meeting promises; when there is no time for all, one of them gives way."""

    DEADLINE = "fristen"
    ANSWER_TIME = "enheternas tid"
    PRESENCE = "att alla enheter kan vara med"
    ROOM = "ett ledigt rum"


@dataclass(frozen=True, slots=True)
class Wish:
    """A meeting that is wanted `at` a moment, with its decision due at `deadline`.

    `called_at` is when the units' time began, if that was before `at`: the hub is called already.
    """

    at: datetime
    deadline: datetime
    policy: SlotPolicy
    units: tuple[str, ...] = ()
    diary: Diary = field(default_factory=Diary)
    called_at: datetime | None = None

    @property
    def answered(self) -> datetime:
        """When the units have had all their time."""
        return (self.called_at or self.at) + self.policy.answer_time.elapsed

    @property
    def earliest(self) -> datetime:
        """The first whole minute at which the units have had their time."""
        return whole_after(max(self.answered, self.at))

    @property
    def soonest(self) -> datetime:
        """The first whole minute that gives the units as long as a meeting takes."""
        return whole_after(self.at + self.policy.length.elapsed)

    @property
    def latest(self) -> datetime:
        """The last whole minute from which the meeting leaves time to decide."""
        left = self.policy.decision_time.elapsed + self.policy.length.elapsed
        return whole(self.deadline - left)

    def end(self, start: datetime) -> datetime:
        """When a meeting from `start` is over."""
        return start + self.policy.length.elapsed

    def has_room(self, start: datetime) -> bool:
        """Whether a room is free for a meeting from `start`."""
        rooms = self.policy.rooms
        return self.diary.free_room(rooms, start, self.end(start)) is not None

    def missing(self, start: datetime) -> tuple[str, ...]:
        """The units for which nobody could be at a meeting from `start`."""
        return self.diary.missing(self.units, start, self.end(start))

    def gives_way(self, start: datetime) -> tuple[Promise, ...]:
        """The promises that a meeting from `start` would not keep."""
        found = (
            (Promise.DEADLINE, start > self.latest),
            (Promise.ANSWER_TIME, start < self.answered),
            (Promise.PRESENCE, bool(self.missing(start))),
            (Promise.ROOM, not self.has_room(start)),
        )
        return tuple(promise for promise, broken in found if broken)

    def standing(self, since: datetime, until: datetime) -> Iterator[datetime]:
        """The standing times from `since` to `until`, both included, soonest first."""
        first = local_day(since)
        for offset in range(_HORIZON):
            day = first + timedelta(days=offset)
            rests = not self.policy.on_rest_days and self.diary.rests(day)
            if rests or _WEEKDAYS[day.weekday()] not in self.policy.weekdays:
                continue
            # On the night without an hour a later time of the clock may come first.
            hours = (time.fromisoformat(text.replace(".", ":")) for text in self.policy.times)
            local = (datetime.combine(day, hour, STOCKHOLM) for hour in hours)
            yield from sorted(it for it in map(_utc, local) if since <= it <= until)

    def is_standing(self, start: datetime) -> bool:
        """Whether `start` is a standing time."""
        return start in self.standing(start, start)


def whole(at: datetime) -> datetime:
    """The whole minute that `at` is in."""
    return _utc(at).replace(second=0, microsecond=0)


def whole_after(at: datetime) -> datetime:
    """The first whole minute not before `at`: a rounded time takes nothing from the units."""
    return whole(at) if whole(at) == at else whole(at) + MINUTE


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)

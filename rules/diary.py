"""What is booked already and who is away: what a meeting has to fit in with."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rules.absences import Absence
from rules.slot_policy import RoomPolicy
from rules.span import Rests


@dataclass(frozen=True, slots=True)
class Booking:
    """A meeting to come: when, in which room (none is `""`), and with which units."""

    starts_at: datetime
    ends_at: datetime
    room: str = ""
    units: tuple[str, ...] = ()

    def during(self, start: datetime, end: datetime) -> bool:
        """Whether the meeting and the time from `start` up to `end` have a moment in common."""
        return self.starts_at < end and start < self.ends_at


def _never(_day: date) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Diary:
    """The bookings, each unit's representatives by account, their absences, and the rest days.

    A unit whose representatives are not known is taken to have one. `names` is what units are
    called.
    """

    bookings: tuple[Booking, ...] = ()
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    rests: Rests = _never

    def free_room(
        self, rooms: tuple[RoomPolicy, ...], start: datetime, end: datetime
    ) -> RoomPolicy | None:
        """The first room that nobody meets in; None when every one is taken."""
        taken = {it.room for it in self.bookings if it.during(start, end)}
        return next((room for room in rooms if room.id not in taken), None)

    def missing(self, units: tuple[str, ...], start: datetime, end: datetime) -> tuple[str, ...]:
        """The units for which nobody could be there: away, or in other meetings."""
        return tuple(unit for unit in units if not self._somebody(unit, start, end))

    def _somebody(self, unit: str, start: datetime, end: datetime) -> bool:
        taken = sum(unit in it.units and it.during(start, end) for it in self.bookings)
        return taken < self._hands(unit, start, end)

    def _hands(self, unit: str, start: datetime, end: datetime) -> int:
        """How many could speak for the unit; when all are away, one if somebody stands in."""
        people = self.people.get(unit)
        if not people:
            return 1
        there = sum(not self._is_away(person, start, end) for person in people)
        return there or int(self.stand_in(unit, start, end) is not None)

    def _is_away(self, account: str, start: datetime, end: datetime) -> bool:
        return any(it.account == account and it.during(start, end) for it in self.absences)

    def _stand_ins(self, unit: str, start: datetime, end: datetime) -> Iterator[str]:
        """Standing deputies of the unit's representatives who are not away themselves."""
        for it in self.absences:
            away = it.account in self.people.get(unit, ()) and it.during(start, end)
            if away and it.deputy and not self._is_away(it.deputy, start, end):
                yield it.deputy

    def nobody_for(self, unit: str, *, now: datetime, answer_by: datetime, at: datetime) -> bool:
        """Whether a call finds nobody: each representative is away for all of the time to answer,
        or when the meeting begins."""
        people = self.people.get(unit, ())
        return bool(people) and all(
            self.misses(who, now=now, answer_by=answer_by, at=at) for who in people
        )

    def misses(self, account: str, *, now: datetime, answer_by: datetime, at: datetime) -> bool:
        """Whether a call misses somebody: away for all of the time to answer, or at the meeting."""
        return any(
            it.account == account and (it.throughout(now, answer_by) or it.at(at))
            for it in self.absences
        )

    def newest_absence(self, accounts: Collection[str], start: datetime, end: datetime) -> str:
        """The id of the absence of any of them that was set last; none is `""`."""
        found = [it for it in self.absences if it.account in accounts and it.during(start, end)]
        newest = max(found, key=lambda it: (it.set_at, it.id), default=None)
        return newest.id if newest else ""

    def stand_in(self, unit: str, start: datetime, end: datetime) -> str | None:
        """Who stands in when a unit's own people are away; None when nobody has been named."""
        return next(self._stand_ins(unit, start, end), None)

    def name(self, unit: str) -> str:
        """What people call the unit."""
        return self.names.get(unit, unit)

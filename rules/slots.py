"""The hub's meeting time: the first standing slot that keeps every promise, or else which promise
gives way, and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from rules import slot_words
from rules.wish import MINUTE, Promise, Wish, whole, whole_after


@dataclass(frozen=True, slots=True)
class Slot:
    """A meeting; `extra` when it is at no standing time, `room` the id of its room or `""`.

    `missing` names the units for which nobody could be there.
    """

    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    extra: bool
    why: str
    room: str = ""
    gives_way: tuple[Promise, ...] = ()
    missing: tuple[str, ...] = ()


def propose(wish: Wish) -> Slot:
    """The meeting to call to.

    What gives way, if something must: first that the time is a standing one, then the room, then
    the units' time, then that every unit can be there, and last of all the deadline.
    """
    start = _chosen(wish)
    return _slot(wish, start, slot_words.of_proposal(wish, start))


def at_time(wish: Wish, starts_at: datetime) -> Slot:
    """A meeting at a time that a person chose; the units never get longer than to its start."""
    start = whole(starts_at)
    return _slot(wish, start, slot_words.of_choice(wish, start))


Fits = Callable[[datetime], bool]


def _chosen(wish: Wish) -> datetime:
    def is_whole(start: datetime) -> bool:
        return not wish.missing(start)

    def keeps_all(start: datetime) -> bool:
        return wish.has_room(start) and is_whole(start)

    fallback = wish.latest if wish.latest > wish.at else wish.soonest
    return (
        _first(wish, keeps_all)
        or _first(wish, is_whole)
        or next(filter(keeps_all, _shortened(wish)), None)
        or _first(wish, wish.has_room)
        or _first(wish, _anything)
        or fallback
    )


def _anything(_start: datetime) -> bool:
    return True


def _first(wish: Wish, fits: Fits) -> datetime | None:
    """The first standing time that fits, or else the first time at all."""
    times = (*wish.standing(wish.earliest, wish.latest), *_extra(wish))
    return next(filter(fits, times), None)


def _extra(wish: Wish) -> Iterable[datetime]:
    """Times that are no standing ones, soonest first: what does not fit at one of them does not
    fit until the next, since nothing becomes free between them."""
    diary = wish.diary
    ends = (*(it.ends_at for it in diary.bookings), *(it.until for it in diary.absences))
    times = {wish.earliest, *map(whole_after, ends)}
    return sorted(it for it in times if wish.earliest <= it <= wish.latest)


def _shortened(wish: Wish) -> Iterable[datetime]:
    """Times that cut the units' time short, the one that cuts least first."""
    diary, length = wish.diary, wish.policy.length.elapsed
    last = min(wish.latest, wish.earliest - MINUTE)
    begins = (*(it.starts_at for it in diary.bookings), *(it.starts_at for it in diary.absences))
    times = {last, *(whole(it - length) for it in begins)}
    return sorted((it for it in times if wish.soonest <= it <= last), reverse=True)


def _slot(wish: Wish, start: datetime, why: str) -> Slot:
    end = wish.end(start)
    room = wish.diary.free_room(wish.policy.rooms, start, end)
    return Slot(
        starts_at=start,
        ends_at=end,
        answer_by=min(wish.answered, start),
        extra=not wish.is_standing(start),
        why=why,
        room=room.id if room else "",
        gives_way=wish.gives_way(start),
        missing=wish.missing(start),
    )

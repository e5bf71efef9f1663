"""Why the hub meets just then, in Swedish: what is kept, what gives way, and what was passed
over."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from rules.local_time import clock_time, local_day
from rules.wish import Promise, Wish

_MOST = 3


def of_proposal(wish: Wish, start: datetime) -> str:
    """Why a meeting from `start` is proposed."""
    return "; ".join((_main(wish, start), *_lacking(wish, start), *_passed_over(wish, start)))


def of_choice(wish: Wish, start: datetime) -> str:
    """What a time that a person chose costs."""
    costs = (*_cut(wish, start), *_lacking(wish, start))
    return "; ".join(("vald av den som kallade", *costs))


def _main(wish: Wish, start: datetime) -> str:
    broken, policy, deadline = wish.gives_way(start), wish.policy, clock(wish.deadline, wish.at)
    if Promise.DEADLINE in broken:
        return (
            f"fristen {deadline} går inte att hålla: extra möte så snart enheterna hunnit få"
            f" {policy.length}"
        )
    if Promise.ANSWER_TIME in broken:
        crowded = wish.earliest <= wish.latest or start < wish.latest
        cause = " och det som redan är bokat" if crowded else ""
        end = "det går" if crowded else "fristen tillåter"
        return (
            f"fristen {deadline}{cause} ger enheterna bara {_minutes(wish, start)} min i stället"
            f" för {policy.answer_time}: extra möte så sent som {end}"
        )
    if wish.is_standing(start):
        return (
            f"första fasta tid som ger enheterna {policy.answer_time} och håller fristen {deadline}"
        )
    if any(True for _ in wish.standing(wish.earliest, wish.latest)):
        return "ingen fast tid håller alla löften: extra möte"
    return f"ingen fast tid ger enheterna {policy.answer_time} och håller fristen: extra möte"


def _minutes(wish: Wish, start: datetime) -> int:
    since = wish.called_at or wish.at
    return int((start - since).total_seconds() // 60)


def _cut(wish: Wish, start: datetime) -> Iterator[str]:
    broken = wish.gives_way(start)
    if Promise.DEADLINE in broken:
        yield f"fristen {clock(wish.deadline, wish.at)} hålls inte"
    if Promise.ANSWER_TIME in broken:
        minutes = _minutes(wish, start)
        yield f"enheterna får {minutes} min i stället för {wish.policy.answer_time}"


def _lacking(wish: Wish, start: datetime) -> Iterator[str]:
    missing = wish.missing(start)
    if missing:
        yield f"ingen från {_names(wish, missing)} kan vara med, de får svara skriftligt"
    if not wish.has_room(start):
        yield "alla rum är upptagna då, ordna ett annat"


def _passed_over(wish: Wish, start: datetime) -> Iterator[str]:
    """Standing times that came before the chosen one, or instead of it, and what was in the
    way."""
    found = [(it, obstacle(wish, it)) for it in wish.standing(wish.earliest, wish.latest)]
    until = start if wish.is_standing(start) else wish.deadline
    blocked = [f"{clock(it, wish.at)} {why}" for it, why in found if why and it < until]
    yield from blocked[:_MOST]
    if len(blocked) > _MOST:
        yield f"{len(blocked) - _MOST} senare tider är också upptagna"


def obstacle(wish: Wish, start: datetime) -> str:
    """What stands in the way of a meeting from `start`; nothing when it has room and units."""
    missing = wish.missing(start)
    told = (
        "är alla rum upptagna" if not wish.has_room(start) else "",
        f"kan ingen från {_names(wish, missing)} vara med" if missing else "",
    )
    return " och ".join(filter(None, told))


def _names(wish: Wish, units: Iterable[str]) -> str:
    *most, last = (wish.diary.name(unit) for unit in units)
    return f"{', '.join(most)} eller {last}" if most else last


def clock(at: datetime, near: datetime) -> str:
    """The time of day, with the day unless it is the same as that of `near`."""
    day, told = local_day(at), f"kl. {clock_time(at)}"
    return told if day == local_day(near) else f"den {day.day}/{day.month} {told}"

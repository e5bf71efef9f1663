"""The hub's meeting time: the first standing slot that gives the units their time and keeps the
deadline, or an extra meeting, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from rules.policy import SlotPolicy
from rules.span import STOCKHOLM

_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_HORIZON = 15


@dataclass(frozen=True, slots=True)
class Slot:
    """A proposed meeting; `extra` when no standing slot would do."""

    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    extra: bool
    why: str


def propose(called_at: datetime, deadline: datetime, policy: SlotPolicy) -> Slot:
    """The meeting for a hub called at `called_at` whose decision is due at `deadline`."""
    ready = called_at + policy.answer_time.elapsed
    latest_end = deadline - policy.decision_time.elapsed
    for start in _standing(called_at, policy):
        if start >= ready and start + policy.length.elapsed <= latest_end:
            why = (
                f"första fasta tid som ger enheterna {policy.answer_time} och håller fristen"
                f" kl. {_clock(deadline)}"
            )
            return _slot(start, policy, ready, extra=False, why=why)
    return _extra(called_at, deadline, policy)


def _extra(called_at: datetime, deadline: datetime, policy: SlotPolicy) -> Slot:
    ready = called_at + policy.answer_time.elapsed
    latest_start = _whole(deadline - policy.decision_time.elapsed - policy.length.elapsed)
    if latest_start >= _whole_after(ready):
        why = f"ingen fast tid ger enheterna {policy.answer_time} och håller fristen: extra möte"
        return _slot(_whole_after(ready), policy, ready, extra=True, why=why)
    if latest_start > called_at:
        minutes = int((latest_start - called_at).total_seconds() // 60)
        why = (
            f"fristen kl. {_clock(deadline)} ger enheterna bara {minutes} min i stället för"
            f" {policy.answer_time}: extra möte så sent som fristen tillåter"
        )
        return _slot(latest_start, policy, latest_start, extra=True, why=why)
    soon = _whole_after(called_at + policy.length.elapsed)
    why = (
        f"fristen kl. {_clock(deadline)} går inte att hålla: extra möte så snart enheterna hunnit"
        f" få {policy.length}"
    )
    return _slot(soon, policy, soon, extra=True, why=why)


def at_time(called_at: datetime, starts_at: datetime, policy: SlotPolicy) -> Slot:
    """A meeting at a time that a person chose; the units never get longer than to its start."""
    ready = called_at + policy.answer_time.elapsed
    return _slot(_whole(starts_at), policy, ready, extra=True, why="vald av den som kallade")


def _slot(start: datetime, policy: SlotPolicy, ready: datetime, *, extra: bool, why: str) -> Slot:
    return Slot(start, start + policy.length.elapsed, min(ready, start), extra, why)


def _whole(at: datetime) -> datetime:
    """The whole minute that `at` is in."""
    return at.replace(second=0, microsecond=0)


def _whole_after(at: datetime) -> datetime:
    """The first whole minute not before `at`: a rounded time takes nothing from the units."""
    return _whole(at) if _whole(at) == at else _whole(at) + timedelta(minutes=1)


def _standing(after: datetime, policy: SlotPolicy) -> Iterator[datetime]:
    first = after.astimezone(STOCKHOLM).date()
    for offset in range(_HORIZON):
        day = first + timedelta(days=offset)
        if _WEEKDAYS[day.weekday()] not in policy.weekdays:
            continue
        for text in sorted(policy.times):
            hour, minute = text.split(".")
            local = datetime.combine(day, time(int(hour), int(minute)), STOCKHOLM)
            yield local.astimezone(after.tzinfo)


def _clock(at: datetime) -> str:
    return f"{at.astimezone(STOCKHOLM):%H.%M}"

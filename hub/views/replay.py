"""A replay as a page shows it: the flows between levels, and each concern by its case number."""

from dataclasses import dataclass

from hub.views.flows import Picture, picture
from hub.views.times import day, last_moment
from hub.views.words import LevelTag, level_tag
from workflows.past_concerns import Shift
from workflows.replaying import Change, Direction, Promise, Replay


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One concern that would have had another level; no name and nothing of what it said."""

    number: str
    received: str
    before: LevelTag
    after: LevelTag
    way: str
    old_rules: tuple[str, ...]
    new_rules: tuple[str, ...]
    due_before: str
    due_after: str
    sooner: bool


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A level that is promised another time."""

    tag: LevelTag
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class ReplayView:
    """The sum first, then rules, then each concern: those that would be lowered first."""

    old: str
    new: str
    count: int
    checked: int
    raised: int
    lowered: int
    sooner: int
    flows: Picture
    shifts: tuple[Shift, ...]
    promises: tuple[PromiseLine, ...]
    changes: tuple[ChangeLine, ...]


def replay_view(found: Replay) -> ReplayView:
    """Everything that was found."""
    changes = sorted(found.changes, key=lambda it: it.direction is Direction.RAISED)
    return ReplayView(
        old=found.old,
        new=found.new,
        count=found.count,
        checked=found.checked,
        raised=found.moving(Direction.RAISED),
        lowered=found.moving(Direction.LOWERED),
        sooner=found.sooner,
        flows=picture(found.flows),
        shifts=found.shifts,
        promises=tuple(_promise(it) for it in found.promises),
        changes=tuple(_change(it) for it in changes),
    )


def _change(it: Change) -> ChangeLine:
    return ChangeLine(
        number=it.id,
        received=day(it.received_at) if it.received_at else "",
        before=level_tag(it.before),
        after=level_tag(it.after),
        way=it.direction.value,
        old_rules=it.rules_before,
        new_rules=it.rules_after,
        due_before=last_moment(it.deadline_before) if it.deadline_before else "",
        due_after=last_moment(it.deadline_after) if it.deadline_after else "",
        sooner=it.sooner,
    )


def _promise(it: Promise) -> PromiseLine:
    return PromiseLine(level_tag(it.level), str(it.before), str(it.after), it.count)

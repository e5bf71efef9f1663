"""Past concerns under two versions of the rules: whose level would change, and which deadline.

All of them are classified at once, as columns. A sample, and those that change, are counted again
one by one by the second engine, and nothing at all is answered if a single one differs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum

from rules.language.ruleset import RuleSet
from rules.level import Level
from rules.local_time import local_day
from rules.span import Rests, Span, due
from workflows.past_concerns import Columns, PastConcerns, Shift
from workflows.recounting import Recount

SAMPLE = 1000


class Direction(StrEnum):
    """Which way a level goes."""

    RAISED = "höjs"
    LOWERED = "sänks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A concern that would have another level: the rules that give it, and the deadline.

    No rules where the level is what every answer to an open question would give; no deadline when
    it is not known when the concern came in.
    """

    id: str
    received_at: datetime | None
    before: Level
    after: Level
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]
    deadline_before: datetime | None = None
    deadline_after: datetime | None = None

    @property
    def direction(self) -> Direction:
        """Which way the level goes."""
        return _direction(self.before, self.after)

    @property
    def because(self) -> tuple[str, ...]:
        """The rules that make the difference: those that give the higher level."""
        raised = self.direction is Direction.RAISED
        return self.rules_after if raised else self.rules_before

    @property
    def sooner(self) -> bool:
        """True when the deadline would have been shorter."""
        if self.deadline_before is None or self.deadline_after is None:
            return False
        return self.deadline_after < self.deadline_before


@dataclass(frozen=True, slots=True)
class Promise:
    """A level whose own deadline is another, for all `count` concerns that keep the level."""

    level: Level
    before: Span
    after: Span
    count: int
    sooner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What the new version would have meant; `checked` concerns were counted twice, and agreed."""

    old: str
    new: str
    count: int
    checked: int
    flows: Mapping[tuple[Level, Level], int]
    shifts: tuple[Shift, ...]
    promises: tuple[Promise, ...]
    changes: tuple[Change, ...]

    @property
    def sooner(self) -> int:
        """How many concerns would have had a shorter deadline, also those that keep their level."""
        keeping = sum(it.count for it in self.promises if it.sooner)
        return keeping + sum(change.sooner for change in self.changes)

    def moving(self, direction: Direction) -> int:
        """How many concerns go that way."""
        return sum(
            count
            for (before, after), count in self.flows.items()
            if before is not after and _direction(before, after) is direction
        )


class ColumnsDiffer(Exception):
    """The columns and the second engine differ on a concern: a defect, and no result."""

    def __init__(self, differing: Sequence[str], checked: int) -> None:
        self.differing = tuple(differing)
        super().__init__(
            f"Kolumnerna och den andra regelmotorn är oense om {len(self.differing)} av {checked}"
            f" kontrollerade anmälningar, först {self.differing[0]}. Inget resultat lämnas."
        )


def replay(past: PastConcerns, old: RuleSet, new: RuleSet, *, today: date, rests: Rests) -> Replay:
    """The new version held against the old over past concerns; raises ColumnsDiffer."""
    columns = past.compared(old, new, today=today)
    counted = _Counted(Recount(old, today), Recount(new, today))
    ends = _Deadlines(old, new, rests)
    places = sorted({*_spread(range(len(past))), *_spread(columns.changed)})
    _check(past, columns, places, counted=counted)
    changes = tuple(_changes(past, columns, counted=counted, ends=ends))
    return Replay(
        old=old.version,
        new=new.version,
        count=len(past),
        checked=len(places),
        flows=columns.flows,
        shifts=tuple(_shifts(columns, changes)),
        promises=tuple(_promises(columns.flows, ends, datetime.combine(today, time(12), UTC))),
        changes=changes,
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """Both versions by the second engine."""

    before: Recount
    after: Recount


def _spread(places: Sequence[int]) -> Sequence[int]:
    """At most SAMPLE of the places, the same ones each time, evenly spread."""
    step = -(-len(places) // SAMPLE)
    return places[:: max(step, 1)]


def _check(
    past: PastConcerns, columns: Columns, places: Sequence[int], *, counted: _Counted
) -> None:
    pairs = zip(past.concerns(places), columns.outcomes(places), strict=True)
    differing = [
        concern.id
        for concern, said in pairs
        if said != (counted.before.outcome(concern), counted.after.outcome(concern))
    ]
    if differing:
        raise ColumnsDiffer(differing, len(places))


def _changes(
    past: PastConcerns, columns: Columns, *, counted: _Counted, ends: "_Deadlines"
) -> Iterator[Change]:
    names = past.names(columns.changed)
    for (name, received_at), said in zip(names, columns.outcomes(columns.changed), strict=True):
        before, after = said
        yield Change(
            id=name,
            received_at=received_at,
            before=before.level,
            after=after.level,
            rules_before=counted.before.deciding(before, received_at),
            rules_after=counted.after.deciding(after, received_at),
            deadline_before=ends.before(before.level, received_at),
            deadline_after=ends.after(after.level, received_at),
        )


def _shifts(columns: Columns, changes: Iterable[Change]) -> Iterator[Shift]:
    """The rules that hold for other concerns, or give a level that is no more or is new."""
    tips = Counter(rule for change in changes for rule in change.because)
    for shift in columns.shifts:
        if shift.other or tips[shift.rule]:
            yield replace(shift, tips=tips[shift.rule])


def _promises(
    flows: Mapping[tuple[Level, Level], int], ends: "_Deadlines", noon: datetime
) -> Iterator[Promise]:
    """The levels with another deadline; which is shorter is seen from a noon."""
    for level in reversed(Level):
        before, after = ends.old.levels.get(level), ends.new.levels.get(level)
        if before and after and before.handle_within != after.handle_within:
            one, other = ends.before(level, noon), ends.after(level, noon)
            yield Promise(
                level,
                before.handle_within,
                after.handle_within,
                count=flows.get((level, level), 0),
                sooner=bool(one and other and other < one),
            )


class _Deadlines:
    """When a concern must be handled, by level."""

    def __init__(self, old: RuleSet, new: RuleSet, rests: Rests) -> None:
        self.old, self.new = old, new
        self._before = {level: _Ends(it.handle_within, rests) for level, it in old.levels.items()}
        self._after = {level: _Ends(it.handle_within, rests) for level, it in new.levels.items()}

    def before(self, level: Level, received_at: datetime | None) -> datetime | None:
        ends = self._before.get(level)
        return ends.of(received_at) if ends and received_at else None

    def after(self, level: Level, received_at: datetime | None) -> datetime | None:
        ends = self._after.get(level)
        return ends.of(received_at) if ends and received_at else None


class _Ends:
    """The ends of one span; one in days is the same for a whole day and worked out once."""

    def __init__(self, span: Span, rests: Rests) -> None:
        self._span, self._rests = span, rests
        self._elapsed = span.elapsed if span.unit.elapses else None
        self._by_day: dict[date, datetime] = {}

    def of(self, received_at: datetime) -> datetime:
        if self._elapsed is not None:
            return received_at + self._elapsed
        day = local_day(received_at)
        if day not in self._by_day:
            self._by_day[day] = due(received_at, self._span, self._rests).at
        return self._by_day[day]


def _direction(before: Level, after: Level) -> Direction:
    return Direction.RAISED if after.above(before) else Direction.LOWERED

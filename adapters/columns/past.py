"""Past concerns held as columns, and what two versions of the rules say of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

import polars as pl

from adapters.columns.levels import HIGH, LEVEL, LOW, Columns, fires, rules_of
from adapters.columns.rows import ID, RECEIVED_AT, concerns_of, rows_of
from adapters.columns.sheet import sheet_of
from rules.language.ruleset import RuleSet
from rules.language.vocabulary import Vocabulary
from rules.level import Level
from rules.local_time import STOCKHOLM
from workflows.concern_line import Concern
from workflows.past_concerns import Shift
from workflows.recounting import Outcome

BATCH = 10_000
_LEVELS = tuple(Level)
_PLACE, _PERIOD = "plats", "period"


class ColumnConcerns:
    """Concerns as the rows of a table (adapters/columns/rows.py); any number of them."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self.rows = rows

    @classmethod
    def of(cls, concerns: Iterable[Concern], words: Vocabulary) -> "ColumnConcerns":
        """The concerns, with what the words know of them."""
        several = [rows_of(some, words) for some in _batches(concerns)]
        return cls(pl.concat([rows_of((), words), *several], rechunk=True))

    def __len__(self) -> int:
        return self.rows.height

    def compared(self, old: RuleSet, new: RuleSet, *, today: date) -> "TwoVersions":
        """Each under the rules of its own day in both versions, an undated one under today's."""
        return TwoVersions(
            outcome_of(old, self.rows, today=today), outcome_of(new, self.rows, today=today)
        )

    def names(self, places: Sequence[int]) -> Sequence[tuple[str, datetime | None]]:
        """The id of each, and when it came in."""
        return self.rows.select(ID, RECEIVED_AT)[list(places)].rows()

    def concerns(self, places: Sequence[int]) -> Sequence[Concern]:
        """The concerns at those places, as they were told."""
        return concerns_of(self.rows[list(places)])


class TwoVersions:
    """The outcomes of the same concerns before and after, row by row."""

    def __init__(self, before: pl.DataFrame, after: pl.DataFrame) -> None:
        self._before, self._after = before, after
        self._moved = before.get_column(LEVEL) != after.get_column(LEVEL)

    @property
    def flows(self) -> Mapping[tuple[Level, Level], int]:
        """How many have one level before and one after, also where it is the same."""
        pairs = pl.DataFrame([it.get_column(LEVEL).rename(name) for name, it in self._sides()])
        found = {pair[:2]: pair[2] for pair in pairs.group_by(pl.all()).len().iter_rows()}
        return {
            (before, after): found.get((before.rank, after.rank), 0)
            for before in Level
            for after in Level
        }

    @property
    def shifts(self) -> Sequence[Shift]:
        """How often each rule of either version holds, by id."""
        return tuple(self._shift(rule) for rule in sorted(self._rules()))

    @property
    def changed(self) -> Sequence[int]:
        """The concerns that have another level, in order."""
        return self._moved.arg_true().to_list()

    def outcomes(self, places: Sequence[int]) -> Sequence[tuple[Outcome, Outcome]]:
        """Before and after, of the concerns at those places."""
        before, after = (_outcomes(it[list(places)]) for _, it in self._sides())
        return tuple(zip(before, after, strict=True))

    def _sides(self) -> Iterator[tuple[str, pl.DataFrame]]:
        yield "före", self._before
        yield "efter", self._after

    def _rules(self) -> set[str]:
        return {rule for _, side in self._sides() for rule in rules_of(side)}

    def _shift(self, rule: str) -> Shift:
        before, after = (_holds(side, rule) for _, side in self._sides())
        other = before != after
        return Shift(rule, int(before.sum()), int(after.sum()), int(other.sum()))


def outcome_of(ruleset: RuleSet, rows: pl.DataFrame, *, today: date) -> pl.DataFrame:
    """What `Columns.outcome` says, by the rules of the day that each concern came in."""
    sheet, days = sheet_of(rows, ruleset.words), ruleset.days
    if not days:
        return Columns(ruleset).outcome(sheet)
    day = pl.col(RECEIVED_AT).dt.convert_time_zone(STOCKHOLM.key).dt.date().fill_null(today)
    period = pl.sum_horizontal(*(day >= turn for turn in days)).alias(_PERIOD)
    numbered = sheet.hstack(rows.select(period)).with_row_index(_PLACE)
    parts = [
        Columns(ruleset.on(_day_in(days, number))).outcome(part).with_columns(part[_PLACE])
        for (number,), part in numbered.partition_by(_PERIOD, as_dict=True).items()
    ]
    # A rule that is not in force on a day does not hold on it.
    return pl.concat(parts, how="diagonal").sort(_PLACE).drop(_PLACE).fill_null(value=False)


def _day_in(days: Sequence[date], period: int) -> date:
    """A day on which so many of the turns have passed."""
    return days[period - 1] if period else days[0] - timedelta(days=1)


def _holds(side: pl.DataFrame, rule: str) -> pl.Series:
    if fires(rule) in side.columns:
        return side.get_column(fires(rule))
    return pl.repeat(value=False, n=side.height, eager=True)


def _outcomes(side: pl.DataFrame) -> list[Outcome]:
    """One for each row; rows that are alike share it."""
    found: list[Outcome | None] = [None] * side.height
    alike = side.with_row_index(_PLACE).group_by(side.columns).agg(_PLACE)
    for row in alike.iter_rows(named=True):
        level, low, high = (_LEVELS[row[name]] for name in (LEVEL, LOW, HIGH))
        rules = frozenset(rule for rule in rules_of(side) if row[fires(rule)])
        outcome = Outcome(level, low, high, rules)
        for place in row[_PLACE]:
            found[place] = outcome
    return [outcome for outcome in found if outcome]


def _batches(concerns: Iterable[Concern]) -> Iterator[Sequence[Concern]]:
    """Some thousand at a time, so that no more of them are in memory as objects."""
    source = iter(concerns)
    while some := tuple(islice(source, BATCH)):
        yield some

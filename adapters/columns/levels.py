"""The rules of one day over columns: what fires, the level, and the interval of levels possible.

A level is its rank, 0 to 2. What is counted is "at least orange" and "at least röd", one bit each,
so that the highest of many rules is an `or` and the lowest of many completions an `and`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import product

import polars as pl

from adapters.columns.conditions import Compiler, said
from rules.engines.ends import MOST_TRIED, ends
from rules.language.ruleset import RuleSet
from rules.level import Level

LEVEL, LOW, HIGH = "level", "low", "high"
_RULE = "regel:"
_RAISED = tuple(Level)[1:]
_NEVER = pl.repeat(value=False, n=pl.len())


def fires(rule: str) -> str:
    """The column that is true where the rule certainly holds."""
    return f"{_RULE}{rule}"


def rules_of(outcome: pl.DataFrame) -> tuple[str, ...]:
    """The rules that an outcome has a column for."""
    return tuple(it.removeprefix(_RULE) for it in outcome.columns if it.startswith(_RULE))


class Columns:
    """The rules of one day, ready for any number of concerns; each id is there at most once."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._rules = ruleset.all_rules
        self._answers = ends(self._rules, ruleset.indicators)

    def fired(self, sheet: pl.DataFrame) -> pl.DataFrame:
        """A column a rule, true where it certainly holds."""
        return sheet.select(*self._fired())

    def levels(self, sheet: pl.DataFrame) -> pl.Series:
        """The level of each concern, as its rank."""
        return self.outcome(sheet).get_column(LEVEL)

    def outcome(self, sheet: pl.DataFrame) -> pl.DataFrame:
        """Level, low and high as ranks, and a column a rule that is true where it holds."""
        whole = self._ends(sheet).hstack(self.fired(sheet).get_columns())
        certain = {level: self._any_fired(level) for level in _RAISED}
        low = {level: pl.col(_end(LOW, level)) for level in _RAISED}
        # As in the engine: what every answer would give is given already.
        level = {it: certain[it] | low[it] for it in _RAISED}
        high = {it: pl.col(_end(HIGH, it)) | level[it] for it in _RAISED}
        return whole.select(
            _rank(level).alias(LEVEL),
            _rank(low).alias(LOW),
            _rank(high).alias(HIGH),
            *(pl.col(fires(rule.id)) for rule in self._rules),
        )

    def _fired(self) -> Iterator[pl.Expr]:
        compiler = Compiler()
        for rule in self._rules:
            yield compiler.certain(rule.when).alias(fires(rule.id))

    def _any_fired(self, level: Level) -> pl.Expr:
        names = [fires(rule.id) for rule in self._rules if not level.above(rule.level)]
        return pl.any_horizontal(names) if names else _NEVER

    def _ends(self, sheet: pl.DataFrame) -> pl.DataFrame:
        """For low and high, at least which level: over every way to answer what is open."""
        mixed = sorted(self._answers.mixed)
        if len(mixed) <= MOST_TRIED:
            return self._over(sheet, mixed)
        # Which of them are open differs between concerns; those alike are taken together.
        numbered = sheet.with_row_index("rad").with_columns(
            pl.concat_str(*(_open(name).cast(pl.UInt8) for name in mixed)).alias("öppna")
        )
        done = [
            self._over(part, _tried(mixed, str(pattern))).with_columns(part.get_column("rad"))
            for (pattern,), part in numbered.partition_by("öppna", as_dict=True).items()
        ]
        return pl.concat(done).sort("rad").drop("rad")

    def _over(self, sheet: pl.DataFrame, tried: Sequence[str]) -> pl.DataFrame:
        """The ends when the questions in `tried` are answered in every way, and others at once."""
        whole: pl.DataFrame | None = None
        for values in product((False, True), repeat=len(tried)):
            one = self._completed(sheet, dict(zip(tried, values, strict=True)))
            whole = one if whole is None else _wider(whole, one)
        assert whole is not None
        return whole

    def _completed(self, sheet: pl.DataFrame, tried: Mapping[str, bool]) -> pl.DataFrame:
        best = Compiler({**self._answers.best, **tried})
        worst = Compiler({**self._answers.worst, **tried})
        return sheet.select(
            expression.alias(_end(end, level))
            for level in _RAISED
            for end, expression in (
                (LOW, self._any(level, best, sure=True)),
                (HIGH, self._any(level, worst, sure=False)),
            )
        )

    def _any(self, level: Level, compiler: Compiler, *, sure: bool) -> pl.Expr:
        """Some rule of that level or above holds; when not `sure`, also one that may (facts)."""
        whens = [rule.when for rule in self._rules if not level.above(rule.level)]
        if not whens:
            return _NEVER
        if sure:
            return pl.any_horizontal(*(compiler.certain(when) for when in whens))
        return ~pl.all_horizontal(*(compiler.certain(when, holds=False) for when in whens))


def _tried(mixed: Sequence[str], pattern: str) -> Sequence[str]:
    """The open ones of the questions; none when they are too many to be tried in every way."""
    found = [name for name, mark in zip(mixed, pattern, strict=True) if mark == "1"]
    return found if len(found) <= MOST_TRIED else ()


def _open(question: str) -> pl.Expr:
    return ~(pl.col(said(question, yes=True)) | pl.col(said(question, yes=False)))


def _end(end: str, level: Level) -> str:
    return f"{end}:{level.value}"


def _wider(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """What both say is the lowest; what either says the highest."""
    both = one.hstack(other.rename(lambda name: f"{name}'"))
    pairs = ((name, pl.col(name), pl.col(f"{name}'")) for name in one.columns)
    return both.select(
        this & that if name.startswith(LOW) else this | that for name, this, that in pairs
    )


def _rank(reached: Mapping[Level, pl.Expr]) -> pl.Expr:
    return reduce(lambda one, other: one + other, (it.cast(pl.UInt8) for it in reached.values()))

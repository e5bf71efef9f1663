"""The rules of one day over columns: what fires, the level, and the interval of levels possible.

A level is its rank, 0 to 2. What is counted is "at least orange" and "at least röd", one bit each,
so that the highest of many rules is an `or` and the lowest of many completions an `and`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import product

import polars as pl

from adapters.columns.conditions import Compiler, said
from rules.engines.ends import MOST_TRIED, Ends, ends
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import Unanswered, indicators_of, leaves
from rules.level import Level

LEVEL, LOW, HIGH = "level", "low", "high"
_MAY, _ROW, _PATTERN = "may", "row", "pattern"
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
    """The rules of one day, ready for any number of concerns; each id is there at most once.

    Answers that lower or raise most change nothing of what is certain of most rules. Those of
    which they do, because they ask whether anything is answered or what pulls both ways, are
    `_open` and looked at anew for each way to answer.
    """

    def __init__(self, ruleset: RuleSet) -> None:
        self._rules = ruleset.all_rules
        self._answers = ends(self._rules, ruleset.indicators)
        self._open = tuple(rule for rule in self._rules if _is_open(rule, self._answers))
        self._settled = tuple(rule for rule in self._rules if rule not in self._open)

    def fired(self, sheet: pl.DataFrame) -> pl.DataFrame:
        """A column a rule, true where it certainly holds."""
        return sheet.select(*self._fired())

    def levels(self, sheet: pl.DataFrame) -> pl.Series:
        """The level of each concern, as its rank."""
        return self.outcome(sheet).get_column(LEVEL)

    def outcome(self, sheet: pl.DataFrame) -> pl.DataFrame:
        """Level, low and high as ranks, and a column a rule that is true where it holds."""
        possible = (self._possible(level).alias(_end(_MAY, level)) for level in _RAISED)
        known = sheet.select(*possible, *self._fired())
        whole = known.hstack(self._ends(sheet)) if self._open else known
        low = {level: self._low(level) for level in _RAISED}
        # As in the engine: what every answer would give is given already.
        level = {it: low[it] | _fired(self._rules, it) for it in _RAISED}
        high = {it: level[it] | self._high(it) for it in _RAISED}
        return whole.select(
            _rank(level).alias(LEVEL),
            _rank(low).alias(LOW),
            _rank(high).alias(HIGH),
            *(pl.col(fires(rule.id)) for rule in self._rules),
        )

    def _fired(self) -> Iterator[pl.Expr]:
        for rule in self._rules:
            yield Compiler().certain(rule.when).alias(fires(rule.id))

    def _low(self, level: Level) -> pl.Expr:
        settled = _fired(self._settled, level)
        return settled | pl.col(_end(LOW, level)) if self._open else settled

    def _high(self, level: Level) -> pl.Expr:
        settled = pl.col(_end(_MAY, level))
        return settled | pl.col(_end(HIGH, level)) if self._open else settled

    def _possible(self, level: Level) -> pl.Expr:
        """A settled rule of that level or above may hold."""
        compiler = Compiler(self._answers.worst)
        return _any(~compiler.certain(it.when, holds=False) for it in _from(level, self._settled))

    def _ends(self, sheet: pl.DataFrame) -> pl.DataFrame:
        """What the open rules give at the lowest and at the highest, over every way to answer."""
        mixed = sorted(self._answers.mixed)
        if len(mixed) <= MOST_TRIED:
            return self._over(sheet, mixed)
        # Which of them are unanswered differs between concerns; those alike are taken together.
        pattern = pl.concat_str(*(_unanswered(name).cast(pl.UInt8) for name in mixed))
        numbered = sheet.with_row_index(_ROW).with_columns(pattern.alias(_PATTERN))
        done = [
            self._over(part, _tried(mixed, str(marks))).with_columns(part.get_column(_ROW))
            for (marks,), part in numbered.partition_by(_PATTERN, as_dict=True).items()
        ]
        return pl.concat(done).sort(_ROW).drop(_ROW)

    def _over(self, sheet: pl.DataFrame, tried: Sequence[str]) -> pl.DataFrame:
        """The ends when the questions in `tried` are answered in every way, and others at once.

        When they are too many the lowest is over some ways, and the highest leaves them open.
        """
        if len(tried) > MOST_TRIED:
            none, every = (self._completed(sheet, dict.fromkeys(tried, it)) for it in (False, True))
            open_ = self._completed(sheet, {})
            highest = (name for name in open_.columns if name.startswith(HIGH))
            return _wider(none, every).with_columns(open_.select(highest))
        ways = product((False, True), repeat=len(tried))
        found = (self._completed(sheet, dict(zip(tried, way, strict=True))) for way in ways)
        return reduce(_wider, found)

    def _completed(self, sheet: pl.DataFrame, tried: Mapping[str, bool]) -> pl.DataFrame:
        """A rule that may hold does so at the highest: a fact is not known by asking."""
        best = Compiler({**self._answers.best, **tried})
        worst = Compiler({**self._answers.worst, **tried})
        found: dict[str, pl.Expr] = {}
        for level in _RAISED:
            rules = _from(level, self._open)
            found[_end(LOW, level)] = _any(best.certain(it.when) for it in rules)
            may = (~worst.certain(it.when, holds=False) for it in rules)
            found[_end(HIGH, level)] = _any(may)
        return sheet.select(**found)


def _is_open(rule: Rule, answers: Ends) -> bool:
    asks = any(isinstance(leaf, Unanswered) for leaf, _ in leaves(rule.when))
    return asks or not answers.mixed.isdisjoint(indicators_of(rule.when))


def _from(level: Level, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Those of that level or above."""
    return tuple(rule for rule in rules if not level.above(rule.level))


def _fired(rules: Iterable[Rule], level: Level) -> pl.Expr:
    return _any(pl.col(fires(rule.id)) for rule in _from(level, rules))


def _any(truths: Iterable[pl.Expr]) -> pl.Expr:
    found = tuple(truths)
    return pl.any_horizontal(*found) if found else _NEVER


def _tried(mixed: Sequence[str], pattern: str) -> Sequence[str]:
    """The open ones of the questions."""
    return [name for name, mark in zip(mixed, pattern, strict=True) if mark == "1"]


def _unanswered(question: str) -> pl.Expr:
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

"""The columns alone: the case is a sheet with one row."""

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.columns.levels import HIGH, LEVEL, LOW, Columns, fires
from adapters.columns.rows import rows_of
from adapters.columns.sheet import sheet_of
from rules.language.ruleset import RuleSet
from rules.level import Level
from tests.conformance.outcome import Answers, Compilation, Evaluate, Facts, Outcome
from workflows.concern_line import Concern


@contextmanager
def start(ruleset: RuleSet) -> Iterator[Evaluate]:
    """The expressions of the rules."""
    columns = Columns(ruleset)

    def evaluate(facts: Facts, answers: Answers) -> Outcome:
        line = Concern("1", facts, answers)
        sheet = sheet_of(rows_of([line], ruleset.words), ruleset.words)
        (row,) = columns.outcome(sheet).iter_rows(named=True)
        findings = [rule.id for rule in ruleset.all_rules if row[fires(rule.id)]]
        return Outcome(
            _LEVELS[row[LEVEL]], tuple(findings), (_LEVELS[row[LOW]], _LEVELS[row[HIGH]])
        )

    yield evaluate


_LEVELS = tuple(Level)

COLUMNS = Compilation("polars", "kolumnerna, för många ärenden på en gång", start)

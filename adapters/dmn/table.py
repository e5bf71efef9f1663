"""The rules of one day as one decision table: each row a way in which a rule is true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from adapters.dmn.feel import Cell, Column, Leaves, both
from rules.engines.normal import Clause, TooWide, alternatives, counted
from rules.language.prose import in_line, prose
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import Condition
from workflows.interchange import Inexpressible


@dataclass(frozen=True, slots=True)
class Row:
    """One way in which a rule is true; a column that is not among `cells` may be anything."""

    id: str
    rule: Rule
    text: str
    cells: Mapping[Column, Cell]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """All rows, the columns in the order of first use, and the inputs that they read."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    leaves: Leaves


def table_of(ruleset: RuleSet) -> DecisionTable:
    """The table of rules that are of one day; raises Inexpressible."""
    leaves = Leaves(ruleset.words)
    rows = tuple(row for rule in ruleset.all_rules for row in _rows(rule, ruleset, leaves))
    columns = dict.fromkeys(column for row in rows for column in row.cells)
    return DecisionTable(tuple(columns), rows, leaves)


def _rows(rule: Rule, ruleset: RuleSet, leaves: Leaves) -> Iterator[Row]:
    said = in_line(prose(rule.when, ruleset.words, ruleset.limits_of(rule)))
    number = 0
    for clause in _clauses(rule.when, rule.id):
        cells = _cells(clause, leaves)
        if all(cell.whole != "? in []" for cell in cells.values()):
            number += 1
            yield Row(f"regel.{rule.id}.{number}", rule, f"{rule.because} ({said})", cells)


def _clauses(condition: Condition, rule: str) -> tuple[Clause, ...]:
    try:
        return alternatives(condition)
    except TooWide:
        pass
    try:
        return alternatives(counted(condition))
    except TooWide:
        raise Inexpressible(rule) from None


def _cells(clause: Clause, leaves: Leaves) -> dict[Column, Cell]:
    tests: dict[Column, list[Cell]] = {}
    for literal in clause:
        column, cell = leaves.of(literal)
        tests.setdefault(column, []).append(cell)
    return {column: both(cells) for column, cells in tests.items()}

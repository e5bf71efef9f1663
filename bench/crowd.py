"""A crowd of rows about nobody: open cases with clocks that are not due, and closed ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import psycopg
from sqlalchemy import Table

from adapters.projections import columns_of
from adapters.tables import alarms, cases, clocks
from bench.copies import copy_rows
from bench.lived import DUE, Lived
from workflows.rows import rows_of

_FAR = timedelta(days=30)
_BEFORE = timedelta(days=1)
Fields = Mapping[str, Any]


def add_waiting(connection: psycopg.Connection, pattern: Lived, numbers: Sequence[int]) -> None:
    """Open cases with a clock each that ends in a month or more."""
    for table, row in _templates(pattern):
        _add(connection, table, (_waiting(row, number) for number in numbers))


def add_closed(connection: psycopg.Connection, pattern: Lived, numbers: Sequence[int]) -> None:
    """Closed cases with a clock each that was stopped in time; nothing is to be told of them."""
    for table, row in _templates(pattern):
        if table is not alarms:
            _add(connection, table, (_closed(row, number) for number in numbers))


def _templates(pattern: Lived) -> Iterator[tuple[Table, Fields]]:
    """The case, the clock that is nearest, and what is to be told of it."""
    rows = rows_of(pattern.case)
    alarm = min(rows.alarms, key=lambda row: row.at)
    yield cases, columns_of(rows.case)
    yield clocks, next(columns_of(row) for row in rows.clocks if row.key == alarm.key)
    yield alarms, columns_of(alarm)


def _waiting(row: Fields, number: int) -> Fields:
    far = DUE + _FAR + timedelta(seconds=number)
    moved = {name: far for name in ("due_at", "target_at", "at") if name in row}
    return {**row, **_own(row, f"vilar-{number}"), **moved}


def _closed(row: Fields, number: int) -> Fields:
    ended = {name: DUE - _BEFORE for name in ("closed_at", "stopped_at") if name in row}
    return {**row, **_own(row, f"slut-{number}"), **ended}


def _own(row: Fields, name: str) -> Fields:
    return {key: name for key in ("case_id", "number", "report_id") if key in row}


def _add(connection: psycopg.Connection, table: Table, rows: Iterable[Fields]) -> None:
    names = tuple(column.name for column in table.columns)
    copy_rows(connection, table.name, names, (tuple(row[name] for name in names) for row in rows))

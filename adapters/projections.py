"""Writes the rows that lists read, only those that an append has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Table, delete, tuple_
from sqlalchemy.dialects.postgresql import insert

from adapters.tables import PROJECTIONS, alarms, cases, clocks, units
from workflows.rows import AlarmRow, CaseRow, ClockRow, Rows, UnitRow

Row = CaseRow | ClockRow | UnitRow | AlarmRow


def columns_of(row: Any) -> dict[str, Any]:
    """The fields of a row as columns; they have the same names."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def write_rows(connection: Connection, after: Rows, before: Rows | None = None) -> None:
    """Make the tables say `after`, knowing that they say `before`."""
    gone = set(before.alarms if before else ()) - set(after.alarms)
    _remove_alarms(connection, gone)
    for table, rows, known in (
        (cases, (after.case,), (before.case,) if before else ()),
        (clocks, after.clocks, before.clocks if before else ()),
        (units, after.units, before.units if before else ()),
        (alarms, after.alarms, before.alarms if before else ()),
    ):
        fresh: list[Row] = [row for row in rows if row not in known]
        if fresh:
            connection.execute(_UPSERT[table.name], [columns_of(row) for row in fresh])


def _remove_alarms(connection: Connection, gone: Iterable[AlarmRow]) -> None:
    keys = [(alarm.case_id, alarm.key, alarm.step) for alarm in gone]
    if keys:
        place = tuple_(alarms.c.case_id, alarms.c.key, alarms.c.step)
        connection.execute(delete(alarms).where(place.in_(keys)))


def remove_rows(connection: Connection, case_ids: Iterable[str]) -> None:
    """Forget what is projected from the cases; the journal can say it again."""
    wanted = list(case_ids)
    for table in PROJECTIONS:
        connection.execute(delete(table).where(table.c.case_id.in_(wanted)))


def _upsert(table: Table) -> Any:
    statement = insert(table)
    keys = table.primary_key.columns.keys()
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys
    }
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


_UPSERT: Mapping[str, Any] = {table.name: _upsert(table) for table in PROJECTIONS}

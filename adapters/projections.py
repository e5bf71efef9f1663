"""Writes the rows that lists read, only those that an append has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ARRAY, Connection, Table, Text, bindparam, cast, delete, func
from sqlalchemy.dialects.postgresql import insert

from adapters.tables import PROJECTIONS, alarms, cases, clocks, units
from workflows.rows import AlarmRow, CaseRow, Changed, ClockRow, UnitRow

Row = CaseRow | ClockRow | UnitRow | AlarmRow


def columns_of(row: Any) -> dict[str, Any]:
    """The fields of a row as columns; they have the same names."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def write_changes(connection: Connection, changes: Iterable[Changed]) -> None:
    """Each table once, whatever the number of cases."""
    several = list(changes)
    gone = [row for it in several for row in it.gone]
    if gone:
        connection.execute(_REMOVE, _places(gone))
    fresh: tuple[tuple[Table, list[Row]], ...] = (
        (cases, [it.case for it in several]),
        (clocks, [row for it in several for row in it.clocks]),
        (units, [row for it in several for row in it.units]),
        (alarms, [row for it in several for row in it.alarms]),
    )
    for table, rows in fresh:
        if rows:
            connection.execute(_UPSERT[table.name], [columns_of(row) for row in rows])


def _places(gone: Sequence[AlarmRow]) -> dict[str, list[str]]:
    return {name: [getattr(row, name) for row in gone] for name in ("case_id", "key", "step")}


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


def _remove() -> Any:
    names = ("case_id", "key", "step")
    arrays = (cast(bindparam(name), ARRAY(Text)) for name in names)
    gone = func.unnest(*arrays).table_valued(*names).render_derived()
    return delete(alarms).where(*(alarms.c[name] == gone.c[name] for name in names))


_UPSERT: Mapping[str, Any] = {table.name: _upsert(table) for table in PROJECTIONS}
_REMOVE = _remove()

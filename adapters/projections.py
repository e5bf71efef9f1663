"""Writes the rows that lists read, only those that an append has changed."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ARRAY, Connection, Text, bindparam, cast, delete, func

from adapters.rowset import replace_rows, write_rows
from adapters.tables import PROJECTIONS, alarms, cases, clocks, units
from workflows.rows import AlarmRow, Changed


def columns_of(row: Any) -> dict[str, Any]:
    """The fields of a row as columns; they have the same names."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def write_changes(connection: Connection, changes: Iterable[Changed]) -> None:
    """Each table once, whatever the number of cases."""
    several = list(changes)
    gone = [row for it in several for row in it.gone]
    if gone:
        connection.execute(_REMOVE, _places(gone))
    write_rows(connection, _CASES, [it.case for it in several])
    write_rows(connection, _CLOCKS, [row for it in several for row in it.clocks])
    write_rows(connection, _UNITS, [row for it in several for row in it.units])
    write_rows(connection, _ALARMS, [row for it in several for row in it.alarms])


def _places(gone: Sequence[AlarmRow]) -> dict[str, list[str]]:
    return {name: [getattr(row, name) for row in gone] for name in ("case_id", "key", "step")}


def remove_rows(connection: Connection, case_ids: Iterable[str]) -> None:
    """Forget what is projected from the cases; the journal can say it again."""
    wanted = list(case_ids)
    for table in PROJECTIONS:
        connection.execute(delete(table).where(table.c.case_id.in_(wanted)))


def _remove() -> Any:
    names = ("case_id", "key", "step")
    arrays = (cast(bindparam(name), ARRAY(Text)) for name in names)
    gone = func.unnest(*arrays).table_valued(*names).render_derived()
    return delete(alarms).where(*(alarms.c[name] == gone.c[name] for name in names))


_CASES, _CLOCKS, _UNITS, _ALARMS = map(replace_rows, (cases, clocks, units, alarms))
_REMOVE = _remove()

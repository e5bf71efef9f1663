"""Writes the rows that lists read, only those that an append has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ARRAY, Connection, Table, Text, bindparam, cast, delete, func
from sqlalchemy.dialects.postgresql import insert

from adapters.tables import PROJECTIONS, alarms, cases, clocks, units
from workflows.rows import AlarmRow, CaseRow, ClockRow, Rows, UnitRow

Row = CaseRow | ClockRow | UnitRow | AlarmRow


@dataclass(frozen=True, slots=True)
class Change:
    """What the tables are to say of a case, and what they say; None of a new one."""

    after: Rows
    before: Rows | None = None


def columns_of(row: Any) -> dict[str, Any]:
    """The fields of a row as columns; they have the same names."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def write_changes(connection: Connection, changes: Iterable[Change]) -> None:
    """Each table once, whatever the number of cases."""
    gone: list[AlarmRow] = []
    fresh: dict[str, list[Row]] = {table.name: [] for table in PROJECTIONS}
    for change in changes:
        gone.extend(_gone(change))
        for name, rows, known in _tables(change):
            fresh[name].extend(row for row in rows if row not in known)
    if gone:
        connection.execute(_REMOVE, _places(gone))
    for name, rows in fresh.items():
        if rows:
            connection.execute(_UPSERT[name], [columns_of(row) for row in rows])


def _tables(change: Change) -> Iterable[tuple[str, Sequence[Row], Sequence[Row]]]:
    after, before = change.after, change.before
    yield cases.name, (after.case,), (before.case,) if before else ()
    yield clocks.name, after.clocks, before.clocks if before else ()
    yield units.name, after.units, before.units if before else ()
    yield alarms.name, after.alarms, before.alarms if before else ()


def _gone(change: Change) -> Iterable[AlarmRow]:
    known = change.before.alarms if change.before else ()
    return set(known).difference(change.after.alarms)


def _places(gone: Iterable[AlarmRow]) -> dict[str, list[str]]:
    rows = list(gone)
    return {name: [getattr(row, name) for row in rows] for name in ("case_id", "key", "step")}


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

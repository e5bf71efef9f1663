"""Many rows of a table in one statement: sent as one JSON text, and typed by the table itself."""

from collections.abc import Collection, Sequence
from typing import Any

from pydantic_core import to_json
from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import JSON, Insert, insert


def insert_rows(table: Table, columns: Collection[str]) -> Insert:
    """The statement that adds rows; of what they hold only `columns` are kept."""
    packed = cast(bindparam("rows", type_=Text), JSON)
    kind: ColumnElement[Any] = literal_column(f"NULL::{table.name}")
    rows = func.json_populate_recordset(kind, packed).table_valued(*columns)
    return insert(table).from_select(list(columns), select(*(rows.c[name] for name in columns)))


def replace_rows(table: Table) -> Insert:
    """The same for whole rows that may be there already: then they become what is given."""
    statement = insert_rows(table, table.columns.keys())
    keys = table.primary_key.columns.keys()
    changed = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys
    }
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def write_rows(connection: Connection, statement: Insert, rows: Sequence[Any]) -> None:
    """One journey to the server, however many they are; none when there are none."""
    if rows:
        connection.execute(statement, {"rows": to_json(rows).decode()})

"""The access log on PostgreSQL: lines are added in the transaction of what they tell of."""

from sqlalchemy import Connection, Select, select

from adapters.rowset import insert_rows, write_rows
from adapters.tables import access_log
from workflows.ports import Access

_LINE = tuple(column for column in access_log.columns if not column.identity)
_ADD = insert_rows(access_log, [column.name for column in _LINE])


class PostgresAccessLog:
    """Writes and reads on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, *lines: Access) -> None:
        write_rows(self._connection, _ADD, lines)

    def of_case(self, case_id: str) -> tuple[Access, ...]:
        return self._newest_first(select(*_LINE).where(access_log.c.case_ids.contains([case_id])))

    def recent(self, limit: int) -> tuple[Access, ...]:
        return self._newest_first(select(*_LINE).limit(limit))

    def _newest_first(self, query: Select[tuple[object, ...]]) -> tuple[Access, ...]:
        rows = self._connection.execute(query.order_by(access_log.c.id.desc())).mappings()
        return tuple(Access(**dict(row) | {"case_ids": tuple(row["case_ids"])}) for row in rows)

"""The daily statements on PostgreSQL, and the journal that they tell of."""

from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from adapters import promises
from adapters.chain import next_digest
from adapters.projections import columns_of
from adapters.tables import journal
from adapters.vigil_tables import statements
from workflows.daily_statement import Figures, Head, Signed
from workflows.statement_ports import AlreadyStated

_WRITERS = text(
    """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND relation = 'journal'::regclass
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid()
    """
)
_WAIT = text("SELECT pg_sleep(0.05)")
_ROUNDS = 40


class PostgresStatements:
    """Reads and writes on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, signed: Signed) -> None:
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(statements).values(columns_of(signed)))
        except IntegrityError as taken:
            raise AlreadyStated from taken

    def newest(self) -> Signed | None:
        return self._one(select(statements).order_by(statements.c.number.desc()).limit(1))

    def of_day(self, day: date) -> Signed | None:
        return self._one(select(statements).where(statements.c.day == day))

    def every(self) -> tuple[Signed, ...]:
        query = select(statements).order_by(statements.c.number)
        return tuple(_signed(row) for row in self._connection.execute(query).mappings())

    def _one(self, query: Select[tuple[object, ...]]) -> Signed | None:
        row = self._connection.execute(query).mappings().one_or_none()
        return _signed(row) if row else None

    def figures(self, now: datetime) -> Figures:
        return promises.figures(self._connection, now)

    def settled(self) -> int | None:
        # A position is given when a row is written and seen when it is committed: whoever writes
        # now may still come in before this one.
        last = self._connection.scalar(select(func.coalesce(func.max(journal.c.position), 0)))
        waited_for = self._writers()
        for _ in range(_ROUNDS):
            if not waited_for:
                return last
            self._connection.execute(_WAIT)
            waited_for &= self._writers()
        return None

    def _writers(self) -> set[str]:
        return set(self._connection.scalars(_WRITERS))

    def head(self, since: Head, position: int) -> Head:
        digest = since.hash
        query = (
            select(journal.c.case_id, journal.c.seq, journal.c.hash)
            .where(journal.c.position > since.position, journal.c.position <= position)
            .order_by(journal.c.position)
        )
        for case_id, seq, seal in self._connection.execute(query):
            digest = next_digest(digest, case_id, seq, seal=seal)
        return Head(position, digest)


def _signed(row: RowMapping) -> Signed:
    return Signed(**row)

"""One transaction on PostgreSQL, with everything a workflow reads and writes in it."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from adapters.access_log import PostgresAccessLog
from adapters.fitting import HEAD, require_fitting
from adapters.history import PostgresHistory
from adapters.journal import PostgresJournal
from adapters.lists import PostgresLists
from adapters.meetings import PostgresMeetings
from adapters.nodes import PostgresNodes
from adapters.outbox import PostgresOutbox
from adapters.people import PostgresPeople
from adapters.rating_store import PostgresRatings
from adapters.rule_store import PostgresRules
from adapters.statement_store import PostgresStatements
from adapters.vigil import PostgresVigil
from adapters.watch import PostgresWatch
from workflows.delivery_ports import Way
from workflows.ports import StoreUnavailable, UnitOfWork


class PostgresUnitOfWork:
    """Made anew for each use; leaving it without `commit` undoes everything."""

    journal: PostgresJournal
    lists: PostgresLists
    watch: PostgresWatch
    outbox: PostgresOutbox
    people: PostgresPeople
    access: PostgresAccessLog
    rules: PostgresRules
    history: PostgresHistory
    ratings: PostgresRatings
    meetings: PostgresMeetings
    nodes: PostgresNodes
    vigil: PostgresVigil
    statements: PostgresStatements

    def __init__(
        self, engine: Engine, known: str = HEAD, *, ways: Sequence[Way] = (Way.MAIL,)
    ) -> None:
        """`known` is the newest schema that this program is written for."""
        self._engine = engine
        self._known = known
        self._ways = ways
        self._connection: Connection

    def __enter__(self) -> Self:
        try:
            self._connection = self._engine.connect()
        except NoFreeConnection as full:
            raise StoreUnavailable from full
        try:
            require_fitting(self._connection, self._known)
        except StoreUnavailable:
            self._connection.close()
            raise
        self.journal = PostgresJournal(self._connection)
        self.lists = PostgresLists(self._connection)
        self.watch = PostgresWatch(self._connection)
        self.outbox = PostgresOutbox(self._connection, self._ways)
        self.people = PostgresPeople(self._connection)
        self.access = PostgresAccessLog(self._connection)
        self.rules = PostgresRules(self._connection)
        self.history = PostgresHistory(self._connection)
        self.ratings = PostgresRatings(self._connection)
        self.meetings = PostgresMeetings(self._connection)
        self.nodes = PostgresNodes(self._connection)
        self.vigil = PostgresVigil(self._connection)
        self.statements = PostgresStatements(self._connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def commit(self) -> None:
        """Everything or, when the database has gone away meanwhile, nothing."""
        self._connection.commit()


def postgres_work(
    engine: Engine, known: str = HEAD, *, ways: Sequence[Way] = (Way.MAIL,)
) -> Callable[[], UnitOfWork]:
    """The factory that the workflows are given; entering raises WrongVersion where it must.

    Messages are put out by each of `ways`.
    """
    return lambda: PostgresUnitOfWork(engine, known, ways=ways)

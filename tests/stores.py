"""Fixtures: one PostgreSQL for the whole run, a fresh database at a price of some milliseconds.

`postgres`        the embedded server, one for all workers of the run (session)
`postgres_url`    the URL of a migrated, empty database, one for each test module
`postgres_engine` the program's engine on a migrated, empty database of the test's own
`owner`           the engine of the owner of that same database: may do what the program may not
`store_factory`   units of work, the test runs twice: in memory and on PostgreSQL
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, Engine

from adapters.database import migrate_database, owner_engine, program_engine
from adapters.embedded import EmbeddedServer
from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.work import postgres_work
from workflows.ports import UnitOfWork

WorkFactory = Callable[[], UnitOfWork]
TEMPLATE = "hub_template"
# A test has nothing to lose when the machine stops.
HASTE = ("fsync", "full_page_writes", "synchronous_commit")


@dataclass(frozen=True, slots=True)
class TestServer:
    """The server of the run, and how to get an empty database on it."""

    __test__ = False

    server: EmbeddedServer

    def run(self, command: str, *names: str) -> None:
        quoted = (sql.Identifier(name) for name in names)
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(sql.SQL(command).format(*quoted))

    def address(self, database: str = "postgres") -> str:
        url = self.server.address(database).set(drivername="postgresql")
        return url.render_as_string(hide_password=False)

    @contextmanager
    def database(self) -> Iterator[URL]:
        """An empty database with the newest schema; dropped afterwards, used or not."""
        name = f"test_{uuid4().hex}"
        self.run("CREATE DATABASE {} TEMPLATE {}", name, TEMPLATE)
        try:
            yield self.server.address(name)
        finally:
            self.run("DROP DATABASE {} WITH (FORCE)", name)

    def prepare(self) -> None:
        """The template, made by the first worker while the others wait."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(1)")
            if _exists(connection, TEMPLATE):
                return
            for setting in HASTE:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("ALTER SYSTEM SET max_connections = 200")
            connection.execute("SELECT pg_reload_conf()")
            draft = f"draft_{uuid4().hex}"
            migrate_database(self.server.url(draft))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(TEMPLATE)))


def _exists(connection: psycopg.Connection, database: str) -> bool:
    query = "SELECT FROM pg_database WHERE datname = %s"
    return connection.execute(query, (database,)).fetchone() is not None


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    """One embedded server for the run, shared by all xdist workers; the last one stops it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    folder = Path(tempfile.gettempdir()) / f"hub-test-{run}"
    server = TestServer(EmbeddedServer(folder, disposable=True))
    server.prepare()
    yield server
    server.server.close()


@pytest.fixture(scope="module")
def postgres_url(postgres: TestServer) -> Iterator[str]:
    """A migrated, empty database for the module, as HUB_DATABASE_URL would have it."""
    with postgres.database() as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def postgres_database(postgres: TestServer) -> Iterator[URL]:
    """A migrated, empty database for this test alone."""
    with postgres.database() as url:
        yield url


@pytest.fixture
def postgres_engine(postgres_database: URL) -> Iterator[Engine]:
    """The program's engine on this test's own database."""
    engine = program_engine(postgres_database)
    yield engine
    engine.dispose()


@pytest.fixture
def owner(postgres_database: URL) -> Iterator[Engine]:
    """The owner's engine on this test's own database: what an intruder could be."""
    engine = owner_engine(postgres_database)
    yield engine
    engine.dispose()


@pytest.fixture(params=["memory", "postgres"])
def store_factory(request: pytest.FixtureRequest) -> WorkFactory:
    """Makes units of work on an empty store; every test that asks for it runs on both kinds."""
    if request.param == "memory":
        store = MemoryStore()
        return lambda: MemoryUnitOfWork(store)
    engine: Engine = request.getfixturevalue("postgres_engine")
    return postgres_work(engine)

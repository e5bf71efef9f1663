"""A database that goes away: said plainly, nothing half-written, and well again by itself."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, text

from adapters.database import Database, open_database, program_engine
from adapters.embedded import EmbeddedServer
from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.schema import is_current
from adapters.verification import verify
from adapters.work import postgres_work
from rules.errors import Invalid
from tests.adapters import saga
from workflows.ports import StoreUnavailable


@pytest.fixture(name="database")
def a_database_of_its_own() -> Iterator[Database]:
    """The embedded server as the program starts it, so that it can be stopped at will."""
    with TemporaryDirectory(prefix="hub-outage-") as folder:
        database = open_database(None, Path(folder) / "var" / "postgres")
        database.migrate()
        yield database
        database.close()


def server_of(database: Database) -> EmbeddedServer:
    assert database.server is not None
    return database.server


def test_on_its_first_day_too_the_program_runs_in_its_own_role() -> None:
    with TemporaryDirectory(prefix="hub-outage-") as folder:
        fresh = open_database(None, Path(folder) / "postgres")
        with fresh.engine.connect() as connection:
            assert not is_current(fresh.engine)
            assert connection.scalar(text("SELECT current_user")) == "postgres"
        fresh.migrate()
        with fresh.engine.connect() as connection:
            assert connection.scalar(text("SELECT current_user")) == "hub_program"
        assert verify(fresh.engine) == []
        fresh.close()


def test_a_database_that_is_not_there_is_said_also_when_migrating(database: Database) -> None:
    server_of(database).halt()

    with pytest.raises(StoreUnavailable):
        database.migrate()


def test_the_program_recovers_by_itself_when_the_database_comes_back(database: Database) -> None:
    factory = postgres_work(database.engine)
    with factory() as work:
        work.journal.append("a", [saga.registered(), saga.clock()], expected=0)
        work.commit()

    server_of(database).halt()
    with pytest.raises(StoreUnavailable), factory() as work:
        work.journal.read("a")
    server_of(database).resume()

    with factory() as work:
        assert len(work.journal.read("a")) == 2
        work.journal.append("a", [saga.classified()], expected=2)
        work.commit()
    assert verify(database.engine) == []


def test_what_was_written_but_not_committed_is_gone(database: Database) -> None:
    factory = postgres_work(database.engine)

    def interrupted() -> None:
        with factory() as work:
            work.journal.append("a", [saga.registered(), saga.clock()], expected=0)
            server_of(database).halt()
            work.commit()

    with pytest.raises(StoreUnavailable):
        interrupted()
    server_of(database).resume()

    with factory() as work:
        assert work.journal.read("a") == ()
        assert work.lists.row("a") is None


def test_a_restart_between_two_steps_is_not_noticed(database: Database) -> None:
    factory = postgres_work(database.engine)
    with factory() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        work.commit()

    server_of(database).halt()
    server_of(database).resume()

    with factory() as work:
        assert len(work.journal.read("a")) == 1


def test_an_interrupted_connection_is_replaced(postgres_engine: Engine, owner: Engine) -> None:
    factory = postgres_work(postgres_engine)
    kill = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )

    def interrupted() -> None:
        with factory() as work:
            work.journal.append("a", [saga.registered()], expected=0)
            with owner.begin() as connection:
                connection.execute(kill)
            work.journal.append("a", [saga.clock()], expected=1)

    with pytest.raises(StoreUnavailable):
        interrupted()

    with factory() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        work.commit()


def test_a_lock_that_is_never_released_is_not_waited_for_for_ever(postgres_engine: Engine) -> None:
    hurried = program_engine(postgres_engine.url, patience=0.2)
    factory = postgres_work(hurried)
    with factory() as work:
        work.journal.append("a", [saga.registered(), saga.clock()], expected=0)
        work.commit()

    with factory() as holder, factory() as waiter:
        assert holder.watch.claim(saga.after(days=1), most=1) == ("a",)
        with pytest.raises(StoreUnavailable):
            waiter.journal.append("a", [saga.classified()], expected=2)
    hurried.dispose()


def test_when_all_connections_are_taken_it_is_said(postgres_engine: Engine) -> None:
    small = program_engine(postgres_engine.url, pool_size=1, patience=0.2)
    factory = postgres_work(small)

    with factory(), factory(), pytest.raises(StoreUnavailable), factory():
        pass
    small.dispose()


def test_a_text_that_cannot_be_stored_is_refused_in_swedish(postgres_engine: Engine) -> None:
    with postgres_work(postgres_engine)() as work, pytest.raises(Invalid, match="tecken"):
        work.journal.append("a", [saga.registered(title="\x00")], expected=0)


def test_the_store_in_memory_can_be_away_too() -> None:
    store = MemoryStore()

    def interrupted() -> None:
        with MemoryUnitOfWork(store) as work:
            work.journal.append("a", [saga.registered()], expected=0)
            store.away = True
            work.commit()

    with pytest.raises(StoreUnavailable):
        interrupted()
    with pytest.raises(StoreUnavailable), MemoryUnitOfWork(store):
        pass

    assert store.journal == {}


def test_the_data_are_still_there_when_the_program_starts_again() -> None:
    with TemporaryDirectory(prefix="hub-outage-") as folder:
        place = Path(folder) / "postgres"
        for expected in (0, 1):
            database = open_database(None, place)
            database.migrate()
            with postgres_work(database.engine)() as work:
                assert len(work.journal.read("a")) == expected
                if not expected:
                    work.journal.append("a", [saga.registered()], expected=0)
                work.commit()
            database.close()


def test_a_user_of_the_embedded_server_that_was_killed_is_not_waited_for() -> None:
    with TemporaryDirectory(prefix="hub-outage-") as folder:
        place = Path(folder) / "postgres"
        first = EmbeddedServer(place)
        users = place / ".handle_pids.json"
        killed = subprocess.Popen(["true"])
        killed.wait()
        users.write_text(json.dumps([killed.pid, *json.loads(users.read_text())]))

        EmbeddedServer(place).close()

        assert not (place / "postmaster.pid").exists()
        first.close()

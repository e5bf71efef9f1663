"""A database from before, with open cases: no case loses its clock, nobody is told twice."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import URL, text

from adapters.database import owner_engine
from adapters.schema import alembic_config, migrate
from adapters.verification import verify
from tests.chaos.ledger import ledger_of
from tests.chaos.place import Place
from tests.people import EVERYONE, Hands, account
from tests.stores import TestServer
from workflows.delivering import deliver
from workflows.watching import sweep

OLD = Path(__file__).parent / "v0006.sql"
# The last moment that the old program knew.
STOPPED = datetime(2026, 3, 11, 23, 5, tzinfo=UTC)
RUNNING = "SELECT case_id, key, due_at FROM clocks WHERE stopped_at IS NULL ORDER BY 1, 2"
TOLD = "SELECT case_id, key, step FROM alarms_raised"


class Upgraded:
    """The place after the upgrade, and what the old program had of clocks and told alarms."""

    def __init__(self, url: URL, folder: Path) -> None:
        owner = owner_engine(url)
        with owner.begin() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "0006")
            connection.exec_driver_sql(OLD.read_text("utf-8").replace("%", "%%"))
            self.clocks = [tuple(row) for row in connection.execute(text(RUNNING))]
            self.told = {tuple(row) for row in connection.execute(text(TOLD))}
            self.put_out = set(connection.scalars(text("SELECT key FROM outbox")))
        migrate(owner)
        owner.dispose()
        self.place = Place(url, folder, Hands(STOPPED))
        with self.place.office.uow() as work:
            for person in EVERYONE:
                work.people.add(account(person))
            work.commit()

    def keys(self) -> list[str]:
        with self.place.engine.connect() as connection:
            return list(connection.scalars(text("SELECT key FROM outbox")))


@pytest.fixture
def upgraded(postgres: TestServer, tmp_path: Path) -> Iterator[Upgraded]:
    name = f"test_{uuid4().hex}"
    postgres.run("CREATE DATABASE {}", name)
    try:
        found = Upgraded(postgres.server.address(name), tmp_path)
        yield found
        found.place.engine.dispose()
    finally:
        postgres.run("DROP DATABASE {} WITH (FORCE)", name)


def test_the_upgraded_database_hangs_together(upgraded: Upgraded) -> None:
    assert verify(upgraded.place.engine) == []


def test_every_clock_that_ran_still_runs_to_the_same_moment(upgraded: Upgraded) -> None:
    with upgraded.place.engine.connect() as connection:
        now = [tuple(row) for row in connection.execute(text(RUNNING))]

    assert len(upgraded.clocks) > 10
    assert now == upgraded.clocks


def test_what_was_told_before_the_upgrade_is_not_told_again(upgraded: Upgraded) -> None:
    sweep(upgraded.place.office)
    deliver(upgraded.place.office, upgraded.place.post)

    assert len(upgraded.told) > 20
    told = tuple(":".join(alarm) for alarm in upgraded.told)
    assert upgraded.put_out <= set(upgraded.keys())
    fresh = {*upgraded.keys(), *upgraded.place.post.keys()} - upgraded.put_out
    assert [key for key in fresh if key.startswith(told)] == []
    assert upgraded.put_out.isdisjoint(upgraded.place.post.keys())


def test_the_cases_go_on_and_every_promise_is_kept(upgraded: Upgraded) -> None:
    upgraded.place.clock.now = STOPPED + timedelta(days=200)

    sweep(upgraded.place.office)

    ledger = ledger_of(upgraded.place.engine)
    assert ledger.unkept == ledger.twice == []
    assert Counter(upgraded.keys()).most_common(1)[0][1] == 1
    assert len(upgraded.keys()) > len(upgraded.put_out)
    assert verify(upgraded.place.engine) == []

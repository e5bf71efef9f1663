"""Contexts in both stores: found alike, counted by one of two at once, and none in old rows."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import URL, Connection, Engine, insert, inspect, select

from adapters.chain import FIRST, seal
from adapters.database import migrate_database, owner_engine, program_engine
from adapters.rebuilding import rebuild
from adapters.schema import alembic_config, differences
from adapters.tables import alarms, cases, clocks, journal
from adapters.verification import verify
from adapters.work import postgres_work
from rules.concern import Child
from tests.adapters import saga
from tests.people import ELLIOT, MIRA, World, office, report, reported
from tests.stores import TestServer, WorkFactory
from workflows.ports import Office
from workflows.registering import register

BEFORE = "0005"
"""The last schema without contexts."""


def in_context(number: str, context: str | None, **changes: object) -> Any:
    return saga.registered(number, context=context, **changes)


def test_a_context_is_found_in_the_form_that_is_matched_newest_first(
    store_factory: WorkFactory,
) -> None:
    told = (("a", 1, "Torget, 14 mars"), ("b", 3, "TORGET 14 mars"), ("c", 2, "Ån"), ("d", 4, None))
    with store_factory() as work:
        for name, hours, context in told:
            event = in_context(f"2026-{name}", context, received_at=saga.after(hours=hours))
            work.journal.append(name, [event], expected=0)
        work.commit()

    with store_factory() as work:
        assert [row.case_id for row in work.lists.of_context("torget 14 mars")] == ["b", "a"]
        assert [row.context for row in work.lists.of_context("ån")] == ["ån"]
        assert work.lists.of_context("Torget, 14 mars") == ()
        assert work.lists.of_context("") == ()
        row = work.lists.row("d")
        assert row is not None
        assert row.context is None


def test_of_two_registered_at_once_in_a_context_one_counts_the_other(
    postgres_engine: Engine,
) -> None:
    one = postgres_office(postgres_engine)
    start = Barrier(2)

    def come(child: Child) -> object:
        start.wait(timeout=30)
        sent = replace(report(reported(child)), context="Torget")
        (case,) = register(one, MIRA, sent)
        return case.registered.facts["barn_i_samma_sammanhang_30d"]

    with ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(come, [ELLIOT, Child(name="Alma")]))

    assert sorted(counts, key=str) == [0, 1]
    assert verify(postgres_engine) == []


def postgres_office(engine: Engine) -> Office:
    world = World()
    return office(postgres_work(engine), world.clock, world.ids, world.rulebook)


@contextmanager
def old_database(server: TestServer) -> Iterator[tuple[URL, Engine]]:
    """An empty database with the schema from before there were contexts."""
    name = f"test_{uuid4().hex}"
    server.run("CREATE DATABASE {}", name)
    url = server.server.address(name)
    owner = owner_engine(url)
    with owner.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
    try:
        yield url, owner
    finally:
        owner.dispose()
        server.run("DROP DATABASE {} WITH (FORCE)", name)


def as_it_was(events: list[Any]) -> Iterator[dict[str, Any]]:
    """Rows of the journal without the field, sealed as the program of that time sealed them."""
    sealed = FIRST
    for row in events:
        event = json.loads(row["event"])
        event.pop("context", None)
        written = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        sealed = seal(sealed, written, case_id=row["case_id"], seq=row["seq"])
        kept = {name: row[name] for name in ("case_id", "seq", "kind", "actor", "recorded_at")}
        yield {**kept, "event": written, "hash": sealed}


def copied(connection: Connection, source: Connection) -> None:
    """What `source` has, written as the program of that time wrote it."""
    ordered = select(journal).order_by(journal.c.case_id, journal.c.seq)
    rows = [dict(row) for row in source.execute(ordered).mappings()]
    for case_id in {row["case_id"] for row in rows}:
        mine = [row for row in rows if row["case_id"] == case_id]
        connection.execute(insert(journal), list(as_it_was(mine)))
    for table in (cases, clocks, alarms):
        had = {column["name"] for column in inspect(connection).get_columns(table.name)}
        known = [column for column in table.columns if column.name in had]
        there = source.execute(select(*known)).mappings()
        connection.execute(insert(table), [dict(row) for row in there])


@pytest.fixture
def migrated(postgres: TestServer, postgres_engine: Engine) -> Iterator[Engine]:
    """A database with an open case from before there were contexts, brought to the newest."""
    with postgres_work(postgres_engine)() as work:
        saga.keep(work, "a", saga.registered("2026-0001"), saga.classified(), saga.clock())
        work.commit()
    with old_database(postgres) as (url, owner):
        with owner.begin() as connection, postgres_engine.connect() as source:
            copied(connection, source)
        migrate_database(url)
        assert differences(owner) == []
        engine = program_engine(url)
        yield engine
        engine.dispose()


def test_an_old_database_with_open_cases_is_whole_after_the_migration(migrated: Engine) -> None:
    with postgres_work(migrated)() as work:
        (first, *_) = work.journal.read("a")
        row = work.lists.row("a")

    assert first == saga.registered("2026-0001")
    assert row is not None
    assert (row.context, row.closed_at) == (None, None)
    assert verify(migrated) == []


def test_an_old_case_goes_on_and_is_rebuilt_and_a_new_one_is_counted_beside(
    migrated: Engine,
) -> None:
    with postgres_work(migrated)() as work:
        saga.keep(work, "a", saga.called("barn"))
        work.commit()
    desk = postgres_office(migrated)
    for child in (ELLIOT, Child(name="Alma")):
        (case,) = register(desk, MIRA, replace(report(reported(child)), context="Torget"))

    assert case.registered.facts["barn_i_samma_sammanhang_30d"] == 1
    assert rebuild(migrated).damaged == ()
    assert verify(migrated) == []
    with postgres_work(migrated)() as work:
        assert len(work.lists.of_context("torget")) == 2

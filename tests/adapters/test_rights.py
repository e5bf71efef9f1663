"""What the program may not do, whatever its code says: the database refuses it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from adapters.database import Database, open_database
from adapters.every_table import APPEND_ONLY, GIVEN, every_table
from adapters.verification import faults_of_rights
from adapters.work import postgres_work
from tests.adapters import saga
from tests.stores import TestServer

CHANGES = [
    "UPDATE journal SET event = '{}'",
    "UPDATE journal SET actor = 'nobody' WHERE seq = 1",
    "DELETE FROM journal",
    "TRUNCATE journal",
    "UPDATE access_log SET granted = true",
    "DELETE FROM access_log",
    "TRUNCATE access_log",
    "UPDATE rule_versions SET author = 'somebody'",
    "UPDATE rule_approvals SET approver = 'somebody'",
    "DELETE FROM rule_approvals",
    "DELETE FROM rule_rejections",
    "TRUNCATE rule_shadow_results",
    "UPDATE absences SET deputy = NULL",
    "DELETE FROM absence_ends",
]
WAYS_AROUND = [
    "DROP TABLE journal",
    "ALTER TABLE journal DISABLE TRIGGER ALL",
    "DROP TRIGGER journal_is_append_only ON journal",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''",
]


def write_something(engine: Engine) -> None:
    with postgres_work(engine)() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        work.access.record(saga.access("a"))
        work.commit()


@pytest.mark.parametrize("statement", CHANGES + WAYS_AROUND)
def test_the_program_is_refused_to_change_what_was_written(
    postgres_engine: Engine, statement: str
) -> None:
    write_something(postgres_engine)

    with (
        postgres_engine.connect() as connection,
        pytest.raises(ProgrammingError, match=r"denied|must be owner"),
    ):
        connection.execute(text(statement))


@pytest.mark.parametrize("statement", CHANGES)
def test_even_the_owner_is_refused_as_long_as_the_guard_stands(
    postgres_engine: Engine, owner: Engine, statement: str
) -> None:
    write_something(postgres_engine)

    with (
        owner.connect() as connection,
        pytest.raises(ProgrammingError, match="append-only"),
    ):
        connection.execute(text(statement))


def test_the_program_does_not_run_as_the_owner(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == "hub_program"
        connection.rollback()
        assert connection.scalar(text("SELECT current_user")) == "hub_program"


@pytest.mark.parametrize("table", [table.name for table in every_table().sorted_tables])
def test_the_program_has_just_the_rights_it_needs(postgres_engine: Engine, table: str) -> None:
    asked = text("SELECT has_table_privilege(:table, :right)")
    with postgres_engine.connect() as connection:
        rights = {
            right
            for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
            if connection.scalar(asked, {"table": table, "right": right})
        }

    needed = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    if table in {appended.name for appended in APPEND_ONLY}:
        needed = {"SELECT", "INSERT"}
    if table in {given.name for given in GIVEN}:
        needed = {"SELECT"}
    assert rights == needed


def test_time_is_utc_and_nothing_may_wait_for_ever(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        settings = {
            name: connection.scalar(text(f"SHOW {name}"))
            for name in (
                "timezone",
                "statement_timeout",
                "lock_timeout",
                "idle_in_transaction_session_timeout",
            )
        }

    assert settings == {
        "timezone": "UTC",
        "statement_timeout": "15s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "1min",
    }


@pytest.fixture(name="ordinary")
def an_owner_that_is_no_superuser(postgres: TestServer) -> Iterator[Database]:
    """As on a municipality's own server: a database and an owner, made by its administrator."""
    name = f"owner_{uuid4().hex}"
    postgres.run("CREATE ROLE {} LOGIN", name)
    postgres.run("CREATE DATABASE {} OWNER {}", name, name)
    url = postgres.server.address(name).set(username=name)
    database = open_database(url.render_as_string(hide_password=False), Path())
    yield database
    database.close()
    postgres.run("DROP DATABASE {} WITH (FORCE)", name)
    postgres.run("DROP ROLE {}", name)


def test_an_owner_that_is_let_into_the_role_gives_the_program_just_its_rights(
    ordinary: Database, postgres: TestServer
) -> None:
    postgres.run("GRANT hub_program TO {}", str(ordinary.url.username))

    ordinary.migrate()
    write_something(ordinary.engine)

    assert faults_of_rights_at(ordinary) == []


def test_an_owner_without_the_role_is_held_by_the_guard_and_told_by_verify(
    ordinary: Database,
) -> None:
    ordinary.migrate()
    write_something(ordinary.engine)

    with (
        ordinary.engine.connect() as connection,
        pytest.raises(ProgrammingError, match="append-only"),
    ):
        connection.execute(text("DELETE FROM journal"))
    assert faults_of_rights_at(ordinary) == [
        f"Programmets databasroll får ändra i {table.name}; den ska bara få lägga till."
        for table in APPEND_ONLY
    ]


def faults_of_rights_at(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return list(faults_of_rights(connection))

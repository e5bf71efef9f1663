"""The schema: made from nothing, the same as in code, and told when it is behind."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from adapters.database import migrate_database, normalise, owner_engine
from adapters.schema import differences, is_current
from tests.stores import TestServer


def test_the_tables_in_code_are_those_in_the_database(owner: Engine) -> None:
    assert differences(owner) == []
    assert is_current(owner)


def test_the_program_can_see_whether_the_schema_is_the_newest(postgres_engine: Engine) -> None:
    assert is_current(postgres_engine)


def test_a_difference_would_be_seen(owner: Engine) -> None:
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE heartbeats ADD COLUMN more text"))

    assert len(differences(owner)) == 1


def test_several_may_migrate_an_empty_database_at_once(postgres: TestServer) -> None:
    with postgres.database() as url:
        empty = owner_engine(url)
        with empty.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        assert not is_current(empty)

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(migrate_database, [url] * 3))

        assert is_current(empty)
        assert differences(empty) == []
        empty.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_is_understood(scheme: str) -> None:
    url = normalise(f"{scheme}://hub:hemligt@db.kommun.example/hub")

    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.database) == ("db.kommun.example", "hub")


def test_another_kind_of_database_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="HUB_DATABASE_URL"):
        normalise("sqlite:///hub.db")

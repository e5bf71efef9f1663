"""The schema of the database: brought to the newest, and compared with the tables in code."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text, update

from adapters.alone import alone
from adapters.every_table import every_table
from adapters.fitting import HEAD, be_alone, found_schema, require_fitting
from adapters.node_tables import schema_floor
from workflows.ports import StoreUnavailable

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 20_260_101
# The others wait this long at most, and then go on before it is tried again.
_PATIENCE = "2s"
_TRIES = 20


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest; several processes may start at the same moment.

    Waits until nobody is in a transaction: StoreUnavailable when that moment does not come. A
    newer schema is left as it is; WrongVersion when this program may not work on it.
    """
    config = alembic_config()
    script = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        alone(connection, _ONE_AT_A_TIME)
        found = found_schema(connection)
        if found is not None and found.head >= HEAD:
            require_fitting(connection, HEAD)
            return
        _be_alone(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.execute(update(schema_floor).values(oldest=oldest_beside(script)))


def _be_alone(connection: Connection) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
    for left in reversed(range(_TRIES)):
        try:
            with connection.begin_nested():
                be_alone(connection)
        except StoreUnavailable:
            if not left:
                raise
        else:
            return


def oldest_beside(script: ScriptDirectory) -> str:
    """The oldest schema that a program may know and still work on the newest.

    A step that says `older_may_stay = True` does no harm to a program that does not know of it;
    one that says nothing stops every older program.
    """
    for step in script.walk_revisions():
        if not getattr(step.module, "older_may_stay", False):
            return step.revision
    raise AssertionError("the first step cannot be unknown to anybody")


def is_current(engine: Engine) -> bool:
    """Whether the database has the schema that this version of the program is written for."""
    return schema_of(engine) == HEAD


def schema_of(engine: Engine) -> str | None:
    """The schema of the database; None when it has none.

    WrongVersion when it is a newer one that this program may not work on.
    """
    with engine.connect() as connection:
        found = found_schema(connection)
        if found is None:
            return MigrationContext.configure(connection).get_current_revision()
        if found.head > HEAD:
            require_fitting(connection, HEAD)
        return found.head


def differences(engine: Engine) -> list[Any]:
    """What a new migration would have to change; empty when code and database agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, every_table()))


def alembic_config() -> Config:
    """The steps of the schema, for whoever brings a connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config

"""The schema of the database: brought to the newest, and compared with the tables in code."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from adapters.every_table import every_table

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 20_260_101


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest; several processes may start at the same moment."""
    config = alembic_config()
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has the schema that this version of the program is written for."""
    with engine.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    return set(heads) == set(ScriptDirectory.from_config(alembic_config()).get_heads())


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

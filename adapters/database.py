"""The way to PostgreSQL: the URL given, or the embedded server; and what the program may do there.

Two roles: the owner of the tables migrates; the program takes on the role `hub_program`, which
may add to the journal and to the access log but never change them.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from psycopg import Connection, errors
from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from adapters.embedded import EmbeddedServer
from adapters.schema import migrate
from rules.errors import Invalid
from workflows.ports import NotWritable, StoreUnavailable

UNSTORABLE = "Texten har tecken som inte går att spara. Skriv om den och försök igen."

# In seconds, and the last in milliseconds: a connection whose other end is gone without a word is
# found within a minute, and not when the operating system tires of it.
_PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_EVERY_CONNECTION = """
SELECT set_config('timezone', 'UTC', false),
       set_config('statement_timeout', '15s', false),
       set_config('lock_timeout', %s, false),
       set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('jit', 'off', false)
"""
# pg_has_role: an owner that could not make the role, or was not let into it, stays itself.
_AS_PROGRAM = """
SELECT set_config('role', rolname, false) FROM pg_roles
WHERE rolname = 'hub_program' AND pg_has_role(current_user, oid, 'MEMBER')
"""

# It answers and keeps nothing: it has been made read-only, or stands by for another; the disk is
# full.
_REFUSES_TO_KEEP = frozenset({errors.ReadOnlySqlTransaction.sqlstate, errors.DiskFull.sqlstate})
_OF_ITSELF = "XX"


@dataclass(frozen=True, slots=True)
class Database:
    """An opened database: the program's engine, and the embedded server when that is used."""

    url: URL
    engine: Engine
    server: EmbeddedServer | None = None

    def migrate(self) -> None:
        """Bring the schema to the newest; connections from before may lack the program's role."""
        migrate_database(self.url)
        self.engine.dispose()

    def close(self) -> None:
        """Give back the connections; the embedded server stops when nobody uses it."""
        self.engine.dispose()
        if self.server is not None:
            self.server.close()


def open_database(url: str | None, folder: Path) -> Database:
    """The database at `url`, or the embedded one with its data in `folder`; schema untouched."""
    if url is not None:
        address = normalise(url)
        return Database(address, program_engine(address))
    server = EmbeddedServer(folder)
    address = server.url()
    return Database(address, program_engine(address), server)


def migrate_database(url: URL) -> None:
    """Bring the schema at `url` to the newest, as the owner."""
    engine = owner_engine(url)
    try:
        migrate(engine)
    finally:
        engine.dispose()


def normalise(url: str) -> URL:
    """`postgres://` and `postgresql://` both mean PostgreSQL through psycopg 3."""
    address = make_url(url)
    if address.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise ValueError("HUB_DATABASE_URL: adressen ska börja med postgresql://")
    return address.set(drivername="postgresql+psycopg")


def program_engine(url: URL, *, pool_size: int = 10, patience: float = 5) -> Engine:
    """Connections of the program; a lost one is replaced, a lost server is StoreUnavailable.

    A server that answers and can keep nothing is NotWritable.

    `patience` is how many seconds to wait for a free connection, and for a lock.
    """
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=patience,
        pool_pre_ping=True,
        connect_args={"application_name": "hub", **_PATIENCE},
    )
    event.listen(engine, "connect", partial(_take_on_role, patience=patience))
    event.listen(engine, "handle_error", _translate)
    return engine


def owner_engine(url: URL) -> Engine:
    """Connections of the owner of the tables: for migrations only."""
    engine = create_engine(url, pool_size=1, connect_args=dict(_PATIENCE))
    event.listen(engine, "handle_error", _translate)
    return engine


def _take_on_role(connection: Connection, _entry: ConnectionPoolEntry, *, patience: float) -> None:
    # In autocommit: what is set within a transaction would be undone with it.
    connection.autocommit = True
    connection.execute(_EVERY_CONNECTION, (f"{patience * 1000:.0f}ms",))
    connection.execute(_AS_PROGRAM)
    connection.autocommit = False


def _translate(context: ExceptionContext) -> None:
    """The border: what lies above knows nothing of drivers, only what it means for a person."""
    if context.is_pre_ping:
        return  # a lost connection that the pool is about to replace
    error = context.sqlalchemy_exception
    if _state(context) in _REFUSES_TO_KEEP:
        raise NotWritable from context.original_exception
    lost = isinstance(error, OperationalError | InterfaceError) or _failed_itself(context)
    if context.is_disconnect or lost:
        raise StoreUnavailable from context.original_exception
    if isinstance(error, DataError):
        raise Invalid({"text": UNSTORABLE}) from context.original_exception


def _failed_itself(context: ExceptionContext) -> bool:
    """Whether the fault is the server's own: a file that may not grow, say, or is damaged."""
    return _state(context).startswith(_OF_ITSELF)


def _state(context: ExceptionContext) -> str:
    """What the server calls the fault; empty when it did not get to say."""
    error = context.original_exception
    return (error.sqlstate or "") if isinstance(error, errors.Error) else ""

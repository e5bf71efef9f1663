"""Whether this program may work on that database: asked in every transaction, answered by a row.

Reading the row keeps a migration waiting until the transaction ends, and a migration keeps the
reader waiting until it has ended: so nothing is ever written half under one schema and half under
the next, and who comes after a migration reads what it says.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from workflows.ports import WrongVersion

# The schema that the tables in code are written for: the last of adapters/migrations.
HEAD = "0011"

# A table is locked before the snapshot is taken, so what is read after a wait is the newest.
_READ = text("SELECT version_num, oldest FROM schema_floor, alembic_version")
_HAS_FLOOR = text("SELECT to_regclass('schema_floor') IS NOT NULL")
_ALONE = text("LOCK TABLE schema_floor IN ACCESS EXCLUSIVE MODE")


@dataclass(frozen=True, slots=True)
class Schema:
    """What the database has, and the oldest that a program may know and still work on it."""

    head: str
    oldest: str

    def fits(self, known: str) -> bool:
        """Whether a program whose newest schema is `known` may work here."""
        return self.oldest <= known <= self.head


def require_fitting(connection: Connection, known: str) -> None:
    """Hold off migrations until the transaction ends; WrongVersion when we may not work here."""
    try:
        row = connection.execute(_READ).one_or_none()
    except ProgrammingError as unknown:
        raise WrongVersion(known=known, schema="", oldest="") from unknown
    if row is None:
        raise WrongVersion(known=known, schema="", oldest="")
    if not Schema(row.version_num, row.oldest).fits(known):
        raise WrongVersion(known=known, schema=row.version_num, oldest=row.oldest)


def found_schema(connection: Connection) -> Schema | None:
    """What the database says of itself; None for one from before it could say it, or an empty."""
    if not connection.scalar(_HAS_FLOOR):
        return None
    row = connection.execute(_READ).one_or_none()
    return Schema(row.version_num, row.oldest) if row else None


def be_alone(connection: Connection) -> None:
    """Wait for every transaction that works here, and keep new ones waiting."""
    if connection.scalar(_HAS_FLOOR):
        connection.execute(_ALONE)

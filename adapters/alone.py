"""One at a time in the whole database: a lock that its transaction holds until it ends."""

from sqlalchemy import Connection, text

_LOCK = text("SELECT pg_advisory_xact_lock(:key)")


def alone(connection: Connection, key: int) -> None:
    """Wait until no other transaction holds `key`, and hold it."""
    connection.execute(_LOCK, {"key": key})

"""Throws away the embedded database: for demos, never for a server that somebody else runs."""

from pathlib import Path

from psycopg import connect, sql

from adapters.embedded import DATABASE, EmbeddedServer


def drop(folder: Path) -> None:
    """The database is gone afterwards; it is made anew when it is next opened."""
    server = EmbeddedServer(folder)
    try:
        address = server.url("postgres").set(drivername="postgresql")
        with connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(DATABASE)))
    finally:
        server.close()

"""One embedded PostgreSQL for everything that is measured together, a new database for each."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
from psycopg import sql

from adapters.embedded import EmbeddedServer

# The same for every contender, and only what the embedded server's own defaults do not give.
SETTINGS = {"track_commit_timestamp": "on", "max_connections": "200"}


class Server:
    """A server that remembers when each transaction was committed."""

    def __init__(self, server: EmbeddedServer) -> None:
        self._server = server
        with psycopg.connect(self._plain("postgres"), autocommit=True) as connection:
            for name, value in SETTINGS.items():
                change = sql.SQL("ALTER SYSTEM SET {} = {}")
                connection.execute(change.format(sql.Identifier(name), sql.Literal(value)))
        server.halt()
        server.resume()

    @contextmanager
    def database(self) -> Iterator[str]:
        """The plain URL of an empty database, dropped afterwards."""
        name = f"bench_{uuid4().hex}"
        self._run("CREATE DATABASE {}", name)
        try:
            yield self._plain(name)
        finally:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, command: str, name: str) -> None:
        with psycopg.connect(self._plain("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(command).format(sql.Identifier(name)))

    def _plain(self, name: str) -> str:
        url = self._server.address(name).set(drivername="postgresql")
        return url.render_as_string(hide_password=False)


@contextmanager
def server() -> Iterator[Server]:
    """In a folder of its own that is taken away after."""
    with TemporaryDirectory() as folder:
        embedded = EmbeddedServer(Path(folder) / "postgres", disposable=True)
        try:
            yield Server(embedded)
        finally:
            embedded.close()

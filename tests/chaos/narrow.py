"""A PostgreSQL whose disk can be full: it may be told that no file of its grows any further.

Its connections are held to a size of file, as `ulimit -f` does it; PostgreSQL then fails as it does
when the disk is full, and no privilege is needed for it. What is already as large can still be
written, and the journal of PostgreSQL itself (WAL) is kept in pieces that are smaller than that:
on a disk that is full it is the tables that find no room first.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from adapters.embedded import EmbeddedServer
from tests.stores import TestServer

_PIECE_MB = 1
# The server belongs to another user when the tests are run by root: only its own may hold it.
_HOLD = """
import os, resource, sys

most, user, group, *processes = map(int, sys.argv[1:])
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)
for process in processes:
    try:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    except ProcessLookupError:
        pass  # a connection that has been closed meanwhile
"""
_CONNECTIONS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"


class Narrow(TestServer):
    """A server of its own, for one test, with a disk that can be full."""

    def fill(self) -> None:
        """From now on there is no room."""
        raise NotImplementedError

    def make_room(self) -> None:
        """From now on there is room again."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class HeldServer(Narrow):
    """Its connections, those that there are and those to come, are held to a size of file."""

    folder: Path

    def fill(self) -> None:
        """From now on no table grows beyond a megabyte."""
        self._hold(_PIECE_MB << 20)

    def make_room(self) -> None:
        """From now on there is room again."""
        self._hold(-1)

    def _hold(self, most: int) -> None:
        """The mother of all connections first, so that none is born free meanwhile."""
        mother = int((self.folder / "postmaster.pid").read_text("utf-8").split()[0])
        self._run(most, mother)
        with psycopg.connect(self.address()) as connection:
            found = connection.execute(_CONNECTIONS).fetchall()
        self._run(most, mother, *(process for (process,) in found))

    def _run(self, most: int, *processes: int) -> None:
        whose = Path("/proc", str(processes[0])).stat()
        words = map(str, (most, whose.st_uid, whose.st_gid, *processes))
        subprocess.run([sys.executable, "-S", "-c", _HOLD, *words], check=True)


@contextmanager
def held_server() -> Iterator[HeldServer]:
    """Started with its journal in small pieces, and deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="hub-narrow-") as folder:
        place = Path(folder) / "postgres"
        server = EmbeddedServer(place, disposable=True)
        server.halt()
        _cut_smaller(server, place)
        server.resume()
        narrow = HeldServer(server, place)
        narrow.prepare()
        try:
            yield narrow
        finally:
            narrow.make_room()
            server.close()


def _cut_smaller(server: EmbeddedServer, place: Path) -> None:
    tool = server._server.bin_path / "pg_resetwal"
    user = place.stat().st_uid if os.geteuid() == 0 else None
    words = [str(tool), f"--wal-segsize={_PIECE_MB}", "-D", str(place)]
    subprocess.run(words, check=True, user=user, stdout=subprocess.DEVNULL)

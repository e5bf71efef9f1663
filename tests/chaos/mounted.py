"""A PostgreSQL on a small file system of its own, filled to the last byte. Needs to mount one.

A served hub meets that, once when a table is to grow and once when PostgreSQL itself stops for want
of room.
"""

import errno
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psycopg

from adapters.embedded import EmbeddedServer
from tests.chaos.full_disk import full_disk
from tests.chaos.narrow import Narrow
from tests.chaos.running import PATIENCE

_ROOM = "size=160m"
_PIECES = 20
_PIECE = b"\0" * (1 << 16)


class NoMount(Exception):
    """This machine does not let us mount a file system; the text is what it said."""


@dataclass(frozen=True, slots=True)
class MountedServer(Narrow):
    """All that PostgreSQL writes shares the room: when it is gone, the server itself stops."""

    folder: Path
    in_the_middle: bool

    def fill(self) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(_PIECE) == len(_PIECE):
                    pass
            except OSError as full:
                if full.errno != errno.ENOSPC:
                    raise
        if self.in_the_middle:
            self._no_room_for_a_commit()

    def _no_room_for_a_commit(self) -> None:
        """PostgreSQL needs a new piece of its own journal, does not get it, and stops at once."""
        with suppress(psycopg.OperationalError):
            for _ in range(_PIECES):
                self.run("SELECT pg_switch_wal()")
                self.run("SELECT txid_current()")

    def make_room(self) -> None:
        """Room again, and whoever runs the machine sees that PostgreSQL runs."""
        (self.folder / "filler").unlink(missing_ok=True)
        until = monotonic() + PATIENCE
        while not self._answers() and monotonic() < until:
            with suppress(subprocess.SubprocessError):
                self.server.resume()
            sleep(0.5)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.address(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def mounted_server(*, in_the_middle: bool) -> Iterator[MountedServer]:
    """Unmounted and deleted afterwards; raises NoMount. `in_the_middle` is of a commit."""
    with tempfile.TemporaryDirectory(prefix="hub-mounted-") as name:
        folder = Path(name)
        with _mounted(folder):
            server = EmbeddedServer(folder / "postgres", disposable=True)
            mounted = MountedServer(server, folder, in_the_middle)
            mounted.prepare()
            try:
                yield mounted
            finally:
                mounted.make_room()
                server.close()


@contextmanager
def _mounted(folder: Path) -> Iterator[None]:
    if shutil.which("mount") is None:
        raise NoMount("there is no mount here")
    mount = ["mount", "-t", "tmpfs", "-o", f"{_ROOM},mode=755", "tmpfs", str(folder)]
    done = subprocess.run(mount, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NoMount(done.stderr.strip())
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(*, in_the_middle: bool) -> tuple[str, list[str]]:
    """How a served hub fared with it, in a line, and every fault; raises NoMount."""
    with (
        tempfile.TemporaryDirectory(prefix="hub-disk-") as folder,
        mounted_server(in_the_middle=in_the_middle) as server,
        full_disk(server, Path(folder)) as story,
    ):
        story.fill()
        assert story.refused is not None
        back = story.recover()
        faults = [*story.faults, *([] if back else ["it did not recover"])]
        shown = "ready" if story.shown["ready"] else "not ready"
        told = f"answered {story.refused.status}, {shown}, faults {story.shown['faults']}"
        return f"{told}, kept {len(story.kept)}", faults

"""A sender that is killed when it has handed over a message and not yet settled it.

Run as a program: the database's URL, how many to hand over, and the file to write their keys in.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from adapters.database import normalise, program_engine
from adapters.work import postgres_work
from tests.people import World
from tests.posts import Box
from workflows.delivering import deliver
from workflows.delivery_ports import Line, Message


class Deadly(Box):
    """Writes down what it is given; at the last one the process is gone."""

    def __init__(self, most: int, file: Path) -> None:
        super().__init__()
        self._most = most
        self._file = file

    @contextmanager
    def line(self) -> Iterator[Line]:
        yield self

    def send(self, message: Message) -> None:
        with self._file.open("a", encoding="utf-8") as kept:
            kept.write(f"{message.notice.key}\n")
            kept.flush()
        self._most -= 1
        if not self._most:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    url, most, file = sys.argv[1:]
    work = postgres_work(program_engine(normalise(url)))
    deliver(replace(World().office, uow=work), Deadly(int(most), Path(file)))

"""The program as processes of its own, from this checkout or from another version of it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.shape.source import ROOT

HUB = ("-c", "from hub.cli import app; app()")
SECRET = "kR4-9vXq2LmZ7tYbN1cWj8HsPdEfGa3U"
PATIENCE = 90


class Ended(AssertionError):
    """The process has ended, so nobody answers."""


@dataclass
class Process:
    """A running program, and every line it has logged."""

    popen: subprocess.Popen[str]
    port: int | None
    lines: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Read what it says, so that its pipe is never full."""
        assert self.popen.stderr is not None
        with self.popen.stderr as said:
            for line in said:
                self.lines.append(line)

    @property
    def events(self) -> list[str]:
        """The events that it has logged."""
        found = (json.loads(line) for line in tuple(self.lines) if line.startswith("{"))
        return [it["event"] for it in found]

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text, as soon as somebody answers; Ended when it never will."""
        until = monotonic() + PATIENCE
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
                    return response.status, response.read().decode()
            except HTTPError as refused:
                return refused.code, refused.read().decode()
            except (URLError, ConnectionError):
                if self.popen.poll() is not None:
                    raise Ended("".join(self.lines)) from None
                if monotonic() > until:
                    raise AssertionError("".join(self.lines)) from None
                sleep(0.05)


def surroundings(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program whose code lies in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    return {**kept, "PYTHONPATH": str(folder), **given}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def settings(database: str, port: int, smtp: int = 25) -> dict[str, str]:
    return {
        "HUB_BASE_URL": f"http://127.0.0.1:{port}",
        "HUB_DATABASE_URL": database,
        "HUB_MAIL_FROM": "hubben@kommun.example",
        "HUB_PORT": str(port),
        "HUB_SECRET_KEY": SECRET,
        "HUB_SMTP_URL": f"smtp://127.0.0.1:{smtp}",
    }


def hub(
    *words: str, database: str, folder: Path = ROOT, begin: Sequence[str] = HUB
) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [sys.executable, *begin, *words],
        check=False,
        cwd=folder,
        env=surroundings(folder, {"HUB_DATABASE_URL": database}),
        capture_output=True,
        text=True,
        timeout=120,
    )


@contextmanager
def running(
    *words: str,
    database: str,
    folder: Path = ROOT,
    begin: Sequence[str] = HUB,
    smtp: int = 25,
    given: Mapping[str, str] | None = None,
) -> Iterator[Process]:
    """A program that runs until it ends or the block does."""
    port = free_port()
    popen = subprocess.Popen(
        [sys.executable, *begin, *words],
        cwd=folder,
        env=surroundings(folder, {**settings(database, port, smtp), **(given or {})}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    process = Process(popen, port)
    listener = Thread(target=process.listen)
    listener.start()
    try:
        yield process
    finally:
        popen.kill()
        popen.wait()
        listener.join()

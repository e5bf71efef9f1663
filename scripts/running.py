"""The program as a process of its own, on a free port, for the browser tests and the pictures."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
HUB = (sys.executable, "-c", "from hub.cli import app; app()")
PATIENCE = 90
SOON = 0.1


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


@contextmanager
def started(*words: str, given: Mapping[str, str], folder: Path) -> Iterator[Path]:
    """`hub WORDS` until the block ends; gives the file that it prints in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    printed = folder / "printed.txt"
    with printed.open("wb") as out, (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [*HUB, *words],
            cwd=folder,
            env={**kept, "PYTHONPATH": str(ROOT), **given},
            stdout=out,
            stderr=log,
        )
        try:
            yield printed
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            finally:
                process.kill()


def await_ready(address: str, folder: Path) -> None:
    """Return when the program answers that all is well; say what it logged when it never does."""
    until = monotonic() + PATIENCE
    while monotonic() < until:
        try:
            with urlopen(f"{address}/health/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            sleep(SOON)
    log = (folder / "log.txt").read_text("utf-8")
    raise AssertionError(f"the program did not come up at {address}:\n{log}")

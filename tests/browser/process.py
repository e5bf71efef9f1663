"""The program as a process of its own, on a free port, and a mail server that it talks to."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from time import monotonic, sleep
from typing import cast
from urllib.error import URLError
from urllib.request import urlopen

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ROOT = Path(__file__).parents[2]
HUB = (sys.executable, "-c", "from hub.cli import app; app()")
PASSWORD = "vinter-åska-stubbe"
PATIENCE = 90
SOON = 0.1


class Mailbox:
    """Receives mail over SMTP and keeps it."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
        self.received.append(message)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [it for it in self.received if address in str(it["To"])]

    @property
    def text(self) -> str:
        return "\n".join(f"{it['Subject']}\n{it.get_content()}" for it in self.received)


@dataclass
class Program:
    """A running hub: where it is, what it has printed so far, and what it has sent."""

    address: str
    log: Path
    mailbox: Mailbox = field(default_factory=Mailbox)

    @property
    def printed(self) -> str:
        return self.log.read_text("utf-8")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    mailbox, port = Mailbox(), free_port()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield mailbox, port
    finally:
        server.stop()


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

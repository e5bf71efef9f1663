"""A real mail server with moods: it takes, refuses, is slow, or takes and cuts the line.

`python -m tests.chaos.mail PORT FOLDER SEED`. What is taken goes to `letters.txt`, a line each, and
the mood of each time to `weather.txt`. When there is a file `calm` it takes everything.
"""

import asyncio
import email
import random
import sys
from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection
from subprocess import Popen
from threading import Event
from time import sleep
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from adapters.post import SmtpPost
from tests.chaos.running import free_port
from tests.shape.source import ROOT

REFUSES, SLOW, CUTS, TAKES = "mail refused", "mail slow", "mail cut", "mail taken"
DOWN, UNSURE = "mail down", "mail unsure"
_MOODS = (REFUSES,) * 6 + (SLOW,) + (CUTS,) * 3 + (TAKES,) * 40
_SLOWLY = 0.2


def noted(folder: Path, what: str) -> None:
    """One line of weather, written before whoever writes it can die."""
    with (folder / "weather.txt").open("a", encoding="utf-8") as paper:
        paper.write(f"{what}\n")


class Moody:
    """The server's handler."""

    def __init__(self, folder: Path, seed: str) -> None:
        self._folder = folder
        self._chance = random.Random(seed)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        calm = (self._folder / "calm").exists()
        mood = TAKES if calm else self._chance.choice(_MOODS)
        noted(self._folder, mood)
        if mood == REFUSES:
            return "451 vänta"
        if mood == SLOW:
            await asyncio.sleep(_SLOWLY)
        letter = email.message_from_bytes(cast(bytes, envelope.content))
        with (self._folder / "letters.txt").open("a", encoding="utf-8") as kept:
            kept.write(f"{letter['Message-ID']}\n")
        if mood == CUTS:
            cast(WriteTransport, server.transport).abort()
        return "250 OK"


def post_at(port: int) -> SmtpPost:
    return SmtpPost(f"smtp://127.0.0.1:{port}", sender="hubben@kommun.example", timeout=5)


@contextmanager
def moody_mail(folder: Path, seed: int) -> Iterator[int]:
    """The server in a process of its own; gives its port."""
    port = free_port()
    words = [sys.executable, "-m", "tests.chaos.mail", str(port), str(folder), str(seed)]
    with Popen(words, cwd=ROOT) as process:
        try:
            while process.poll() is None and not _answers(port):
                sleep(0.05)
            yield port
        finally:
            process.kill()


def _answers(port: int) -> bool:
    try:
        create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True


if __name__ == "__main__":
    handler = Moody(Path(sys.argv[2]), sys.argv[3])
    Controller(handler, hostname="127.0.0.1", port=int(sys.argv[1])).start()
    Event().wait()

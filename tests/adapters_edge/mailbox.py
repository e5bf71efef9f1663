"""A real SMTP server on this machine, and what it is told to refuse."""

import email
from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from adapters.post import SmtpPost
from tests.smtp import SmtpServer
from workflows.delivery_ports import Message, Notice

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
BODY = "Hubbkallelse i ärende 2026-0007. Svara vad enheten vet senast kl. 10.30."
SENDER = "hubben@kommun.se"


class Mailbox:
    """A real server's handler; `refusals` are given out before anything is taken.

    `refused` says no to an address with its reply. What is in `cut` is taken and the connection
    then broken before the server has said so.
    """

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.refused: dict[str, str] = {}
        self.cut: list[str] = []
        self.received: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.connections: set[int] = set()
        self.encrypted: list[bool] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return f"{self.refused[address]} {address} tas inte emot"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusals:
            return self.refusals.pop(0)
        content = cast(bytes, envelope.content)
        message = email.message_from_bytes(content, policy=default)
        self.received.append(message)
        self.to.append([str(address) for address in envelope.rcpt_tos])
        self.connections.add(id(session))
        assert server.transport is not None
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        if message["Subject"] in self.cut:
            self.cut.remove(message["Subject"])
            cast(WriteTransport, server.transport).abort()
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.received]


@contextmanager
def serving(mailbox: Mailbox, port: int, **how: Any) -> Iterator[None]:
    """The server at work."""
    server = SmtpServer(mailbox, hostname="127.0.0.1", port=port, **how)
    server.start()
    try:
        yield
    finally:
        server.stop()


def post_at(port: int, scheme: str = "smtp", *, timeout: float = 5, longest: float = 5) -> SmtpPost:
    url = f"{scheme}://localhost:{port}"
    return SmtpPost(url, sender=SENDER, timeout=timeout, longest=longest)


def message(key: str = "a:1", *to: str, **changes: str) -> Message:
    notice = Notice(key=key, case_id="a", subject="Ämne", body=BODY, made_at=AT)
    return Message(notice=replace(notice, **changes), to=to or ("barn@kommun.se",))  # type: ignore[arg-type]


def send(post: SmtpPost, *messages: Message) -> None:
    """All of them on one line."""
    with post.line() as line:
        for one in messages:
            line.send(one)

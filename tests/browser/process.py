"""A running hub as a test sees it, and a mail server that it talks to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from scripts.running import free_port
from tests.smtp import SmtpServer

PASSWORD = "vinter-åska-stubbe"


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
        return "\n".join(said(it) for it in self.received)


def said(mail: EmailMessage) -> str:
    """The subject and the text of a letter, whatever is enclosed with it."""
    body = mail.get_body(("plain",))
    assert body is not None
    return f"{mail['Subject']}\n{body.get_content()}"


@dataclass
class Program:
    """A running hub: where it is, what it has printed so far, and what it has sent."""

    address: str
    log: Path
    mailbox: Mailbox = field(default_factory=Mailbox)

    @property
    def printed(self) -> str:
        return self.log.read_text("utf-8")


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    mailbox, port = Mailbox(), free_port()
    server = SmtpServer(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield mailbox, port
    finally:
        server.stop()

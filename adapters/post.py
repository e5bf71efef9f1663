"""Messages by SMTP, and a post that only keeps what would have been sent."""

import smtplib
import ssl
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from workflows.delivery_ports import PostFailed

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as it was handed over."""

    at: datetime
    to: tuple[str, ...]
    subject: str
    body: str
    key: str


class SmtpPost:
    """Hands each message to the server at `url`; a repeated one keeps its Message-ID."""

    def __init__(
        self, url: str, *, sender: str, clock: Callable[[], datetime], timeout: float = 10.0
    ) -> None:
        self._url = urlsplit(url)
        self._sender = sender
        self._clock = clock
        self._timeout = timeout

    def send(self, to: Sequence[str], subject: str, body: str, *, key: str) -> None:
        """Every receiver or PostFailed, which tells the kind of failure and no address."""
        try:
            message = self._message(to, subject=subject, body=body, key=key)
            with self._connection() as server:
                refused = server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise PostFailed(_reason(error)) from None
        if refused:
            raise PostFailed(f"{len(refused)} av {len(to)} mottagare togs inte emot")

    def _message(self, to: Sequence[str], *, subject: str, body: str, key: str) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = ", ".join(to)
        message["Subject"] = subject
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = message_id(key, self._sender)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        return message

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        with self._connect() as server:
            if self._url.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            yield server

    def _connect(self) -> smtplib.SMTP:
        host, scheme = self._url.hostname or "", self._url.scheme
        port = self._url.port or _PORTS[scheme]
        if scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=self._timeout, context=context)
        return smtplib.SMTP(host, port, timeout=self._timeout)


class RecordedPost:
    """Keeps the latest messages instead of sending them; for development and demos."""

    def __init__(self, clock: Callable[[], datetime], keep: int = 200) -> None:
        self._clock = clock
        self.letters: deque[Letter] = deque(maxlen=keep)

    def send(self, to: Sequence[str], subject: str, body: str, *, key: str) -> None:
        """Keep the message; nothing leaves the program."""
        self.letters.append(
            Letter(at=self._clock(), to=tuple(to), subject=subject, body=body, key=key)
        )

    def recent(self) -> tuple[Letter, ...]:
        """What would have been sent, newest first."""
        return tuple(reversed(self.letters))


def message_id(key: str, sender: str) -> str:
    """The same for the same key, so that a repeated message is known as one."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{sender.partition('@')[2]}>"


def _reason(error: Exception) -> str:
    """The class and the reply code; a server's own words may repeat an address."""
    code = getattr(error, "smtp_code", None)
    return type(error).__name__ + (f" {code}" if code else "")

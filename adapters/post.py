"""Messages by SMTP, and a post that only keeps what would have been sent."""

import smtplib
import ssl
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from socket import SHUT_RDWR
from threading import Timer
from urllib.parse import unquote, urlsplit

from adapters.letter import copies, letter
from workflows.delivery_ports import Line, Message, PostFailed, Way

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_CLOSING = 421
_UNREACHABLE = (OSError, smtplib.SMTPException)

Refusals = dict[str, tuple[int, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as it was handed over."""

    at: datetime
    to: tuple[str, ...]
    subject: str
    body: str
    key: str


class SmtpPost:
    """Hands each message to the server at `url`; several after each other on one connection.

    A server that is silent for `timeout` seconds has lost the line; so has one that takes more
    than `longest` over one message, however talkative it is.
    """

    def __init__(
        self, url: str, *, sender: str, timeout: float = 10.0, longest: float = 15.0
    ) -> None:
        self.longest = longest
        self._url = urlsplit(url)
        self._sender = sender
        self._timeout = timeout

    @property
    def way(self) -> Way:
        """By e-mail."""
        return Way.MAIL

    @contextmanager
    def line(self) -> Iterator[Line]:
        """A connection, encrypted and logged in as the URL says."""
        try:
            server = self._connect()
        except _UNREACHABLE as error:
            raise _lost(error) from None
        try:
            self._greet(server)
            yield _SmtpLine(server, self._sender, self.longest)
        finally:
            _leave(server, self.longest)

    def _connect(self) -> smtplib.SMTP:
        host, scheme = self._url.hostname or "", self._url.scheme
        port = self._url.port or _PORTS[scheme]
        if scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=self._timeout, context=context)
        return smtplib.SMTP(host, port, timeout=self._timeout)

    def _greet(self, server: smtplib.SMTP) -> None:
        try:
            with _at_most(self.longest, server):
                if self._url.scheme == "smtp+starttls":
                    server.starttls(context=ssl.create_default_context())
                if self._url.username:
                    server.login(unquote(self._url.username), unquote(self._url.password or ""))
        except _UNREACHABLE as error:
            raise _lost(error) from None


@dataclass(frozen=True, slots=True)
class _SmtpLine:
    """An open connection."""

    server: smtplib.SMTP
    sender: str
    longest: float

    def send(self, message: Message) -> None:
        """Every receiver or PostFailed, which tells the kind of failure and no address."""
        got: list[str] = []
        failures: list[PostFailed] = []
        with _at_most(self.longest, self.server):
            for copy in copies(message):
                try:
                    self._send(copy)
                except PostFailed as failure:
                    failures.append(failure)
                    got.extend(failure.received_by)
                    if failure.line_lost:
                        break
                else:
                    got.extend(copy.to)
        if failures:
            raise _together(message, failures, tuple(got))

    def _send(self, copy: Message) -> None:
        try:
            mail = letter(copy, self.sender)
        except ValueError as error:
            raise PostFailed(type(error).__name__, lasting=True) from None
        refused = self._hand_over(copy, mail)
        if refused:
            got = tuple(address for address in copy.to if address not in refused)
            raise _not_all(copy, refused, got)

    def _hand_over(self, message: Message, mail: EmailMessage) -> Refusals:
        """Those who were refused while others got it."""
        try:
            return self.server.send_message(mail, self.sender, message.to)
        except smtplib.SMTPRecipientsRefused as error:
            raise _not_all(message, error.recipients, ()) from None
        except smtplib.SMTPDataError as error:
            lasting, lost = _is_lasting([error.smtp_code]), error.smtp_code == _CLOSING
            raise PostFailed(_reason(error), lasting=lasting, line_lost=lost) from None
        except smtplib.SMTPSenderRefused as error:
            raise PostFailed(_reason(error), line_lost=error.smtp_code == _CLOSING) from None
        except smtplib.SMTPNotSupportedError as error:
            raise PostFailed(_reason(error), lasting=True) from None
        except _UNREACHABLE as error:
            raise _lost(error) from None


class RecordedPost:
    """Keeps the latest messages instead of sending them; for development and demos."""

    longest = 0.0

    def __init__(self, clock: Callable[[], datetime], keep: int = 200) -> None:
        self._clock = clock
        self.letters: deque[Letter] = deque(maxlen=keep)

    @property
    def way(self) -> Way:
        """What would have gone by e-mail."""
        return Way.MAIL

    @contextmanager
    def line(self) -> Iterator[Line]:
        """Always open."""
        yield self

    def send(self, message: Message) -> None:
        """Keep the message; nothing leaves the program."""
        told, now = message.notice, self._clock()
        for copy in copies(message):
            self.letters.append(
                Letter(at=now, to=copy.to, subject=told.subject, body=told.body, key=told.key)
            )

    def recent(self) -> tuple[Letter, ...]:
        """What would have been sent, newest first."""
        return tuple(reversed(self.letters))


@contextmanager
def _at_most(seconds: float, server: smtplib.SMTP) -> Iterator[None]:
    """Cuts the connection after that; the time-out of a socket begins anew with every word."""
    timer = Timer(seconds, _cut, [server])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        with suppress(OSError):
            server.sock.shutdown(SHUT_RDWR)


def _leave(server: smtplib.SMTP, longest: float) -> None:
    """What was handed over is handed over: how the server says good-bye does not matter."""
    with suppress(*_UNREACHABLE), _at_most(longest, server):
        server.quit()
    server.close()


def _together(message: Message, failures: list[PostFailed], got: tuple[str, ...]) -> PostFailed:
    """What befell the only copy; of several, how many were missed, and tried again if any can."""
    if [*copies(message)] == [message]:
        return failures[0]
    missed = f"{len(message.to) - len(got)} av {len(message.to)} mottagare fick inte sin inbjudan"
    return PostFailed(
        f"{missed}: {'; '.join(sorted({failure.reason for failure in failures}))}",
        lasting=all(failure.lasting for failure in failures),
        line_lost=failures[-1].line_lost,
        received_by=got,
    )


def _not_all(message: Message, refused: Refusals, got: tuple[str, ...]) -> PostFailed:
    codes = sorted({code for code, _ in refused.values()})
    told, asked = ", ".join(map(str, codes)), len(message.to)
    who = "mottagaren" if asked == 1 else f"{asked - len(got)} av {asked} mottagare"
    return PostFailed(
        f"{who} togs inte emot ({told})",
        lasting=_is_lasting(codes),
        line_lost=_CLOSING in codes,
        received_by=got,
    )


def _is_lasting(codes: Iterable[int]) -> bool:
    """A server that answers with 5xx wants no other try (RFC 5321 4.2.1)."""
    return all(500 <= code <= 599 for code in codes)


def _lost(error: Exception) -> PostFailed:
    return PostFailed(_reason(error), line_lost=True)


def _reason(error: Exception) -> str:
    """The class and the reply code; a server's own words may repeat an address."""
    if isinstance(error.__context__, TimeoutError):
        return TimeoutError.__name__  # smtplib tells it as any other end of the connection
    code = getattr(error, "smtp_code", None)
    return type(error).__name__ + (f" {code}" if code else "")

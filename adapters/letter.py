"""A message as e-mail: what it looks like, apart from how it is handed over."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from adapters.invitation import enclose
from workflows.delivery_ports import Message


def copies(message: Message) -> Iterator[Message]:
    """One to all; an invitation to each alone, whose calendar looks for its own address in it."""
    if message.notice.invitation is None:
        yield message
    else:
        yield from (replace(message, to=(address,)) for address in message.to)


def letter(copy: Message, sender: str) -> EmailMessage:
    """The same for the same copy, however often it is sent; ValueError for a broken header."""
    notice, mail = copy.notice, EmailMessage()
    name = _name(copy)
    mail["From"] = sender
    mail["To"] = ", ".join(copy.to)
    mail["Subject"] = notice.subject
    mail["Date"] = format_datetime(notice.made_at)
    mail["Message-ID"] = message_id(name, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(notice.body)
    if notice.invitation:
        (receiver,) = copy.to
        made_at = notice.made_at
        enclose(mail, notice.invitation, sender=sender, receiver=receiver, made_at=made_at)
        _bound(mail, name)
    return mail


def message_id(name: str, sender: str) -> str:
    """The same for the same name, so that a repeated message is known as one."""
    return f"<{_digest(name)}@{sender.partition('@')[2]}>"


def _name(copy: Message) -> str:
    """The notice's key; copies that differ are messages of their own (RFC 5322 3.6.4)."""
    return " ".join((copy.notice.key, *copy.to)) if copy.notice.invitation else copy.notice.key


def _bound(mail: EmailMessage, name: str) -> None:
    """What stands between the parts follows from the name: a repeated message is the same."""
    parts = (part for part in mail.walk() if part.is_multipart())
    for number, part in enumerate(parts):
        part.set_boundary(f"del-{number}-{_digest(name)}")


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:40]

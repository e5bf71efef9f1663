"""A message as e-mail: what it looks like, apart from how it is handed over."""

from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from adapters.invitation import enclose
from workflows.delivery_ports import Message


def letter(message: Message, sender: str) -> EmailMessage:
    """The same for the same message, however often it is sent; ValueError for a broken header."""
    notice, mail = message.notice, EmailMessage()
    mail["From"] = sender
    mail["To"] = ", ".join(message.to)
    mail["Subject"] = notice.subject
    mail["Date"] = format_datetime(notice.made_at)
    mail["Message-ID"] = message_id(notice.key, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(notice.body)
    if notice.invitation:
        enclose(mail, notice.invitation, sender=sender, made_at=notice.made_at)
        _bound(mail, notice.key)
    return mail


def _bound(mail: EmailMessage, key: str) -> None:
    """What stands between the parts follows from the key: a repeated message is the same."""
    parts = (part for part in mail.walk() if part.is_multipart())
    for number, part in enumerate(parts):
        part.set_boundary(f"del-{number}-{_digest(key)}")


def message_id(key: str, sender: str) -> str:
    """The same for the same key, so that a repeated message is known as one."""
    return f"<{_digest(key)}@{sender.partition('@')[2]}>"


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:40]

"""Messages over a real SMTP server: received whole, refused, tried again, and known as one."""

import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from adapters.post import RecordedPost, SmtpPost, message_id
from workflows.delivery_ports import PostFailed

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
BODY = "Hubbkallelse i ärende 2026-0007. Svara vad enheten vet senast kl. 10.30."


class Mailbox:
    """A real server's handler; `refusals` are given out before anything is taken."""

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.refused: set[str] = set()
        self.received: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return f"550 {address} finns inte"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusals:
            return self.refusals.pop(0)
        content = cast(bytes, envelope.content)
        self.received.append(email.message_from_bytes(content, policy=default))
        return "250 OK"


@pytest.fixture(name="mailbox")
def of_a_real_server() -> Mailbox:
    return Mailbox()


@pytest.fixture(name="post")
def over_smtp(mailbox: Mailbox, unused_port: int) -> Iterator[SmtpPost]:
    server = Controller(mailbox, hostname="127.0.0.1", port=unused_port)
    server.start()
    url = f"smtp://127.0.0.1:{unused_port}"
    yield SmtpPost(url, sender="hubben@kommun.se", clock=lambda: AT, timeout=5)
    server.stop()


def test_a_message_arrives_whole(post: SmtpPost, mailbox: Mailbox) -> None:
    post.send(["barn@kommun.se"], "Hubbkallelse: ärende 2026-0007", BODY, key="a:1")

    (message,) = mailbox.received
    assert message["To"] == "barn@kommun.se"
    assert message["From"] == "hubben@kommun.se"
    assert message["Subject"] == "Hubbkallelse: ärende 2026-0007"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Mon, 02 Mar 2026 08:30:00 +0000"
    assert message.get_content().strip() == BODY


def test_a_refused_message_is_told_and_arrives_when_it_is_tried_again(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    mailbox.refusals.append("451 vänta")

    with pytest.raises(PostFailed, match="451"):
        post.send(["barn@kommun.se"], "Ämne", BODY, key="a:1")
    post.send(["barn@kommun.se"], "Ämne", BODY, key="a:1")

    assert len(mailbox.received) == 1


def test_a_repeated_message_is_known_as_the_same(post: SmtpPost, mailbox: Mailbox) -> None:
    for key in ("a:1", "a:1", "a:2"):
        post.send(["barn@kommun.se"], "Ämne", BODY, key=key)

    first, again, other = (message["Message-ID"] for message in mailbox.received)
    assert first == again == message_id("a:1", "hubben@kommun.se")
    assert other != first


def test_one_receiver_refused_is_a_failure_that_names_nobody(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    mailbox.refused.add("borta@kommun.se")

    with pytest.raises(PostFailed) as failed:
        post.send(["barn@kommun.se", "borta@kommun.se"], "Ämne", BODY, key="a:1")

    assert "borta" not in str(failed.value)
    assert "1 av 2" in str(failed.value)


def test_a_server_that_is_not_there_is_a_failure(unused_port: int) -> None:
    gone = SmtpPost(
        f"smtp://127.0.0.1:{unused_port}", sender="hubben@kommun.se", clock=lambda: AT, timeout=1
    )

    with pytest.raises(PostFailed, match="ConnectionRefusedError"):
        gone.send(["barn@kommun.se"], "Ämne", BODY, key="a:1")


def test_a_header_cannot_be_smuggled_in(post: SmtpPost, mailbox: Mailbox) -> None:
    with pytest.raises(PostFailed):
        post.send(["barn@kommun.se"], "Ämne\nBcc: annan@x.se", BODY, key="a:1")

    assert mailbox.received == []


def test_a_server_that_cannot_encrypt_gets_nothing_when_encryption_is_asked_for(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    url = post._url.geturl().replace("smtp://", "smtp+starttls://")
    strict = SmtpPost(url, sender="hubben@kommun.se", clock=lambda: AT, timeout=5)

    with pytest.raises(PostFailed, match="SMTPNotSupportedError"):
        strict.send(["barn@kommun.se"], "Ämne", BODY, key="a:1")

    assert mailbox.received == []


def test_the_recorded_post_keeps_what_would_have_been_sent_newest_first() -> None:
    post = RecordedPost(clock=lambda: AT, keep=2)

    for key in ("1", "2", "3"):
        post.send(["barn@kommun.se"], f"Ämne {key}", BODY, key=key)

    assert [letter.subject for letter in post.recent()] == ["Ämne 3", "Ämne 2"]
    assert post.recent()[0].to == ("barn@kommun.se",)
    assert post.recent()[0].at == AT

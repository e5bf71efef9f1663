"""Messages over a real SMTP server: received whole, refused, tried again, and known as one."""

from collections.abc import Iterator

import pytest

from adapters.letter import message_id
from adapters.post import RecordedPost, SmtpPost
from tests.adapters_edge.mailbox import AT, BODY, SENDER, Mailbox, message, post_at, send, serving
from workflows.delivery_ports import PostFailed

BARN, SKOLA, BORTA = "barn@kommun.se", "skola@kommun.se", "borta@kommun.se"


@pytest.fixture(name="mailbox")
def of_a_real_server() -> Mailbox:
    return Mailbox()


@pytest.fixture(name="post")
def over_smtp(mailbox: Mailbox, unused_port: int) -> Iterator[SmtpPost]:
    with serving(mailbox, unused_port):
        yield post_at(unused_port)


def failure(post: SmtpPost, *to: str) -> PostFailed:
    with post.line() as line, pytest.raises(PostFailed) as failed:
        line.send(message("a:1", *to))
    return failed.value


def test_a_message_arrives_whole(post: SmtpPost, mailbox: Mailbox) -> None:
    send(post, message(subject="Hubbkallelse: ärende 2026-0007"))

    (received,) = mailbox.received
    assert received["To"] == BARN
    assert received["From"] == SENDER
    assert received["Subject"] == "Hubbkallelse: ärende 2026-0007"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Date"] == "Mon, 02 Mar 2026 08:30:00 +0000"
    assert received.get_content().strip() == BODY


def test_several_messages_go_on_one_connection(post: SmtpPost, mailbox: Mailbox) -> None:
    send(post, *(message(f"a:{number}") for number in range(5)))

    assert len(mailbox.received) == 5
    assert len(mailbox.connections) == 1


def test_a_repeated_message_is_the_same_to_the_last_sign(post: SmtpPost, mailbox: Mailbox) -> None:
    send(post, message("a:1"), message("a:1"), message("a:2"))

    first, again, other = mailbox.received
    assert first.as_bytes() == again.as_bytes()
    assert first["Message-ID"] == message_id("a:1", SENDER)
    assert other["Message-ID"] != first["Message-ID"]


@pytest.mark.parametrize(("reply", "lasting"), [("451 vänta", False), ("554 aldrig", True)])
def test_a_refused_message_is_told_with_whether_another_try_can_help(
    post: SmtpPost, mailbox: Mailbox, reply: str, *, lasting: bool
) -> None:
    mailbox.refusals.append(reply)

    with post.line() as line:
        with pytest.raises(PostFailed, match=reply[:3]) as failed:
            line.send(message())
        line.send(message("a:2"))

    assert (failed.value.lasting, failed.value.line_lost) == (lasting, False)
    assert mailbox.ids == [message_id("a:2", SENDER)]


def test_one_receiver_refused_is_a_failure_that_names_nobody_and_knows_who_got_it(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    mailbox.refused[BORTA] = "550"

    failed = failure(post, BARN, BORTA, SKOLA)

    assert failed.reason == "1 av 3 mottagare togs inte emot (550)"
    assert failed.received_by == (BARN, SKOLA)
    assert mailbox.to == [[BARN, SKOLA]]
    assert failed.lasting


@pytest.mark.parametrize(("codes", "lasting"), [("450 450", False), ("450 550", False)])
def test_a_receiver_who_may_be_taken_later_is_tried_again(
    post: SmtpPost, mailbox: Mailbox, codes: str, *, lasting: bool
) -> None:
    mailbox.refused.update(zip((BORTA, SKOLA), codes.split(), strict=True))

    assert failure(post, BARN, BORTA, SKOLA).lasting == lasting


def test_when_every_receiver_is_refused_nobody_got_it(post: SmtpPost, mailbox: Mailbox) -> None:
    mailbox.refused.update({BARN: "550", BORTA: "551"})

    failed = failure(post, BARN, BORTA)

    assert failed.reason == "2 av 2 mottagare togs inte emot (550, 551)"
    assert failed.received_by == ()
    assert failed.lasting


def test_a_server_that_closes_in_the_middle_of_the_receivers_has_given_it_to_nobody(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    mailbox.refused[BORTA] = "421"

    failed = failure(post, BARN, BORTA)

    assert failed.received_by == ()
    assert failed.line_lost
    assert not failed.lasting
    assert mailbox.received == []


def test_a_server_that_takes_it_and_breaks_off_gets_the_same_message_twice(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    mailbox.cut.append("Ämne")

    failed = failure(post)
    send(post, message())

    assert failed.line_lost
    assert mailbox.ids == [message_id("a:1", SENDER)] * 2


def test_a_server_that_is_not_there_is_a_failure(unused_port: int) -> None:
    with pytest.raises(PostFailed, match="ConnectionRefusedError") as failed:
        send(post_at(unused_port))

    assert failed.value.line_lost


def test_a_header_cannot_be_smuggled_in(post: SmtpPost, mailbox: Mailbox) -> None:
    with post.line() as line, pytest.raises(PostFailed, match="ValueError") as failed:
        line.send(message(subject="Ämne\r\nBcc: annan@kommun.se"))

    assert failed.value.lasting
    assert mailbox.received == []


def test_one_receiver_alone_is_not_counted(post: SmtpPost, mailbox: Mailbox) -> None:
    mailbox.refused[BORTA] = "550"

    assert failure(post, BORTA).reason == "mottagaren togs inte emot (550)"


def test_the_recorded_post_keeps_what_would_have_been_sent_newest_first() -> None:
    post = RecordedPost(clock=lambda: AT, keep=2)

    with post.line() as line:
        for key in ("1", "2", "3"):
            line.send(message(key, subject=f"Ämne {key}"))

    assert [letter.subject for letter in post.recent()] == ["Ämne 3", "Ämne 2"]
    assert post.recent()[0].to == (BARN,)
    assert post.recent()[0].at == AT

"""Invitations as calendars get them: over a real SMTP server, parsed as a calendar would."""

from asyncio import Event as Never
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from icalendar import Calendar, Event

from adapters.invitation import ics, packed, unpacked
from adapters.post import SmtpPost
from tests.adapters_edge.mailbox import SENDER, Mailbox, message, post_at, send, serving
from workflows.delivery_ports import Message, PostFailed
from workflows.invitations import Invitation, Method

BARN, SKOLA, BORTA = "barn@kommun.se", "skola@kommun.se", "borta@kommun.se"

START = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
INVITATION = Invitation(
    uid="hubbmote-00000000-0000-4000-8000-000000000001",
    sequence=0,
    method=Method.REQUEST,
    starts_at=START,
    ends_at=START + timedelta(minutes=30),
    summary="Hubbmöte, ärende MH-2026-00001",
    place="Hubbrum 1",
    link="https://moten.kommun.example/hubbrum-1",
)


@pytest.fixture(name="mailbox")
def of_a_real_server() -> Mailbox:
    return Mailbox()


@pytest.fixture(name="post")
def over_smtp(mailbox: Mailbox, unused_port: int) -> Iterator[SmtpPost]:
    with serving(mailbox, unused_port):
        yield post_at(unused_port)


MOVED = replace(INVITATION, sequence=1, starts_at=START + timedelta(hours=2))
GONE = replace(MOVED, sequence=2, method=Method.CANCEL)


def inviting(invitation: Invitation, *to: str, key: str = "a:1") -> Message:
    bare = message(key, *to)
    return replace(bare, notice=replace(bare.notice, invitation=invitation))


def invite(post: SmtpPost, invitation: Invitation, *to: str, key: str = "a:1") -> None:
    send(post, inviting(invitation, *to, key=key))


def failure(post: SmtpPost, *to: str) -> PostFailed:
    with post.line() as line, pytest.raises(PostFailed) as failed:
        line.send(inviting(INVITATION, *to))
    return failed.value


def plain(invitation: Invitation) -> str:
    return ics(invitation, sender=SENDER, receiver=BARN, made_at=START).decode()


def part(received: EmailMessage, kind: str) -> EmailMessage:
    return next(it for it in received.walk() if it.get_content_type() == kind)


def calendar(received: EmailMessage, kind: str = "text/calendar") -> Calendar:
    content = part(received, kind).get_payload(decode=True)
    assert isinstance(content, bytes)
    return Calendar.from_ical(content)


def event(found: Calendar) -> Event:
    (only,) = found.walk("VEVENT")
    assert isinstance(only, Event)
    return only


def test_a_calendar_is_given_the_meeting_with_its_times_and_its_link(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    invite(post, INVITATION)

    (received,) = mailbox.received
    found = calendar(received)
    meeting = event(found)
    assert found["METHOD"] == "REQUEST"
    assert meeting.start == INVITATION.starts_at
    assert meeting.end == INVITATION.ends_at
    assert meeting["UID"] == f"{INVITATION.uid}@{SENDER.partition('@')[2]}"
    assert meeting["SEQUENCE"] == 0
    assert meeting["SUMMARY"] == INVITATION.summary
    assert meeting["URL"] == INVITATION.link
    assert meeting["LOCATION"] == "Hubbrum 1"
    assert meeting["ORGANIZER"] == f"mailto:{SENDER}"
    assert part(received, "text/calendar").get_param("method") == "REQUEST"


def test_who_reads_letters_without_a_calendar_has_the_text_and_a_file(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    invite(post, INVITATION)

    (received,) = mailbox.received
    assert part(received, "text/plain").get_content().strip() == message().notice.body
    file = part(received, "application/ics")
    assert file.get_filename() == "hubbmote.ics"
    assert file.get_content_disposition() == "attachment"
    assert event(calendar(received, "application/ics")) == event(calendar(received))


def test_a_moved_meeting_is_the_same_one_and_a_cancelled_one_outranks_both(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    for number, one in enumerate((INVITATION, MOVED, GONE)):
        invite(post, one, key=f"a:{number}")

    calendars = [calendar(it) for it in mailbox.received]
    meetings = [event(it) for it in calendars]
    assert len({meeting["UID"] for meeting in meetings}) == 1
    assert [meeting["SEQUENCE"] for meeting in meetings] == [0, 1, 2]
    assert [it["METHOD"] for it in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [it["STATUS"] for it in meetings] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize("invitation", [INVITATION, MOVED, GONE])
def test_each_is_alone_in_an_invitation_of_their_own_and_answers_in_the_hub(
    post: SmtpPost, mailbox: Mailbox, invitation: Invitation
) -> None:
    invite(post, invitation, BARN, SKOLA)

    assert mailbox.to == [[BARN], [SKOLA]]
    for received, address in zip(mailbox.received, (BARN, SKOLA), strict=True):
        for kind in ("text/calendar", "application/ics"):
            (attendee,) = event(calendar(received, kind)).attendees
            assert attendee == f"mailto:{address}"
            assert dict(attendee.params) == {
                "ROLE": "REQ-PARTICIPANT",
                "PARTSTAT": "NEEDS-ACTION",
                "RSVP": "FALSE",
            }


def test_nobody_sees_who_else_is_invited(post: SmtpPost, mailbox: Mailbox) -> None:
    invite(post, INVITATION, BARN, SKOLA)

    for received, other in zip(mailbox.received, (SKOLA, BARN), strict=True):
        shown = [part.get_payload(decode=True) or b"" for part in received.walk()]
        assert other.encode() not in received.as_bytes() + b"".join(map(bytes, shown))


def test_everyone_invited_is_invited_to_the_same_meeting(post: SmtpPost, mailbox: Mailbox) -> None:
    invite(post, MOVED, BARN, SKOLA)

    first, second = (event(calendar(it)) for it in mailbox.received)
    del first["ATTENDEE"], second["ATTENDEE"]
    assert first == second
    assert len(set(mailbox.ids)) == 2


def test_who_is_refused_keeps_nobody_else_from_the_meeting(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    mailbox.refused[BORTA] = "550"

    failed = failure(post, BARN, BORTA, SKOLA)

    assert (
        failed.reason == "1 av 3 mottagare fick inte sin inbjudan: mottagaren togs inte emot (550)"
    )
    assert failed.received_by == (BARN, SKOLA)
    assert (failed.lasting, failed.line_lost) == (True, False)
    assert mailbox.to == [[BARN], [SKOLA]]


@pytest.mark.parametrize(("code", "reply"), [("550", "451 vänta"), ("450", "554 aldrig")])
def test_an_invitation_is_tried_again_when_anyone_missed_may_be_taken_later(
    post: SmtpPost, mailbox: Mailbox, code: str, reply: str
) -> None:
    mailbox.refusals.append(reply)
    mailbox.refused[BORTA] = code

    failed = failure(post, BARN, BORTA, SKOLA)

    assert failed.reason == (
        "2 av 3 mottagare fick inte sin inbjudan:"
        f" SMTPDataError {reply[:3]}; mottagaren togs inte emot ({code})"
    )
    assert failed.received_by == (SKOLA,)
    assert not failed.lasting


def test_a_line_lost_between_two_copies_tells_who_has_got_theirs(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    mailbox.refused[BORTA] = "421"

    failed = failure(post, BARN, BORTA, SKOLA)

    assert (
        failed.reason == "2 av 3 mottagare fick inte sin inbjudan: mottagaren togs inte emot (421)"
    )
    assert failed.received_by == (BARN,)
    assert (failed.lasting, failed.line_lost) == (False, True)
    assert mailbox.to == [[BARN]]


def test_a_server_that_takes_the_first_copy_and_breaks_off_gets_that_one_again(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    mailbox.cut.append("Ämne")

    failed = failure(post, BARN, SKOLA)
    invite(post, INVITATION, BARN, SKOLA)

    assert failed.received_by == ()
    assert failed.line_lost
    assert mailbox.to == [[BARN], [BARN], [SKOLA]]
    assert mailbox.received[0].as_bytes() == mailbox.received[1].as_bytes()


class FallsSilent(Mailbox):
    """Never says whether it takes mail to BORTA."""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == BORTA:
            await Never().wait()
        return await Mailbox.handle_RCPT(self, server, session, envelope, address, options)


def test_all_copies_have_the_time_of_one_message_and_who_got_theirs_in_time_has_it(
    unused_port: int,
) -> None:
    mailbox = FallsSilent()
    with serving(mailbox, unused_port):
        failed = failure(post_at(unused_port, timeout=60, longest=1.5), BARN, BORTA, SKOLA)

    assert failed.received_by == (BARN,)
    assert failed.line_lost


def test_an_address_that_breaks_a_header_gets_nothing_and_the_others_do(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    failed = failure(post, "barn@kommun.se\r\nBcc: annan@kommun.se", SKOLA)

    assert failed.reason == "1 av 2 mottagare fick inte sin inbjudan: ValueError"
    assert failed.received_by == (SKOLA,)
    assert mailbox.to == [[SKOLA]]


def test_nobody_is_named_in_an_invitation_but_its_receiver_and_the_hub_itself() -> None:
    text = plain(INVITATION).replace("\r\n ", "")

    assert [line for line in text.splitlines() if "@" in line and "UID" not in line] == [
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:{BARN}",
        f"ORGANIZER:mailto:{SENDER}",
    ]
    assert "CN=" not in text


def test_a_meeting_without_a_room_has_no_place_and_no_link() -> None:
    text = plain(replace(INVITATION, place="", link=None))

    assert "LOCATION" not in text
    assert "URL" not in text


def test_a_repeated_invitation_is_the_same_to_the_last_sign(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    invite(post, INVITATION, BARN, SKOLA)
    invite(post, INVITATION, SKOLA)

    _, first, again = mailbox.received
    assert first.as_bytes() == again.as_bytes()


def test_the_lines_of_an_invitation_end_as_a_calendar_demands() -> None:
    text = plain(INVITATION).encode()

    assert text.count(b"\n") == text.count(b"\r\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_an_invitation_is_kept_as_it_was_and_none_as_none() -> None:
    assert unpacked(packed(INVITATION)) == INVITATION
    assert unpacked(packed(None)) is None
    with pytest.raises(ValueError, match="Invitation"):
        unpacked('{"uid": 1}')

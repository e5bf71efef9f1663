"""Invitations as calendars get them: over a real SMTP server, parsed as a calendar would."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar, Event

from adapters.invitation import ics, packed, unpacked
from adapters.post import SmtpPost
from tests.adapters_edge.mailbox import SENDER, Mailbox, message, post_at, send, serving
from workflows.invitations import Invitation, Method

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


def invite(post: SmtpPost, invitation: Invitation, key: str = "a:1") -> None:
    bare = message(key)
    send(post, replace(bare, notice=replace(bare.notice, invitation=invitation)))


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
    moved = replace(INVITATION, sequence=1, starts_at=START + timedelta(hours=2))
    gone = replace(moved, sequence=2, method=Method.CANCEL)
    for number, one in enumerate((INVITATION, moved, gone)):
        invite(post, one, key=f"a:{number}")

    calendars = [calendar(it) for it in mailbox.received]
    meetings = [event(it) for it in calendars]
    assert len({meeting["UID"] for meeting in meetings}) == 1
    assert [meeting["SEQUENCE"] for meeting in meetings] == [0, 1, 2]
    assert [it["METHOD"] for it in calendars] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [it["STATUS"] for it in meetings] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_nobody_is_named_in_an_invitation_but_the_hub_itself() -> None:
    text = ics(INVITATION, sender=SENDER, made_at=START).decode()

    assert "ATTENDEE" not in text
    assert [line for line in text.splitlines() if "@" in line and "UID" not in line] == [
        f"ORGANIZER:mailto:{SENDER}"
    ]


def test_a_meeting_without_a_room_has_no_place_and_no_link() -> None:
    text = ics(replace(INVITATION, place="", link=None), sender=SENDER, made_at=START).decode()

    assert "LOCATION" not in text
    assert "URL" not in text


def test_a_repeated_invitation_is_the_same_to_the_last_sign(
    post: SmtpPost, mailbox: Mailbox
) -> None:
    for _ in range(2):
        invite(post, INVITATION)

    first, again = mailbox.received
    assert first.as_bytes() == again.as_bytes()


def test_the_lines_of_an_invitation_end_as_a_calendar_demands() -> None:
    text = ics(INVITATION, sender=SENDER, made_at=START)

    assert text.count(b"\n") == text.count(b"\r\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_an_invitation_is_kept_as_it_was_and_none_as_none() -> None:
    assert unpacked(packed(INVITATION)) == INVITATION
    assert unpacked(packed(None)) is None
    with pytest.raises(ValueError, match="Invitation"):
        unpacked('{"uid": 1}')

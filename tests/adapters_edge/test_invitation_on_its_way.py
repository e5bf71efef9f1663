"""A meeting that is called, moved and not held, on its way from the case to each calendar."""

from datetime import timedelta

from icalendar import Calendar, Event

from adapters.post import SmtpPost
from rules.people import Role
from tests.adapters_edge.mailbox import Mailbox, post_at, serving
from tests.people import BEA, MIRA, MORNING, actor
from tests.workflows.course import Course, begun
from workflows import meetings
from workflows.delivering import Round, deliver

ASTA = actor("Asta", Role.UNIT, unit="barn")
ASTAS, BEAS = (f"{who.id}@kommun.example" for who in (ASTA, BEA))


def meeting(mailbox: Mailbox, address: str) -> list[tuple[str, str, int, list[str]]]:
    """What has come into the calendar of `address`: method, uid, sequence and who is in it."""
    found = []
    for to, received in zip(mailbox.to, mailbox.received, strict=True):
        for part in received.walk():
            if to == [address] and part.get_content_type() == "text/calendar":
                calendar = Calendar.from_ical(bytes(part.get_payload(decode=True) or b""))
                (event,) = calendar.walk("VEVENT")
                assert isinstance(event, Event)
                who = [str(it) for it in event.attendees]
                method, uid = str(calendar["METHOD"]), str(event["UID"])
                found.append((method, uid, event.sequence, who))
    return found


def delivered(course: Course, post: SmtpPost) -> Round:
    course.world.clock.forward(minutes=1)
    return deliver(course.world.office, post)


def test_each_calendar_gets_the_meeting_once_is_moved_with_it_and_loses_it(
    unused_port: int,
) -> None:
    course, mailbox, post = begun(), Mailbox(), post_at(unused_port)
    course.world.admit(ASTA)
    later = MORNING + timedelta(hours=3)
    with serving(mailbox, unused_port):
        mailbox.refused[BEAS] = "450"
        course.protect().confirm().call("barn")
        assert delivered(course, post).failed == 1
        mailbox.refused.clear()
        assert delivered(course, post).sent == 1
        meetings.move(course.world.office, MIRA, course.id, starts_at=later, reason="Sen.")
        delivered(course, post)
        course.decide(without_hub="Akut.")
        delivered(course, post)

    for address in (ASTAS, BEAS):
        come = meeting(mailbox, address)
        assert [(method, number) for method, _, number, _ in come] == [
            ("REQUEST", 0),
            ("REQUEST", 1),
            ("CANCEL", 2),
        ]
        assert {tuple(who) for *_, who in come} == {(f"mailto:{address}",)}
    assert len({uid for it in (ASTAS, BEAS) for _, uid, *_ in meeting(mailbox, it)}) == 1

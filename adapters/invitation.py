"""Invitations as iCalendar (RFC 5545, 5546), in letters and in the outbox."""

from datetime import UTC, datetime
from email.message import EmailMessage

from icalendar import Calendar, Event, vCalAddress
from pydantic import TypeAdapter

from workflows.invitations import Invitation, Method

FILE = "hubbmote.ics"
_PRODUCT = "-//MASH-hubben//Hubbmöten//SV"
_INVITATION: TypeAdapter[Invitation] = TypeAdapter(Invitation)


def packed(invitation: Invitation | None) -> str | None:
    """The invitation as the outbox keeps it."""
    return _INVITATION.dump_json(invitation).decode() if invitation else None


def unpacked(text: str | None) -> Invitation | None:
    """The invitation that `packed` made; ValueError for anything else."""
    return _INVITATION.validate_json(text) if text else None


def ics(invitation: Invitation, *, sender: str, receiver: str, made_at: datetime) -> bytes:
    """The invitation as the receiver's calendar reads it, from the hub's own address.

    The receiver alone is in it (RFC 5546 3.2.2 wants at least one), by address and not by name.
    """
    event = Event()
    event.add("uid", f"{invitation.uid}@{sender.partition('@')[2]}")
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", invitation.starts_at.astimezone(UTC))
    event.add("dtend", invitation.ends_at.astimezone(UTC))
    event.add("summary", invitation.summary)
    event.add("organizer", vCalAddress(f"mailto:{sender}"))
    event.add("attendee", _invited(receiver))
    event.add("status", "CANCELLED" if invitation.method is Method.CANCEL else "CONFIRMED")
    event.add("class", "CONFIDENTIAL")
    if invitation.place:
        event.add("location", invitation.place)
    if invitation.link:
        event.add("url", invitation.link)
        event.add("description", f"Anslut: {invitation.link}")
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", invitation.method.value)
    calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _invited(receiver: str) -> vCalAddress:
    """No reply is asked for: the answer that counts is given in the hub."""
    return vCalAddress.new(receiver, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp=False)


def enclose(
    message: EmailMessage,
    invitation: Invitation,
    *,
    sender: str,
    receiver: str,
    made_at: datetime,
) -> None:
    """Put the invitation in a letter that has its text: for calendars, and as a file to open."""
    content = ics(invitation, sender=sender, receiver=receiver, made_at=made_at)
    method = {"method": invitation.method.value, "charset": "utf-8"}
    # As bytes: as text the line ends would not be those that a calendar demands.
    message.add_alternative(content, maintype="text", subtype="calendar", params=method)
    message.add_attachment(content, maintype="application", subtype="ics", filename=FILE)

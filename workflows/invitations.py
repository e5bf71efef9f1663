"""Invitations to a hub meeting, as calendars understand them: a new one, a changed, a cancelled."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules.case import Case
from rules.policy import Policy


class Method(StrEnum):
    """What a calendar is to do with the invitation (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A meeting in somebody's calendar: case number, times and room, and nothing about anybody.

    `uid` stays when the meeting is moved; the calendar takes the one with the highest `sequence`.
    """

    uid: str
    sequence: int
    method: Method
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str = ""
    link: str | None = None


def invitation(case: Case, policy: Policy) -> Invitation:
    """The meeting that the hub is called to, as it stands now."""
    assert case.call is not None
    room = policy.slots.room(case.call.room)
    return Invitation(
        uid=f"hubbmote-{case.id}",
        sequence=len(case.moves),
        method=Method.REQUEST,
        starts_at=case.call.starts_at,
        ends_at=case.call.ends_at,
        summary=f"Hubbmöte, ärende {case.number}",
        place=room.name if room else "",
        link=room.link if room else None,
    )


def cancelled(case: Case, policy: Policy) -> Invitation:
    """The word that the meeting is not held after all; it outranks every earlier one."""
    last = invitation(case, policy)
    return Invitation(
        uid=last.uid,
        sequence=last.sequence + 1,
        method=Method.CANCEL,
        starts_at=last.starts_at,
        ends_at=last.ends_at,
        summary=f"Inställt: {last.summary}",
        place=last.place,
        link=last.link,
    )

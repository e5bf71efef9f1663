"""Decisions about a meeting that is called already: to another time, and whether it is needed."""

from datetime import datetime

from rules import events as ev
from rules.assessing import require_text, require_undecided
from rules.case import Case
from rules.convening import HubNotCalled
from rules.errors import Invalid
from rules.meeting import MeetingAlreadyHeld
from rules.people import Actor
from rules.slots import Slot


def move(case: Case, *, slot: Slot, reason: str, actor: Actor, at: datetime) -> ev.MeetingMoved:
    """The hub meets at another time; what the units have answered stands."""
    require_undecided(case)
    if case.call is None:
        raise HubNotCalled
    if case.meeting is not None:
        raise MeetingAlreadyHeld
    if slot.starts_at < at:
        raise Invalid({"starts_at": "Mötets tid har redan varit."})
    if slot.starts_at == case.call.starts_at:
        raise Invalid({"starts_at": "Mötet är redan kallat till den tiden."})
    return ev.MeetingMoved(
        at=at,
        by=actor.id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        answer_by=slot.answer_by,
        extra=slot.extra,
        why_slot=slot.why,
        reason=require_text("reason", reason, "varför mötet flyttas"),
        room=slot.room,
    )


def is_ahead(case: Case, at: datetime) -> bool:
    """Whether a meeting is called that has neither begun nor been recorded."""
    return case.call is not None and case.meeting is None and case.call.starts_at > at

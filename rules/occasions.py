"""Something that the board's rules list has happened; clocks run from it or until it."""

from datetime import datetime

from rules import events as ev
from rules.case import Case
from rules.errors import Invalid
from rules.people import Actor
from rules.policy import Policy


def note(
    case: Case,
    *,
    occasion: str,
    happened_at: datetime,
    policy: Policy,
    actor: Actor,
    at: datetime,
) -> ev.OccasionNoted:
    """What happened and when; the clocks count from then, not from when it was noted."""
    if occasion not in policy.occasions:
        raise Invalid({"occasion": "Välj en händelse i listan."})
    if happened_at > at:
        raise Invalid({"happened_at": "Händelsen kan inte ligga i framtiden."})
    if happened_at < case.received_at:
        raise Invalid({"happened_at": "Händelsen kan inte ligga före anmälan."})
    return ev.OccasionNoted(at=at, by=actor.id, occasion=occasion, happened_at=happened_at)

"""A breach is never only a red number: it gets a cause, an owner and a comment."""

from datetime import datetime

from rules import events as ev
from rules.assessing import require_text
from rules.case import Case
from rules.errors import Invalid, Refusal
from rules.people import Actor
from rules.policy import Policy


class NoSuchBreach(Refusal):
    """Fristen har inte brustit, eller finns inte i ärendet."""


def explain(
    case: Case, *, key: str, cause: str, comment: str, policy: Policy, actor: Actor, at: datetime
) -> ev.BreachExplained:
    """Why the deadline passed; it may be explained again, the first explanation stays."""
    clock = case.clocks.get(key)
    if clock is None or clock.passed is None:
        raise NoSuchBreach
    if cause not in policy.breach_causes:
        raise Invalid({"cause": "Välj en orsak i listan."})
    comment = require_text("comment", comment, "en kommentar om vad som hände")
    return ev.BreachExplained(
        at=at, by=actor.id, key=key, cause=cause, comment=comment, owner=actor.name
    )

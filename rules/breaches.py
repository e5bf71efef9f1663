"""A breach is never only a red number: it gets a cause, an owner and a comment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rules import events as ev
from rules.assessing import require_text
from rules.case import Case
from rules.clock import Clock
from rules.errors import Invalid, Refusal
from rules.people import Actor
from rules.policy import Policy

_FARTHEST = timedelta(days=7)


class NoSuchBreach(Refusal):
    """Fristen har inte brustit, eller finns inte i ärendet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a deadline passed and what is done about it, as a chef has written it.

    `measure_by` is the new time that is promised when the step itself remains; without it the
    rules' own length counts.
    """

    key: str
    cause: str
    comment: str
    measure: str
    measure_by: datetime | None = None


def explain(
    case: Case, said: Explanation, *, policy: Policy, actor: Actor, at: datetime
) -> ev.BreachExplained:
    """Why the deadline passed; it may be explained again, the first explanation stays."""
    clock = case.clocks.get(said.key)
    if clock is None or clock.passed is None:
        raise NoSuchBreach
    if said.cause not in policy.breach_causes:
        raise Invalid({"cause": "Välj en orsak i listan."})
    comment = require_text("comment", said.comment, "en kommentar om vad som hände")
    measure = require_text("measure", said.measure, "vilken åtgärd som görs")
    return ev.BreachExplained(
        at=at,
        by=actor.id,
        key=said.key,
        cause=said.cause,
        comment=comment,
        owner=actor.name,
        measure=measure,
        measure_by=_promised(clock, said.measure_by, at),
    )


def _promised(clock: Clock, by: datetime | None, at: datetime) -> datetime | None:
    """A new time only for a step that remains, and one that is near enough to be a promise."""
    if by is None or clock.stopped is not None:
        return None
    if by <= at:
        raise Invalid({"measure_by": "Den nya tiden har redan varit."})
    if by - at > _FARTHEST:
        raise Invalid({"measure_by": "Välj en ny tid inom sju dygn."})
    return by

"""Feedback to the reporter: only the three facts of SoL 19:6, and to whom they may be given."""

from datetime import datetime
from typing import Literal, assert_never

from rules import events as ev
from rules.assessing import require_text
from rules.case import Case
from rules.deciding import AlreadyDone
from rules.errors import GateClosed, Invalid, Refusal
from rules.people import Actor
from rules.statement import DecisionKind


class NoDecisionYet(Refusal):
    """Beslut saknas. Under förhandsbedömningen finns inget att återkoppla."""


class AnonymousReporter(Refusal):
    """Anmälaren är anonym och kan inte få återkoppling."""


def request(
    case: Case, *, requested_at: datetime, actor: Actor, at: datetime
) -> ev.FeedbackRequested:
    """The reporter asks to hear back; when it was asked decides the clock (SoL 19:6)."""
    if case.feedback.given is not None:
        raise AlreadyDone
    if requested_at > at:
        raise Invalid({"requested_at": "Begäran kan inte ligga i framtiden."})
    if requested_at < case.received_at:
        raise Invalid({"requested_at": "Begäran kan inte ha kommit innan anmälan kom in."})
    return ev.FeedbackRequested(at=at, by=actor.id, requested_at=requested_at)


def give(
    case: Case,
    *,
    channel: str,
    unsuitable_because: str,
    consent: str,
    actor: Actor,
    at: datetime,
) -> ev.FeedbackGiven:
    """Which of the three facts was given and how, or why it was unsuitable."""
    if case.feedback.given is not None:
        raise AlreadyDone
    if case.decision is None:
        raise NoDecisionYet(law="SoL 19:6")
    if unsuitable_because.strip():
        return ev.FeedbackGiven(
            at=at, by=actor.id, fact=None, unsuitable_because=unsuitable_because.strip()
        )
    _require_receiver(case, consent)
    channel = require_text("channel", channel, "hur återkopplingen lämnades")
    return ev.FeedbackGiven(
        at=at, by=actor.id, fact=fact_of(case.decision), channel=channel, consent=consent.strip()
    )


def _require_receiver(case: Case, consent: str) -> None:
    kind = case.registered.reporter.kind
    if kind.value == "anonym":
        raise AnonymousReporter
    if not kind.under_duty and not consent.strip():
        raise GateClosed(
            "En privat anmälare får ingen återkoppling utan samtycke från den uppgiften rör.",
            gate="aterkoppling-till-privat-anmalare",
            law="SoL 19:6, OSL 26:1, 26:9 a",
            opens="Dokumentera samtycke från den uppgiften rör (OSL 10:1, 12:2).",
        )


def fact_of(decision: ev.Decided) -> Literal["inletts", "inte_inletts", "pågår_redan"]:
    """The only thing that may be said of a decision."""
    match decision.decision:
        case DecisionKind.OPEN:
            return "inletts"
        case DecisionKind.NOT_OPEN:
            return "inte_inletts"
        case DecisionKind.ONGOING:
            return "pågår_redan"
        case _:
            assert_never(decision.decision)

"""Steps beside the course: feedback to the reporter, and information from or to others."""

from typing import Literal

from hub.pages.convening import StatementForm, statements_of
from hub.pages.moments import TypedDate, TypedTime, at
from hub.pages.sent import Fields, asked
from hub.pages.steps import Scene, Shown, Step, Values
from hub.pages.visit import Visit
from hub.views.times import clock_time, day
from hub.views.underlag import document
from rules.access import Action
from rules.case import Case
from rules.feedback import fact_of
from rules.policy import Act
from workflows import feedback, requesting


class FeedbackRequestForm(Fields):
    """When the reporter asked to hear back."""

    requested_date: TypedDate = asked("Skriv vilken dag anmälaren bad om återkoppling.")
    requested_time: TypedTime = asked("Skriv när anmälaren bad om återkoppling.")


class FeedbackForm(Fields):
    """How the reporter heard back, or why not."""

    channel: str = ""
    unsuitable_because: str = ""
    consent: str = ""


class RequestForm(Fields):
    """Information to or from an outside party."""

    party: str = asked("Välj vilken part det gäller.")
    act: Act = asked("Välj om uppgiften ska hämtas eller lämnas.")
    question: str = asked("Skriv vad som efterfrågas eller lämnas.")
    ground: str = ""
    ground_reason: str = ""


class ReplyForm(Fields):
    """What a party answered."""

    request_id: str = asked("Välj vilken begäran svaret gäller.")
    nothing_known: Literal["ja"] | None = None
    statements: tuple[StatementForm, ...] = asked("Fyll i uppgiften.", ())


def _request_feedback(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(FeedbackRequestForm)
    requested_at = at(form.requested_date, form.requested_time, field="requested_time")
    return feedback.request_feedback(visit.office, visit.actor, case_id, requested_at=requested_at)


def _give_feedback(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(FeedbackForm)
    return feedback.give_feedback(
        visit.office,
        visit.actor,
        case_id,
        channel=form.channel,
        unsuitable_because=form.unsuitable_because,
        consent=form.consent,
    )


def _request(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(RequestForm)
    return requesting.request(
        visit.office,
        visit.actor,
        case_id,
        party=form.party,
        act=form.act,
        question=form.question,
        ground=form.ground,
        ground_reason=form.ground_reason,
    )


def _reply(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(ReplyForm)
    return requesting.receive(
        visit.office,
        visit.actor,
        case_id,
        request_id=form.request_id,
        nothing_known=form.nothing_known == "ja",
        statements=statements_of(form.statements),
    )


def _now(scene: Scene) -> Values:
    now = scene.lens.at
    return {"requested_date": (day(now),), "requested_time": (clock_time(now),)}


def _may_say(scene: Scene) -> Shown:
    """The only thing that may be said, and to whom (SoL 19:6)."""
    case = scene.read.case
    kind = case.registered.reporter.kind
    fact = feedback_fact(case)
    return {"fact": fact, "duty": kind.under_duty, "anonymous": kind.value == "anonym"}


def feedback_fact(case: Case) -> str:
    """One of the three facts, in words; empty before the decision."""
    if case.decision is None:
        return ""
    return {
        "inletts": "En utredning har inletts.",
        "inte_inletts": "En utredning har inte inletts.",
        "pågår_redan": "En utredning pågår redan.",
    }[fact_of(case.decision)]


def _parties(scene: Scene) -> Shown:
    policy = scene.lens.policy
    return {
        "parties": policy.parties,
        "grounds": policy.grounds,
        "gates": [gate for gate in policy.gates if gate.phase is scene.read.case.phase],
        "exchanges": document(scene.read.case, scene.lens).exchanges,
    }


def _waiting(scene: Scene) -> Shown:
    exchanges = document(scene.read.case, scene.lens).exchanges
    return {"waiting": [it for it in exchanges if it.waiting]}


def _only_one(scene: Scene) -> Values:
    waiting = [
        it.request_id for it in document(scene.read.case, scene.lens).exchanges if it.waiting
    ]
    return {"request_id": (waiting[0],)} if len(waiting) == 1 else {}


STEPS = (
    Step(
        noun="feedback-request",
        title="Anmälaren vill ha återkoppling",
        action=Action.FEED_BACK,
        starts_with=_now,
        does=_request_feedback,
        done="feedback-requested",
    ),
    Step(
        noun="feedback",
        title="Återkoppling till anmälaren",
        action=Action.FEED_BACK,
        shows=_may_say,
        does=_give_feedback,
        done="feedback",
    ),
    Step(
        noun="requests",
        title="Uppgifter från eller till andra",
        action=Action.REQUEST,
        shows=_parties,
        does=_request,
        done="requested",
        then="/requests",
    ),
    Step(
        noun="replies",
        title="Svar på en begäran",
        action=Action.REQUEST,
        shows=_waiting,
        starts_with=_only_one,
        does=_reply,
        done="replied",
        then="/requests",
    ),
)

"""Steps that end the förhandsbedömning and what follows: decide, hand over, receive, close."""

from hub.pages import directory
from hub.pages.meeting import names_of
from hub.pages.sent import Fields, asked
from hub.pages.steps import Scene, Shown, Step, Values
from hub.pages.visit import Visit
from hub.views.case import assessment
from hub.views.progress import missing
from hub.views.underlag import document
from rules.access import Action
from rules.level import Level
from rules.people import Role
from rules.policy import UnitKind
from rules.statement import DecisionKind
from workflows import deciding
from workflows.document import DECISIONS


class DecisionForm(Fields):
    """A decision with what FL 31 and 32 §§ demand."""

    decision: DecisionKind = asked("Välj vilket beslut som fattas.")
    reasons: str = asked("Skriv skälen för beslutet (FL 32 §).")
    presenters: str = ""
    participants: str = ""
    without_hub: str = ""
    violence_considered: str = ""


class HandoverForm(Fields):
    """Who takes over."""

    unit: str = asked("Välj vilken enhet som tar över.")
    investigator: str = ""


class InformationForm(Fields):
    """That those concerned were told, or why not."""

    how: str = ""
    withheld_because: str = ""


class ConclusionForm(Fields):
    """What the investigation led to."""

    outcome: str = ""


class ClosingForm(Fields):
    """Anything to say when the hub lets go."""

    reason: str = ""


def _decide(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(DecisionForm)
    return deciding.decide(
        visit.office,
        visit.actor,
        case_id,
        decision=form.decision,
        reasons=form.reasons,
        presenters=names_of(form.presenters),
        participants=names_of(form.participants),
        without_hub=form.without_hub,
        violence_considered=form.violence_considered,
    )


def _hand_over(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(HandoverForm)
    return deciding.hand_over(
        visit.office,
        visit.actor,
        case_id,
        unit=form.unit,
        investigator=form.investigator or None,
    )


def _receive(visit: Visit, case_id: str) -> object:
    return deciding.acknowledge(visit.office, visit.actor, case_id)


def _inform(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(InformationForm)
    return deciding.inform(
        visit.office,
        visit.actor,
        case_id,
        how=form.how,
        withheld_because=form.withheld_because,
    )


def _conclude(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(ConclusionForm)
    return deciding.conclude(visit.office, visit.actor, case_id, outcome=form.outcome)


def _close(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(ClosingForm)
    return deciding.close(visit.office, visit.actor, case_id, reason=form.reason)


def _decision(scene: Scene) -> Shown:
    case, policy = scene.read.case, scene.lens.policy
    delegations = {it.decision.value: it for it in policy.delegation}
    held = scene.visit.actor.delegations
    return {
        "decisions": DECISIONS,
        "delegations": delegations,
        "lacking": [d for d, it in delegations.items() if it.requires not in held],
        "violent": case.violent(policy.violence.indicators),
        "violence_law": policy.violence.law,
        "needs_hub": case.level is not Level.GREEN and not case.assessments,
        "proposal": assessment(case, scene.lens),
        "document": document(case, scene.lens),
    }


def _those_present(scene: Scene) -> Values:
    meeting = scene.read.case.meeting
    return {"participants": ("\n".join(meeting.present),)} if meeting else {}


def _receivers(scene: Scene) -> Shown:
    policy = scene.lens.policy
    people = directory.holding(scene.visit.office, Role.INVESTIGATOR)
    kinds = (UnitKind.INVESTIGATING, UnitKind.ASSESSING)
    return {
        "units": {n: it.name for n, it in policy.units.items() if it.kind in kinds},
        "people": [(it.id, f"{it.name}, {scene.lens.unit(it.unit)}") for it in people],
        "document": document(scene.read.case, scene.lens),
    }


def _usual_receiver(scene: Scene) -> Values:
    return {"unit": (scene.lens.policy.routing.investigators,)}


def _document(scene: Scene) -> Shown:
    return {"document": document(scene.read.case, scene.lens)}


def _missing(scene: Scene) -> Shown:
    """A case with a breach that nobody has explained cannot be closed; the ledger keeps them."""
    case = scene.read.case
    waiting = [clock.started.name for clock in case.clocks.values() if clock.breach_is_open]
    return {"missing": missing(case), "waiting": tuple(dict.fromkeys(waiting))}


STEPS = (
    Step(
        noun="decision",
        title="Beslut",
        action=Action.DECIDE,
        shows=_decision,
        starts_with=_those_present,
        does=_decide,
        done="decided",
        careful=True,
    ),
    Step(
        noun="handover",
        title="Överlämning",
        action=Action.HAND_OVER,
        shows=_receivers,
        starts_with=_usual_receiver,
        does=_hand_over,
        done="handed-over",
    ),
    Step(
        noun="receipt",
        title="Ta emot överlämningen",
        action=Action.RECEIVE,
        shows=_document,
        does=_receive,
        done="acknowledged",
        then="/package",
    ),
    Step(
        noun="information",
        title="Information till berörda",
        action=Action.RECEIVE,
        does=_inform,
        done="informed",
    ),
    Step(
        noun="conclusion",
        title="Avsluta utredningen",
        action=Action.RECEIVE,
        does=_conclude,
        done="concluded",
    ),
    Step(
        noun="closing",
        title="Avsluta i hubben",
        action=Action.CLOSE,
        shows=_missing,
        does=_close,
        done="closed",
    ),
)

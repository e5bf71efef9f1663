"""Decisions that end the förhandsbedömning: decide, hand over, acknowledge, inform, close."""

from dataclasses import dataclass
from datetime import datetime

from rules import events as ev
from rules.assessing import (
    ProtectionFirst,
    require_delegation,
    require_open,
    require_text,
    require_undecided,
)
from rules.case import Case
from rules.errors import Invalid, Refusal
from rules.level import Level
from rules.people import Actor
from rules.policy import DelegationPolicy, Policy
from rules.statement import DecisionKind


class AssessmentFirst(Refusal):
    """Orange och Röd beslutas efter hubbmöte och gemensam bedömning. Skriv annars varför
    beslutet fattas utan hubben."""


class WeighLateAnswers(Refusal):
    """Ett svar har kommit efter mötet. Gör om bedömningen innan beslutet fattas."""


class ConfirmLevelFirst(Refusal):
    """Nivån är inte bekräftad av någon person ännu. Bekräfta eller ändra den först."""


class LoweringUnanswered(Refusal):
    """En sänkning av nivån väntar på en andra person. Pröva den innan beslutet fattas."""


class RaiseUnanswered(Refusal):
    """Reglerna föreslår en högre nivå. Ta ställning till den innan utredning väljs bort."""


class NothingToHandOver(Refusal):
    """Det finns inget beslut som ska lämnas över till en utredare."""


class NotHandedOver(Refusal):
    """Ärendet är inte överlämnat ännu."""


class AlreadyAcknowledged(Refusal):
    """Överlämningen är redan mottagen."""


class NoInvestigation(Refusal):
    """Ingen utredning är inledd i ärendet."""


class AlreadyDone(Refusal):
    """Det är redan gjort i ärendet."""


class NotReadyToClose(Refusal):
    """Ärendet kan inte avslutas ännu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision as somebody has written it, before it is tried."""

    decision: DecisionKind
    reasons: str
    law: str = ""
    presenters: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    without_hub: str = ""
    violence_considered: str = ""


def decide(
    case: Case,
    draft: Draft,
    *,
    policy: Policy,
    hub_levels: frozenset[Level],
    actor: Actor,
    at: datetime,
) -> ev.Decided:
    """The decision with what FL 31 and 32 §§ demand, by somebody with delegation."""
    require_undecided(case)
    _require_groundwork(case, draft.decision)
    _require_hub(case, draft, hub_levels)
    if draft.decision is not DecisionKind.OPEN and case.raise_is_proposed:
        raise RaiseUnanswered
    delegation = _delegation(draft.decision, policy)
    require_delegation(actor, delegation.requires, delegation.law)
    return ev.Decided(
        at=at,
        by=actor.id,
        decision=draft.decision,
        reasons=_reasons(case, draft, policy),
        law=draft.law.strip() or delegation.law,
        decided_by=actor.name,
        delegation=delegation.requires,
        presenters=draft.presenters,
        participants=draft.participants or _participants(case),
        without_hub=draft.without_hub.strip(),
    )


def _require_groundwork(case: Case, decision: DecisionKind) -> None:
    """What has to be done first; opening is the safe way and waits for no more than needed."""
    if case.protection is None:
        raise ProtectionFirst(law="SoL 20:1")
    if case.confirmed_level is None:
        raise ConfirmLevelFirst
    if decision is DecisionKind.OPEN:
        return
    if case.lowering is not None:
        raise LoweringUnanswered
    if case.late_answers:
        raise WeighLateAnswers


def _require_hub(case: Case, draft: Draft, hub_levels: frozenset[Level]) -> None:
    if case.level in hub_levels and not case.assessments and not draft.without_hub.strip():
        raise AssessmentFirst


def _delegation(decision: DecisionKind, policy: Policy) -> DelegationPolicy:
    for delegation in policy.delegation:
        if delegation.decision is decision:
            return delegation
    raise Refusal("Delegationsordningen i rules.yaml säger inte vem som får fatta beslutet.")


def _reasons(case: Case, draft: Draft, policy: Policy) -> str:
    """The reasons; where there is word of violence by kin, not opening is reasoned apart."""
    reasons = require_text("reasons", draft.reasons, "skälen för beslutet (FL 32 §)")
    violent = case.violent(policy.violence.indicators)
    if draft.decision is not DecisionKind.NOT_OPEN or not violent:
        return reasons
    considered = draft.violence_considered.strip()
    if not considered:
        raise Invalid(
            {
                "violence_considered": "Det finns uppgift om våld av närstående; då inleds"
                " utredning utan dröjsmål. Skriv varför uppgiften ändå inte leder till utredning."
            }
        )
    return f"{reasons}\n\nUppgiften om våld: {considered}"


def _participants(case: Case) -> tuple[str, ...]:
    return case.meeting.present if case.meeting else ()


def hand_over(
    case: Case,
    *,
    unit: str,
    investigator: str | None,
    package_hash: str,
    policy: Policy,
    actor: Actor,
    at: datetime,
) -> ev.HandedOver:
    """Everything the hub knew goes to the receiver, as one package with a fixed content."""
    require_open(case)
    if case.decision is None or case.decision.decision is DecisionKind.NOT_OPEN:
        raise NothingToHandOver
    if case.receipt is not None:
        raise AlreadyAcknowledged
    if unit not in policy.units:
        raise Invalid({"unit": f"Enheten ”{unit}” finns inte."})
    if not policy.units[unit].same_board:
        raise Invalid({"unit": f"{policy.units[unit].name} hör till en annan nämnd (OSL 8:1)."})
    return ev.HandedOver(
        at=at,
        by=actor.id,
        unit=unit,
        investigator=investigator,
        upto_seq=case.version,
        package_hash=package_hash,
    )


def acknowledge(case: Case, *, actor: Actor, at: datetime) -> ev.HandoverAcknowledged:
    """The receiver has the package and takes over; nobody is asked twice."""
    if case.handover is None:
        raise NotHandedOver
    if case.receipt is not None:
        raise AlreadyAcknowledged
    return ev.HandoverAcknowledged(at=at, by=actor.id, investigator=actor.id)


def inform(
    case: Case, *, how: str, withheld_because: str, actor: Actor, at: datetime
) -> ev.ConcernedInformed:
    """Those concerned are told that an investigation is open, or särskilda skäl (SoL 20:4)."""
    _require_investigation(case)
    if case.informed is not None:
        raise AlreadyDone
    if not withheld_because.strip():
        how = require_text("how", how, "vilka som informerats och hur, eller skälen emot")
    return ev.ConcernedInformed(
        at=at, by=actor.id, how=how.strip(), withheld_because=withheld_because.strip()
    )


def conclude(case: Case, *, outcome: str, actor: Actor, at: datetime) -> ev.InvestigationConcluded:
    """The investigation is over; its clock stops (SoL 20:3)."""
    _require_investigation(case)
    if case.concluded is not None:
        raise AlreadyDone
    outcome = require_text("outcome", outcome, "vad utredningen ledde till")
    return ev.InvestigationConcluded(at=at, by=actor.id, outcome=outcome)


def _require_investigation(case: Case) -> None:
    if case.decision is None or case.decision.decision is not DecisionKind.OPEN:
        raise NoInvestigation


def close(case: Case, *, reason: str, actor: Actor, at: datetime) -> ev.Closed:
    """The hub's work is over: decided, handed over and received, reporter answered."""
    require_open(case)
    missing = missing_before_close(case)
    if missing:
        raise NotReadyToClose(f"Ärendet kan inte avslutas ännu: {', '.join(missing)}.")
    return ev.Closed(at=at, by=actor.id, reason=reason.strip())


def missing_before_close(case: Case) -> tuple[str, ...]:
    """What still has to be done before the hub may let go of the case."""
    asked = case.feedback.requested and case.registered.reporter.kind.under_duty
    checks = (
        ("beslut saknas", case.decision is None),
        ("överlämningen är inte mottagen", case.handover_is_due),
        ("anmälaren har begärt återkoppling", bool(asked) and case.feedback.given is None),
        ("ett sent svar är inte vägt", bool(case.late_answers)),
        ("ett fristbrott är inte förklarat", any(c.breach_is_open for c in case.clocks.values())),
    )
    return tuple(text for text, missing in checks if missing)

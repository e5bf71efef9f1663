"""The case page: what to do next, the clocks, the level with its reasons, and what is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hub.views.case import (
    Assessment,
    Identity,
    Known,
    Lens,
    assessment,
    identity,
    known,
    permitted,
)
from hub.views.clocks import ClockPanel, panel
from hub.views.otherwise import Otherwise, otherwise
from hub.views.progress import Act, leading, of_case
from hub.views.times import moment
from hub.views.underlag import Document, document
from rules.access import Action, answers_for
from rules.case import Case
from rules.level import Level
from rules.people import Actor
from rules.statement import DecisionKind
from workflows.reading import CaseView
from workflows.rows import rows_of

_ANSWER = Act("Svara för enheten", "answers", Action.ANSWER)
_RECEIVE = Act("Ta emot överlämningen", "receipt", Action.RECEIVE)
_INFORM = Act("Informera berörda", "information", Action.RECEIVE)
_CONCLUDE = Act("Avsluta utredningen", "conclusion", Action.RECEIVE)


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole case page."""

    identity: Identity
    next_act: Act
    others: tuple[Act, ...]
    may: frozenset[Action]
    clocks: ClockPanel
    assessment: Assessment | None
    otherwise: Otherwise
    related: tuple[Known, ...]
    within_12: int
    within_24: int
    levels: tuple[str, ...]
    document: Document
    case: Case
    lens: Lens


def overview(read: CaseView, lens: Lens) -> Overview:
    """Everything on the case page."""
    case, may = read.case, permitted(read.relations)
    act = _next_act(case, read.moment.actor, lens.at)
    return Overview(
        identity=identity(case),
        next_act=act,
        others=tuple(it for it in _others(case) if it.action in may and it.noun != act.noun),
        may=may,
        clocks=panel(rows_of(case).clocks, lens.policy, lens.at, sources=lens.instrument.sources),
        assessment=assessment(case, lens),
        otherwise=otherwise(case, lens),
        related=tuple(known(it) for it in case.registered.related),
        within_12=_within(case, 365),
        within_24=_within(case, 730),
        levels=tuple(_level_lines(case, lens)),
        document=document(case, lens),
        case=case,
        lens=lens,
    )


def _next_act(case: Case, actor: Actor, now: datetime) -> Act:
    """The action that leads on; for a unit and an investigator it is their own."""
    silent = [unit for unit in case.silent_units if answers_for(actor, case, unit)]
    if silent and case.closed is None:
        return _ANSWER
    mine = case.handover and actor.id in (case.handover.investigator, _receiver(case))
    if case.handover and case.receipt is None and (mine or actor.unit == case.handover.unit):
        return _RECEIVE
    if mine and case.decision and case.decision.decision is DecisionKind.OPEN:
        return _CONCLUDE if case.informed else _INFORM
    return leading(of_case(case, now))


def _receiver(case: Case) -> str | None:
    return case.receipt.investigator if case.receipt else None


def _others(case: Case) -> Iterator[Act]:
    """What else can be done now."""
    opened = case.decision is not None and case.decision.decision is DecisionKind.OPEN
    if case.closed is None:
        yield from _while_open(case)
    if opened and case.receipt and not case.informed:
        yield _INFORM
    if opened and case.receipt and not case.concluded:
        yield _CONCLUDE
    if case.phase.value == "utredning" or case.closed is None:
        yield Act("Hämta eller lämna uppgifter", "requests", Action.REQUEST)
    yield Act("Anmälaren vill ha återkoppling", "feedback-request", Action.FEED_BACK)
    if case.decision and not case.feedback.given:
        yield Act("Återkoppla till anmälaren", "feedback", Action.FEED_BACK)
    yield Act("Skriv en anteckning", "notes", Action.NOTE)


def _while_open(case: Case) -> Iterator[Act]:
    yield Act("Besvara fler frågor i instrumentet", "questions", Action.ASSESS)
    if case.protection:
        yield Act("Gör en ny skyddsbedömning", "protection", Action.ASSESS)
    yield Act("Rätta uppgifter om barnet", "child", Action.ASSESS)
    if case.units:
        yield _ANSWER
    if case.decision is None:
        yield Act("Bekräfta eller ändra nivån", "level", Action.ASSESS)
        yield from _before_decision(case)
    else:
        yield Act("Lämna över", "handover", Action.HAND_OVER)
        yield Act("Avsluta i hubben", "closing", Action.CLOSE)


def _before_decision(case: Case) -> Iterator[Act]:
    if case.lowering:
        yield Act("Pröva föreslagen sänkning", "lowering", Action.ASSESS)
    if case.call is None and case.level is not Level.GREEN:
        yield Act("Kalla hubben", "call", Action.CALL)
    if case.call and case.meeting is None:
        yield Act("Flytta hubbmötet", "meeting-moves", Action.CALL)
        yield Act("Anteckna hubbmötet", "meeting", Action.MEET)
    if case.meeting:
        yield Act("Kartläggning", "mapping", Action.MEET)
        yield Act("Bedömning", "assessment", Action.MEET)
    yield Act("Fatta beslut", "decision", Action.DECIDE)


def _within(case: Case, days: int) -> int:
    earlier = (it for it in case.registered.related if it.relation == "samma barn")
    return sum((case.received_at - it.received_at).days <= days for it in earlier)


def _level_lines(case: Case, lens: Lens) -> Iterator[str]:
    for event in case.levels:
        how = f", på förslag av {lens.name(event.proposed_by)}" if event.proposed_by else ""
        reason = f": {event.reason}" if event.reason else ""
        who = f"{moment(event.at)} av {lens.name(event.by)}{how}"
        yield f"{event.level.value.capitalize()}, {who}{reason}"

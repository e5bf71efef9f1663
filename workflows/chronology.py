"""The case as a chronology: one Swedish sentence an event, as a hub meeting reads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules import events as ev
from rules.events import ClockEvent
from rules.language.prose import begun
from rules.local_time import moment
from rules.policy import Policy
from rules.statement import AnswerKind, DecisionKind
from workflows.clock_chronology import of_clock

_ANSWERS = {
    AnswerKind.KNOWN: "känner till barnet eller sammanhanget",
    AnswerKind.NOT_KNOWN: "har ingen kännedom",
    AnswerKind.CANNOT_ANSWER: "kan inte svara",
    AnswerKind.SYSTEM_DOWN: "kan inte svara: systemet nere",
}
_DECISIONS = {
    DecisionKind.OPEN: "Beslut att inleda utredning",
    DecisionKind.NOT_OPEN: "Beslut att inte inleda utredning",
    DecisionKind.ONGOING: "Beslut att föra uppgifterna till pågående utredning",
}
_FACTS = {
    "inletts": "utredning har inletts",
    "inte_inletts": "utredning har inte inletts",
    "pågår_redan": "utredning pågår redan",
}

_Hub = (
    ev.HubCalled
    | ev.UnitAdded
    | ev.UnitAnswered
    | ev.DeputyNamed
    | ev.MeetingMoved
    | ev.MeetingHeld
    | ev.MappingMade
    | ev.AssessmentMade
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chronology; `detail` is what was written, apart from what happened."""

    seq: int
    at: datetime
    by: str
    kind: str
    what: str
    detail: str = ""


def chronology(events: Sequence[ev.Event], policy: Policy) -> Iterator[Line]:
    """Every event in order, as a sentence."""
    for seq, event in enumerate(events, 1):
        what, detail = _sentence(event, policy)
        yield Line(seq, event.at, event.by, event.kind, what, detail)


def _sentence(event: ev.Event, policy: Policy) -> tuple[str, str]:
    if isinstance(event, ClockEvent):
        return of_clock(event, policy)
    if isinstance(event, _Hub):
        return _hub(event, policy)
    match event:
        case ev.Registered():
            shared = f" Sammanhang: {event.context}." if event.context else ""
            when = moment(event.received_at)
            return f"Anmälan registrerad, inkommen {when}", f"{event.text}{shared}"
        case ev.ChildCorrected():
            return "Uppgifterna om barnet rättade", event.reason
        case ev.NoteAdded():
            about = f" till händelse {event.about_seq}" if event.about_seq else ""
            return f"{event.nature.capitalize()}{about}", event.text
        case ev.RequestRefused():
            return f"Spärrat: {event.act} uppgift, {_party(policy, event.party)}", event.because
        case ev.Closed():
            return "Ärendet avslutat i hubben", event.reason
        case ev.OccasionNoted():
            noted = policy.occasions.get(event.occasion)
            return f"{noted.name if noted else event.occasion}: {moment(event.happened_at)}", ""
        case (
            ev.ProtectionAssessed()
            | ev.QuestionsAnswered()
            | ev.Classified()
            | ev.LevelSet()
            | ev.LoweringProposed()
            | ev.LoweringDeclined()
        ):
            return _assessing(event)
        case _:
            return _deciding(event, policy)


def _assessing(
    event: ev.ProtectionAssessed
    | ev.QuestionsAnswered
    | ev.Classified
    | ev.LevelSet
    | ev.LoweringProposed
    | ev.LoweringDeclined,
) -> tuple[str, str]:
    match event:
        case ev.ProtectionAssessed():
            need = "behöver omedelbart skydd" if event.needed else "behöver inte omedelbart skydd"
            return f"Skyddsbedömning: barnet {need}", f"{event.reasons} {event.measures}".strip()
        case ev.QuestionsAnswered():
            return f"{len(event.answers)} frågor besvarade", ""
        case ev.Classified():
            found = event.classification
            reasons = [finding.because for finding in found.findings]
            doubt = [f"Kontrollera nivån: {found.incident}"] if found.incident else []
            return f"Reglerna föreslår {found.level.value}", " ".join(doubt + reasons)
        case ev.LevelSet():
            how = "sänkt av två personer" if event.proposed_by else "bekräftad"
            return f"Nivån {event.level.value} {how}", event.reason
        case ev.LoweringProposed():
            return f"Sänkning till {event.level.value} föreslagen", event.reason
        case ev.LoweringDeclined():
            return "Föreslagen sänkning avslagen", event.reason


def _hub(event: _Hub, policy: Policy) -> tuple[str, str]:
    match event:
        case ev.HubCalled():
            units = _units(policy, event.units)
            return f"Hubben kallad till {moment(event.starts_at)}: {units}", begun(event.why_slot)
        case ev.UnitAdded():
            return f"{_unit(policy, event.unit)} kallad till hubben", ""
        case ev.UnitAnswered():
            said = " ".join(statement.text for statement in event.statements)
            what = f"{_unit(policy, event.unit)} {_ANSWERS[event.answer]}"
            return what, said or event.reason
        case ev.DeputyNamed():
            return f"Ersättare utsedd för {_unit(policy, event.unit)}", event.reason
        case ev.MeetingMoved():
            why = f"{_ended(event.reason)} {begun(event.why_slot)}"
            return f"Hubbmötet flyttat till {moment(event.starts_at)}", why
        case ev.MeetingHeld():
            silent = _units(policy, event.silent_units)
            missing = f"; inget svar från {silent}" if silent else ""
            return f"Hubbmöte hållet{missing}", ", ".join(event.present)
        case ev.MappingMade():
            return f"Gemensam kartläggning, {len(event.items)} punkter", ""
        case ev.AssessmentMade():
            dissent = f", {len(event.dissents)} skiljaktiga" if event.dissents else ""
            return f"Gemensam bedömning: {event.level.value}{dissent}", event.reasons


def _deciding(
    event: ev.Decided
    | ev.HandedOver
    | ev.HandoverAcknowledged
    | ev.ConcernedInformed
    | ev.InvestigationConcluded
    | ev.FeedbackRequested
    | ev.FeedbackGiven
    | ev.InformationRequested
    | ev.InformationReceived,
    policy: Policy,
) -> tuple[str, str]:
    match event:
        case ev.Decided():
            return f"{_DECISIONS[event.decision]} ({event.law})", event.reasons
        case ev.HandedOver():
            return f"Överlämnat till {_unit(policy, event.unit)}", ""
        case ev.HandoverAcknowledged():
            return "Överlämningen mottagen", ""
        case ev.ConcernedInformed():
            if event.withheld_because:
                return "Berörda inte informerade, särskilda skäl", event.withheld_because
            return "Berörda informerade om utredningen", event.how
        case ev.InvestigationConcluded():
            return "Utredningen avslutad", event.outcome
        case ev.FeedbackRequested():
            return f"Anmälaren begärde återkoppling {moment(event.requested_at)}", ""
        case ev.FeedbackGiven():
            if event.fact is None:
                return "Återkoppling bedömd som olämplig", event.unsuitable_because
            return f"Återkoppling lämnad: {_FACTS[event.fact]}", event.channel
        case ev.InformationRequested():
            verb = "begärd av" if event.act == "hämta" else "lämnad till"
            return f"Uppgift {verb} {_party(policy, event.party)}", event.question
        case ev.InformationReceived():
            said = " ".join(statement.text for statement in event.statements)
            return "Svar på begäran", said or "Parten har inget att lämna."


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _party(policy: Policy, party: str) -> str:
    return policy.parties.get(party, party)


def _units(policy: Policy, units: Sequence[str]) -> str:
    return ", ".join(_unit(policy, unit) for unit in units)


def _unit(policy: Policy, unit: str) -> str:
    known = policy.units.get(unit)
    return known.name if known else unit

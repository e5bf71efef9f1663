"""Legal gates: may this pass between the hub and an outside party now? No gate means no."""

from dataclasses import dataclass
from datetime import datetime

from rules import events as ev
from rules.assessing import require_text
from rules.case import Case
from rules.errors import Invalid, Refusal
from rules.people import Actor
from rules.policy import Act, GatePolicy, Phase, Policy
from rules.statement import Statement


class RequestUnknown(Refusal):
    """Begäran finns inte i ärendet."""


class RequestAnswered(Refusal):
    """Begäran är redan besvarad."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gates say, with the rule and the law, and what would open it."""

    allowed: bool
    gate: str
    because: str
    law: str
    opens: str
    by_ground: bool = False


def judge(phase: Phase, act: Act, party: str, *, ground: str, policy: Policy) -> Verdict:
    """Default deny: allowed only if a gate of this phase says so, or names the recorded ground."""
    matching = [
        gate
        for gate in policy.gates
        if gate.phase is phase and gate.act is act and party in gate.parties
    ]
    for gate in matching:
        if gate.allowed or ground in gate.grounds:
            return _verdict(gate, allowed=True, by_ground=not gate.allowed)
    if matching:
        return _verdict(matching[-1], allowed=False)
    return Verdict(
        allowed=False,
        gate="ingen-sparr",
        because="Ingen regel tillåter att uppgiften hämtas eller lämnas i det här skedet.",
        law="OSL 8:1, FL 5 §",
        opens="En regel i rules.yaml, beslutad av nämnden.",
    )


def _verdict(gate: GatePolicy, *, allowed: bool, by_ground: bool = False) -> Verdict:
    return Verdict(allowed, gate.gate, gate.because, gate.law, gate.opens, by_ground)


def ask(
    case: Case,
    *,
    request_id: str,
    party: str,
    act: Act,
    question: str,
    ground: str,
    ground_reason: str,
    policy: Policy,
    actor: Actor,
    at: datetime,
) -> ev.InformationRequested | ev.RequestRefused:
    """A request to an outside party, or the refusal of it; both are kept in the case.

    A ground opens a gate only with a record of why it holds: who consented and when, or what
    makes the rule of secrecy give way (OSL 10 and 26 kap.).
    """
    _require_known(party, ground, policy)
    question = require_text("question", question, "vad som efterfrågas eller lämnas")
    verdict = judge(case.phase, act, party, ground=ground, policy=policy)
    if not verdict.allowed:
        return _refused(verdict, party, act, actor=actor, at=at)
    if verdict.by_ground:
        what = "vem som samtyckt, när och till vad, eller varför grunden gäller"
        ground_reason = require_text("ground_reason", ground_reason, what)
    return ev.InformationRequested(
        at=at,
        by=actor.id,
        request_id=request_id,
        party=party,
        act=act.value,
        question=question,
        ground=ground or verdict.law,
        gate=verdict.gate,
        ground_reason=ground_reason.strip(),
    )


def _refused(
    verdict: Verdict, party: str, act: Act, *, actor: Actor, at: datetime
) -> ev.RequestRefused:
    return ev.RequestRefused(
        at=at,
        by=actor.id,
        party=party,
        act=act.value,
        gate=verdict.gate,
        because=f"{verdict.because} Det här skulle öppna: {verdict.opens}",
        law=verdict.law,
    )


def _require_known(party: str, ground: str, policy: Policy) -> None:
    if party not in policy.parties:
        raise Invalid({"party": f"Parten ”{party}” finns inte; välj en i listan."})
    if ground and ground not in policy.grounds:
        raise Invalid({"ground": f"Grunden ”{ground}” finns inte; välj en i listan."})


def receive(
    case: Case,
    *,
    request_id: str,
    nothing_known: bool,
    statements: tuple[Statement, ...],
    actor: Actor,
    at: datetime,
) -> ev.InformationReceived:
    """The party's answer, per statement with source; that it has nothing is an answer too."""
    request = case.requests.get(request_id)
    if request is None:
        raise RequestUnknown
    if request.reply is not None:
        raise RequestAnswered
    if nothing_known == bool(statements):
        raise Invalid({"statements": "Skriv uppgifterna, eller att parten inte har något."})
    for number, statement in enumerate(statements, 1):
        require_text(f"statements.{number}.text", statement.text, f"uppgift {number}")
        require_text(f"statements.{number}.source", statement.source, f"källan till {number}")
    return ev.InformationReceived(
        at=at,
        by=actor.id,
        request_id=request_id,
        nothing_known=nothing_known,
        statements=statements,
    )

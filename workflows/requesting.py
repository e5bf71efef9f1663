"""Information to and from outside parties, through the legal gates; a refusal is kept."""

from rules import events as ev
from rules import gates
from rules.access import Action
from rules.case import Case
from rules.errors import GateClosed
from rules.people import Actor
from rules.policy import Act
from rules.statement import Statement
from workflows.movement import Moment, log_denied, moment_of, step
from workflows.ports import Office


def request(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    party: str,
    act: Act,
    question: str,
    ground: str = "",
    ground_reason: str = "",
) -> Case:
    """Ask or tell an outside party, if the gate of this phase is open; else GateClosed."""
    refused: list[ev.RequestRefused] = []

    def asked(case: Case, moment: Moment) -> list[ev.Event]:
        event = gates.ask(
            case,
            request_id=moment.new_id(),
            party=party,
            act=act,
            question=question,
            ground=ground,
            ground_reason=ground_reason,
            policy=moment.rulebook.policy,
            actor=moment.actor,
            at=moment.at,
        )
        if isinstance(event, ev.RequestRefused):
            refused.append(event)
        return [event]

    case = step(office, actor, case_id, action=Action.REQUEST, decide=asked)
    for event in refused:
        moment = moment_of(office, actor)
        log_denied(office, moment, case_id=case_id, action=Action.REQUEST, why=event.gate)
        opens = event.because.partition("öppna: ")[2]
        raise GateClosed(event.because, gate=event.gate, law=event.law, opens=opens)
    return case


def receive(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    request_id: str,
    nothing_known: bool = False,
    statements: tuple[Statement, ...] = (),
) -> Case:
    """Record what the party answered."""

    def received(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            gates.receive(
                case,
                request_id=request_id,
                nothing_known=nothing_known,
                statements=statements,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.REQUEST, decide=received)

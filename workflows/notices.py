"""Which messages follow from an event; they carry case number and time, never names or content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules import events as ev
from rules.case import Case
from rules.clock import is_warning
from rules.clock_events import Told
from rules.clocks import intake_unit
from rules.local_time import moment
from rules.people import Role
from rules.policy import Policy
from workflows.delivery_ports import Notice
from workflows.meeting_notices import of_meeting


def notices_for(
    case: Case, events: Sequence[ev.Event], *, policy: Policy, at: datetime
) -> tuple[Notice, ...]:
    """The messages to put out for `events` in `case`."""
    first = case.version - len(events) + 1
    return tuple(
        notice
        for seq, event in enumerate(events, first)
        for notice in _notices(case, event, f"{case.id}:{seq}", policy=policy, at=at)
    )


def receipt(case: Case, at: datetime) -> tuple[Notice, ...]:
    """Confirmation of receipt to a reporter who left an address."""
    contact = case.registered.reporter.contact
    if not contact or "@" not in contact:
        return ()
    body = (
        f"Vi har tagit emot din anmälan {moment(case.received_at)}.\n"
        f"Ärendenummer: {case.number}.\n"
        "Ring socialtjänstens mottagning om du vill lämna fler uppgifter."
        " Skriv inga känsliga uppgifter i ett svar på det här meddelandet."
    )
    subject = f"Mottagningsbekräftelse, ärende {case.number}"
    return (
        Notice(
            key=f"{case.id}:kvitto",
            case_id=case.id,
            subject=subject,
            body=body,
            address=contact,
            made_at=at,
            kind=case.registered.kind,
        ),
    )


def alarm_key(case_id: str, event: ev.Alerted, told: Told) -> str:
    """What makes the message of one step to one receiver the same, however often it is made."""
    account = f":{told.account}" if told.account else ""
    return f"{case_id}:{event.key}:{event.step}:{told.role}:{told.unit or ''}{account}"


def _alarm(case: Case, event: ev.Alerted, told: Told, *, at: datetime) -> Notice:
    """A warning before a deadline, or the word that it has passed and is not explained."""
    clock = case.clocks[event.key]
    soon = is_warning(event.step)
    verb = "löper ut" if soon else "har brustit"
    return Notice(
        key=alarm_key(case.id, event, told),
        case_id=case.id,
        subject=f"{'Frist nära' if soon else 'Fristbrott'}: ärende {case.number}",
        body=f"Ärende {case.number}: fristen {clock.started.name} {verb} {moment(clock.due_at)}.",
        role=None if told.account else Role(told.role or ""),
        unit=told.unit,
        account=told.account,
        made_at=at,
        kind="deadline_near" if soon else "deadline_passed",
        clock=clock.started.name,
        due_at=clock.due_at,
    )


@dataclass(frozen=True, slots=True)
class _Letter:
    """What a message is about, whoever it goes to."""

    case: Case
    kind: str
    key: str
    at: datetime

    def to(self, role: Role, unit: str, *, subject: str, body: str) -> Notice:
        return Notice(
            key=self.key,
            case_id=self.case.id,
            subject=f"{subject}: ärende {self.case.number}",
            body=f"Ärende {self.case.number}{body}",
            role=role,
            unit=unit,
            made_at=self.at,
            kind=self.kind,
        )


def _notices(
    case: Case, event: ev.Event, key: str, *, policy: Policy, at: datetime
) -> Iterator[Notice]:
    letter, intake = _Letter(case, event.kind, key, at), intake_unit(policy)
    match event:
        case ev.HubCalled() | ev.UnitAdded() | ev.DeputyNamed() | ev.MeetingMoved() | ev.Decided():
            yield from of_meeting(case, event, key, policy=policy, at=at)
        case ev.LoweringProposed():
            body = ": en sänkning av nivån väntar på en andra person."
            yield letter.to(Role.INTAKE, intake, subject="Sänkning att pröva", body=body)
        case ev.Classified() if case.raise_is_proposed:
            body = ": nya uppgifter ger en högre föreslagen nivå."
            yield letter.to(Role.INTAKE, intake, subject="Höjning föreslagen", body=body)
        case ev.UnitAnswered() if event in case.late_answers:
            body = ": ett svar kom efter mötet och behöver vägas in."
            yield letter.to(Role.INTAKE, intake, subject="Svar efter mötet", body=body)
        case ev.Alerted():
            for told in event.told:
                yield _alarm(case, event, told, at=at)
        case ev.HandedOver():
            body = " är överlämnat och väntar på att tas emot."
            yield letter.to(Role.INVESTIGATOR, event.unit, subject="Överlämning", body=body)
        case _:
            return

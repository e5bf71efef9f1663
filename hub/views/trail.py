"""Messages and the access log as lines to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.views import words
from hub.views.times import moment
from rules.policy import Policy
from workflows.delivery_ports import Delivery
from workflows.ports import Access

_FEW = 3


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A message: to whom, what it says, and what became of it."""

    made: str
    to: str
    subject: str
    body: str
    status: str
    symbol: str


@dataclass(frozen=True, slots=True)
class AccessLine:
    """Who did what, when, and whether it was let."""

    when: str
    who: str
    action: str
    cases: str
    relation: str
    granted: str
    symbol: str


def delivery_lines(
    deliveries: Sequence[Delivery], policy: Policy, names: Mapping[str, str]
) -> tuple[DeliveryLine, ...]:
    """The newest first."""
    return tuple(
        DeliveryLine(
            made=moment(it.notice.made_at),
            to=_receiver(it, policy, names),
            subject=it.notice.subject,
            body=it.notice.body,
            status=_status(it),
            symbol="✔" if it.sent_at else ("✖" if it.dead else "○"),
        )
        for it in deliveries
    )


def _receiver(delivery: Delivery, policy: Policy, names: Mapping[str, str]) -> str:
    """Roles and units by name; a reporter's address is nobody's business here."""
    notice = delivery.notice
    if notice.account:
        return names.get(notice.account, "okänd")
    if notice.address:
        return "anmälaren"
    role = words.ROLES.get(notice.role or "", "")
    unit = words.unit_name(policy, notice.unit) if notice.unit else ""
    return ", ".join(part for part in (role, unit) if part)


def _status(delivery: Delivery) -> str:
    if delivery.sent_at:
        return f"Skickat {moment(delivery.sent_at)}"
    if delivery.dead:
        return f"Gick inte fram efter {delivery.tries} försök"
    if delivery.next_try_at:
        return f"Nytt försök {moment(delivery.next_try_at)}"
    return "Väntar på att skickas"


def access_lines(
    log: Sequence[Access], names: Mapping[str, str], numbers: Mapping[str, str]
) -> tuple[AccessLine, ...]:
    """The newest first; cases by their number, so that the log itself tells no names."""
    return tuple(
        AccessLine(
            when=moment(it.at),
            who=names.get(it.account_id, "Programmet" if it.account_id == "program" else "okänd"),
            action=it.action,
            cases=_cases(it.case_ids, numbers),
            relation=it.relation,
            granted="Nekad" if not it.granted else "Medgiven",
            symbol="✖" if not it.granted else "✔",
        )
        for it in log
    )


def _cases(case_ids: Sequence[str], numbers: Mapping[str, str]) -> str:
    if len(case_ids) <= _FEW:
        return ", ".join(numbers.get(case_id, case_id) for case_id in case_ids)
    return f"{len(case_ids)} ärenden"

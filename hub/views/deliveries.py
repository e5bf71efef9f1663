"""Messages as lines to read: what waits, what does not get through and why, what is dead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.views import words
from hub.views.times import clock_time, day, moment
from rules.policy import Policy
from workflows.deliveries import Deliveries, Followed
from workflows.delivery_ports import Delivery, Way

_WAYS: Mapping[Way, str] = {Way.MAIL: "E-post", Way.HOOK: "Webhook"}
# By the class that the channel gave as its reason; the code after it, if any, is kept.
_REASONS: Mapping[str, str] = {
    "ConnectError": "servern går inte att nå",
    "ConnectionRefusedError": "servern tar inte emot anslutningar",
    "ConnectionResetError": "servern bröt förbindelsen",
    "ConnectTimeout": "servern svarar inte i tid",
    "HTTP": "mottagaren svarade med fel",
    "ReadTimeout": "servern svarar inte i tid",
    "RemoteProtocolError": "servern bröt förbindelsen",
    "SMTPAuthenticationError": "servern godtar inte inloggningen",
    "SMTPConnectError": "servern tar inte emot anslutningar",
    "SMTPDataError": "servern tog inte emot meddelandet",
    "SMTPNotSupportedError": "servern kan inte det som behövs",
    "SMTPSenderRefused": "servern godtar inte avsändaren",
    "SMTPServerDisconnected": "servern bröt förbindelsen",
    "SSLCertVerificationError": "serverns certifikat går inte att lita på",
    "TimeoutError": "servern svarar inte i tid",
    "ValueError": "meddelandet går inte att skriva som e-post",
    "gaierror": "serverns namn finns inte",
}


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A message: how and to whom, what it says, and what became of it.

    `body` is its first paragraph and `rest` what comes after it, often nothing.
    """

    id: int
    made: str
    way: str
    to: str
    subject: str
    body: str
    rest: str
    status: str
    symbol: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeliveriesView:
    """The page: dead letters, what does not get through, what waits, and a page of the rest.

    `newer` and `older` are the addresses of the pages beside it, empty when there is none.
    """

    dead: tuple[DeliveryLine, ...]
    failing: tuple[DeliveryLine, ...]
    waiting: tuple[DeliveryLine, ...]
    ended: tuple[DeliveryLine, ...]
    newer: str
    older: str


def deliveries_view(found: Deliveries, policy: Policy, names: Mapping[str, str]) -> DeliveriesView:
    """What somebody may see, in the order it asks for attention."""

    def lines(deliveries: Sequence[Delivery]) -> tuple[DeliveryLine, ...]:
        return tuple(
            _line(it, _receiver(it, policy, names), _notes(found.followed(it), names))
            for it in deliveries
        )

    under_way, ended = found.under_way, found.recent
    return DeliveriesView(
        dead=lines(found.dead),
        failing=lines([it for it in under_way if it.failed is not None]),
        waiting=lines([it for it in under_way if it.failed is None]),
        ended=lines(ended),
        newer=_address("newer_than", ended[0]) if found.newer else "",
        older=_address("older_than", ended[-1]) if found.older else "",
    )


def _address(side: str, beside: Delivery) -> str:
    return f"/deliveries?{side}={beside.id}#ended"


def _line(it: Delivery, to: str, notes: tuple[str, ...]) -> DeliveryLine:
    body, _, rest = it.notice.body.partition("\n\n")
    detour = (f"Gick till chefen: {it.detour}",) if it.detour else ()
    return DeliveryLine(
        id=it.id,
        made=moment(it.notice.made_at),
        way=_WAYS[it.way],
        to=to,
        subject=it.notice.subject,
        body=body,
        rest=rest,
        status=_status(it),
        symbol="✔" if it.sent_at else ("✖" if it.failed else "○"),
        notes=(*detour, *notes),
    )


def _receiver(delivery: Delivery, policy: Policy, names: Mapping[str, str]) -> str:
    """Roles and units by name; a reporter's address is nobody's business here."""
    notice = delivery.notice
    if delivery.way is Way.HOOK:
        return "ett annat program"
    if notice.account:
        return names.get(notice.account, "okänd")
    if notice.address:
        return "anmälaren"
    role = words.ROLES.get(notice.role or "", "")
    unit = words.unit_name(policy, notice.unit) if notice.unit else ""
    return ", ".join(part for part in (role, unit) if part)


def _notes(followed: Followed, names: Mapping[str, str]) -> tuple[str, ...]:
    """Who has done what with it since it was given up."""
    resent, settled = followed.resends, followed.settlements
    return (
        *(f"Skickat igen {moment(it.at)} av {names.get(it.by, 'okänd')}" for it in resent),
        *(f"Avklarat av {names.get(it.by, 'okänd')}: {it.reason}" for it in settled),
    )


def _status(delivery: Delivery) -> str:
    if delivery.sent_at:
        return f"Skickat {_after(delivery.notice.made_at, delivery.sent_at)}"
    if delivery.settled_at:
        return f"Gick inte fram. Avklarat på annat sätt {moment(delivery.settled_at)}"
    if delivery.failed is None:
        return "Väntar på att skickas"
    if not delivery.tries:
        return f"Skickas igen. Förra gången: {_reason(delivery.failed)}"
    tries = f"{delivery.tries} försök"
    if delivery.dead:
        return f"Gick inte fram efter {tries}: {_reason(delivery.failed)}"
    again = f"Nytt försök {moment(delivery.next_try_at)}" if delivery.next_try_at else "Försöks nu"
    return f"{again}. {tries} hittills: {_reason(delivery.failed)}"


def _after(made_at: datetime, at: datetime) -> str:
    """When, beside when it was written: the day is told again when it is another one."""
    return f"kl. {clock_time(at)}" if day(at) == day(made_at) else moment(at)


def _reason(failed: str) -> str:
    """In words, with the code that the server gave."""
    kind, _, code = failed.partition(" ")
    said = _REASONS.get(kind)
    if said is None:
        return failed
    return f"{said} ({code})" if code else said

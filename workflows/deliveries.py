"""What was put out and what became of it; a dead letter is sent again by somebody, by name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rules.errors import Invalid, NotAllowed, NotVisible, Refusal
from rules.people import Actor, Role
from workflows.delivery_ports import Delivery, Resend, Settlement
from workflows.movement import Moment, moment_of
from workflows.ports import Office, UnitOfWork
from workflows.reading import log_cases, scope_of

_FEW = 200
Kept = TypeVar("Kept", bound=Resend | Settlement)


class NotDead(Refusal):
    """Meddelandet är redan på väg, framme eller avklarat."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What somebody may see of the outbox; `resends` and `settlements` by delivery, oldest first.

    `under_way` has the oldest first, the others the newest.
    """

    dead: tuple[Delivery, ...]
    under_way: tuple[Delivery, ...]
    recent: tuple[Delivery, ...]
    resends: Mapping[int, tuple[Resend, ...]]
    settlements: Mapping[int, tuple[Settlement, ...]] = field(default_factory=dict)


def read_deliveries(office: Office, actor: Actor, *, limit: int = _FEW) -> Deliveries:
    """Every dead letter, and of the others at most `limit` that wait and `limit` that are new.

    An enhetschef sees those to the own unit and those of the cases they may see; who answers for
    the whole sees all. They carry case numbers, so the look is logged as any other.
    """
    _require(actor)
    moment = moment_of(office, actor)
    with office.uow() as work:
        dead = _visible(work, moment, work.outbox.dead())
        under_way = _visible(work, moment, work.outbox.waiting(limit))
        recent = _visible(work, moment, work.outbox.recent(limit))
        every = (*recent, *under_way, *dead)
        numbers = [it.id for it in every]
        resent, settled = work.outbox.resends(numbers), work.outbox.settlements(numbers)
        ids = dict.fromkeys(it.notice.case_id for it in every if it.notice.case_id)
        log_cases(work, moment, tuple(ids), action="läsa utskick")
        work.commit()
    return Deliveries(dead, under_way, recent, _by_delivery(resent), _by_delivery(settled))


def resend(office: Office, actor: Actor, delivery_id: int) -> Delivery:
    """Send a dead letter again, under the key it has; who did it and when is kept for good.

    NotVisible when there is no such letter for this person, NotDead when it is no dead one.
    """
    _require(actor)
    moment = moment_of(office, actor)
    with office.uow() as work:
        found = _given_up(work, moment, delivery_id)
        again = Resend(
            delivery_id=delivery_id,
            by=actor.id,
            at=moment.at,
            tries=found.tries,
            failed=found.failed,
        )
        work.outbox.resend(again)
        log_cases(work, moment, (found.notice.case_id,), action="skicka om meddelande")
        work.commit()
    return replace(found, dead=False, tries=0, next_try_at=moment.at)


def settle(office: Office, actor: Actor, delivery_id: int, *, reason: str) -> Delivery:
    """Somebody has seen to a dead letter in another way; who, when and how is kept for good.

    NotVisible and NotDead as when it is sent again, Invalid without a reason.
    """
    _require(actor)
    moment = moment_of(office, actor)
    with office.uow() as work:
        found = _given_up(work, moment, delivery_id)
        if not reason.strip():
            raise Invalid({"reason": "Skriv hur det är avklarat, till exempel att du har ringt."})
        done = Settlement(delivery_id=delivery_id, by=actor.id, at=moment.at, reason=reason.strip())
        work.outbox.settle(done)
        log_cases(work, moment, (found.notice.case_id,), action="avskriva meddelande")
        work.commit()
    return replace(found, settled_at=moment.at)


def _given_up(work: UnitOfWork, moment: Moment, delivery_id: int) -> Delivery:
    found = work.outbox.one(delivery_id)
    if found is None or not _visible(work, moment, (found,)):
        raise NotVisible
    if not found.given_up:
        raise NotDead
    return found


def _require(actor: Actor) -> None:
    if not actor.has(Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR):
        raise NotAllowed


def _visible(
    work: UnitOfWork, moment: Moment, deliveries: Sequence[Delivery]
) -> tuple[Delivery, ...]:
    actor = moment.actor
    if not deliveries or actor.has(Role.MANAGER, Role.ADMINISTRATOR):
        return tuple(deliveries)
    mine = _cases_of(work, moment)
    return tuple(it for it in deliveries if it.notice.case_id in mine or _is_to(actor, it))


def _is_to(actor: Actor, delivery: Delivery) -> bool:
    return delivery.notice.unit is not None and delivery.notice.unit == actor.unit


def _cases_of(work: UnitOfWork, moment: Moment) -> Collection[str]:
    rows = work.lists.cases(scope_of(moment.actor, moment, include_closed=True))
    return {row.case_id for row in rows}


def _by_delivery(kept: Sequence[Kept]) -> Mapping[int, tuple[Kept, ...]]:
    found: dict[int, tuple[Kept, ...]] = {}
    for it in kept:
        found[it.delivery_id] = (*found.get(it.delivery_id, ()), it)
    return found

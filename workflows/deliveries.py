"""What was put out and what became of it; a dead letter is sent again by somebody, by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rules.errors import Invalid, NotAllowed, NotVisible, Refusal
from rules.people import Actor, Role
from workflows.delivery_leaves import NEWEST, Leaf, Place, open_leaf
from workflows.delivery_ports import Among, Delivery, Outbox, Resend, Settlement, Theirs
from workflows.movement import Moment, moment_of
from workflows.ports import Office, UnitOfWork
from workflows.reading import log_cases, scope_of

_FEW = 200
Kept = TypeVar("Kept", bound=Resend | Settlement)


class NotDead(Refusal):
    """Meddelandet är redan på väg, framme eller avklarat."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A message, and what people have done with it since it was given up, the oldest first."""

    delivery: Delivery
    resends: tuple[Resend, ...] = ()
    settlements: tuple[Settlement, ...] = ()


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What somebody may see of the outbox; `resends` and `settlements` by delivery, oldest first.

    `under_way` has the oldest first, the others the newest. `newer` and `older` say whether there
    is more on either side of a page of `recent`.
    """

    dead: tuple[Delivery, ...]
    under_way: tuple[Delivery, ...]
    recent: tuple[Delivery, ...]
    resends: Mapping[int, tuple[Resend, ...]]
    settlements: Mapping[int, tuple[Settlement, ...]] = field(default_factory=dict)
    newer: bool = False
    older: bool = False

    def followed(self, it: Delivery) -> Followed:
        """One of them with what people have done with it."""
        return Followed(it, self.resends.get(it.id, ()), self.settlements.get(it.id, ()))


def read_deliveries(office: Office, actor: Actor, *, limit: int = _FEW) -> Deliveries:
    """Every dead letter, and of the others at most `limit` that wait and `limit` that are new.

    An enhetschef sees those to the own unit and those of the cases they may see; who answers for
    the whole sees all. They carry case numbers, so the look is logged as any other.
    """
    return _read(
        office,
        actor,
        lambda outbox, theirs: Leaf(outbox.recent(limit, Among(theirs=theirs))),
        limit=limit,
    )


def leaf_through(office: Office, actor: Actor, place: Place = NEWEST) -> Deliveries:
    """As `read_deliveries`, but `recent` is the page at `place` of what is handed over or seen to.

    Only what is on that page is logged as looked at.
    """
    return _read(office, actor, lambda outbox, theirs: open_leaf(outbox, theirs, place), limit=_FEW)


def _read(
    office: Office,
    actor: Actor,
    recent: Callable[[Outbox, Theirs | None], Leaf],
    *,
    limit: int,
) -> Deliveries:
    _require(actor)
    moment = moment_of(office, actor)
    with office.uow() as work:
        theirs = _theirs(work, moment)
        dead = _visible(theirs, work.outbox.dead())
        under_way = work.outbox.waiting(limit, theirs)
        leaf = recent(work.outbox, theirs)
        every = (*leaf.lines, *under_way, *dead)
        numbers = [it.id for it in every]
        resent, settled = work.outbox.resends(numbers), work.outbox.settlements(numbers)
        ids = dict.fromkeys(it.notice.case_id for it in every if it.notice.case_id)
        log_cases(work, moment, tuple(ids), action="läsa utskick")
        work.commit()
    return Deliveries(
        dead=dead,
        under_way=under_way,
        recent=leaf.lines,
        resends=_by_delivery(resent),
        settlements=_by_delivery(settled),
        newer=leaf.newer,
        older=leaf.older,
    )


def resend(office: Office, actor: Actor, delivery_id: int) -> Followed:
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
        done = _followed(work, replace(found, dead=False, tries=0, next_try_at=moment.at))
        work.commit()
    return done


def settle(office: Office, actor: Actor, delivery_id: int, *, reason: str) -> Followed:
    """Somebody has seen to a dead letter in another way; who, when and how is kept for good.

    NotVisible and NotDead as when it is sent again, Invalid without a reason.
    """
    _require(actor)
    moment = moment_of(office, actor)
    with office.uow() as work:
        found = _given_up(work, moment, delivery_id)
        if not reason.strip():
            raise Invalid({"reason": "Skriv hur det är avklarat, till exempel att du har ringt."})
        said = Settlement(delivery_id=delivery_id, by=actor.id, at=moment.at, reason=reason.strip())
        work.outbox.settle(said)
        log_cases(work, moment, (found.notice.case_id,), action="avskriva meddelande")
        done = _followed(work, replace(found, settled_at=moment.at))
        work.commit()
    return done


def _given_up(work: UnitOfWork, moment: Moment, delivery_id: int) -> Delivery:
    found = work.outbox.one(delivery_id)
    if found is None or not _visible(_theirs(work, moment), (found,)):
        raise NotVisible
    if not found.given_up:
        raise NotDead
    return found


def _require(actor: Actor) -> None:
    if not actor.has(Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR):
        raise NotAllowed


def _visible(theirs: Theirs | None, deliveries: Sequence[Delivery]) -> tuple[Delivery, ...]:
    return tuple(it for it in deliveries if theirs is None or theirs.holds(it.notice))


def _theirs(work: UnitOfWork, moment: Moment) -> Theirs | None:
    """What an enhetschef may see; None is everything, for who answers for the whole."""
    actor = moment.actor
    if actor.has(Role.MANAGER, Role.ADMINISTRATOR):
        return None
    rows = work.lists.cases(scope_of(actor, moment, include_closed=True))
    return Theirs(unit=actor.unit, case_ids=frozenset(row.case_id for row in rows))


def _followed(work: UnitOfWork, it: Delivery) -> Followed:
    return Followed(it, work.outbox.resends([it.id]), work.outbox.settlements([it.id]))


def _by_delivery(kept: Sequence[Kept]) -> Mapping[int, tuple[Kept, ...]]:
    found: dict[int, tuple[Kept, ...]] = {}
    for it in kept:
        found[it.delivery_id] = (*found.get(it.delivery_id, ()), it)
    return found

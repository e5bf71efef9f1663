"""Delivery of the outbox: at least once, retried with patience, and loud when it gives up."""

from dataclasses import dataclass
from datetime import timedelta

from workflows.delivery_ports import Delivery, Notice, Post, PostFailed
from workflows.ports import Office, UnitOfWork

_RETRIES = (30, 60, 300, 900, 3600)


@dataclass(frozen=True, slots=True)
class Round:
    """What one delivery round did."""

    sent: int = 0
    failed: int = 0
    dead: int = 0


def deliver(office: Office, post: Post) -> Round:
    """Send everything whose time has come; one message a transaction."""
    done = Round()
    while True:
        one = _deliver_one(office, post)
        if one is None:
            return done
        done = Round(done.sent + one.sent, done.failed + one.failed, done.dead + one.dead)


def _deliver_one(office: Office, post: Post) -> Round | None:
    now = office.clock()
    with office.uow() as work:
        delivery = work.outbox.claim(now)
        if delivery is None:
            return None
        to = _receivers(work, delivery.notice)
        try:
            if not to:
                raise PostFailed("ingen mottagare med e-postadress")
            notice = delivery.notice
            post.send(to, notice.subject, notice.body, key=notice.key)
        except PostFailed as failure:
            done = _put_off(work, delivery, office, reason=str(failure))
        else:
            work.outbox.sent(delivery.id, now, to)
            done = Round(sent=1)
        work.commit()
    return done


def _put_off(work: UnitOfWork, delivery: Delivery, office: Office, *, reason: str) -> Round:
    dead = delivery.tries >= len(_RETRIES)
    wait = _RETRIES[min(delivery.tries, len(_RETRIES) - 1)]
    work.outbox.failed(
        delivery.id,
        reason=reason,
        next_try_at=office.clock() + timedelta(seconds=wait),
        dead=dead,
    )
    return Round(dead=1) if dead else Round(failed=1)


def _receivers(work: UnitOfWork, notice: Notice) -> tuple[str, ...]:
    """Who holds the role now: somebody who started today is told, somebody who left is not."""
    if notice.address:
        return (notice.address,)
    if notice.account:
        account = work.people.by_id(notice.account)
        found = [account] if account and account.active else []
    elif notice.role:
        found = [*work.people.holding(notice.role, notice.unit)]
    else:
        found = []
    return tuple(account.email for account in found if account.email)

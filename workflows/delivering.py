"""Delivery of the outbox: at least once, retried with patience, and loud when it gives up.

Messages are claimed for a time in one short transaction, handed over outside of any, and settled
one by one as soon as it is known what became of them. What holds:

- nobody hands over what somebody else holds: nothing is begun that may last beyond the lease;
- a sender that dies leaves its messages to be sent again, under the same key, when it runs out;
- what was handed over counts as that, whoever holds it; a failure counts for the holder alone;
- a try is counted when the message is claimed, and what is given back untried was no try;
- those with the fewest tries go first, so that one that always fails is never in the way;
- no row is locked and no transaction open while a server is waited for.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from rules.people import Role
from workflows.delivery_ports import (
    Claim,
    Delivery,
    Failure,
    Line,
    Message,
    Notice,
    Post,
    PostFailed,
    Way,
)
from workflows.patience import Patience
from workflows.ports import Account, Office, UnitOfWork

NOBODY = "ingen mottagare med e-postadress"
_DETOUR = (
    "Ingen av dem som skulle ha fått det här meddelandet har en e-postadress i hubben. Därför"
    " kommer det till dig som är chef.\n\n"
)


@dataclass(frozen=True, slots=True)
class Round:
    """What one delivery round did; `late` is how long after its cause each one went out."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    late: tuple[timedelta, ...] = field(default=(), compare=False)

    def __add__(self, other: "Round") -> "Round":
        return Round(
            self.sent + other.sent,
            self.failed + other.failed,
            self.dead + other.dead,
            (*self.late, *other.late),
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """A message that is ours for a while, to whom it goes, and why to somebody else."""

    delivery: Delivery
    message: Message
    fault: str | None = None
    detour: str | None = None


def deliver(office: Office, post: Post, patience: Patience | None = None) -> Round:
    """Send what has come due on the way of `post`, for at most about a round's time."""
    return _Sender(office, post, patience or Patience()).run()


class _Sender:
    """One round by one sender; all that it holds is under a name that nobody else has."""

    def __init__(self, office: Office, post: Post, patience: Patience) -> None:
        self._office = office
        self._post = post
        self._patience = patience
        self._name = office.new_id()
        self._over_at = office.clock() + patience.round
        self._done = Round()

    def run(self) -> Round:
        """Batch after batch until nothing is due, nobody answers or the round is over."""
        more = True
        while more and self._office.clock() < self._over_at:
            until = self._office.clock() + self._patience.lease
            held = self._claim(until)
            try:
                more = bool(held) and self._hand_over(held, until)
            finally:
                if held:
                    self._give_back()
        return self._done

    def _claim(self, until: datetime) -> deque[_Held]:
        claim = Claim(
            way=self._post.way,
            by=self._name,
            at=self._office.clock(),
            until=until,
            most=self._patience.batch,
        )
        with self._office.uow() as work:
            held = deque(_addressed(work, it) for it in work.outbox.claim(claim))
            work.commit()
        return held

    def _give_back(self) -> None:
        """What is held and not tried is anybody's again."""
        with self._office.uow() as work:
            work.outbox.release(self._name)
            work.commit()

    def _hand_over(self, held: deque[_Held], until: datetime) -> bool:
        """Whether the post answered and all of `held` were tried in time."""
        while held and self._has_time(until):
            try:
                with self._post.line() as line:
                    self._on_one(line, held, until)
            except PostFailed as failure:
                while held:
                    self._failed(held.popleft(), failure)
                return False
        return not held

    def _has_time(self, until: datetime) -> bool:
        """Whether opening a line and handing over one message end before the lease does."""
        now, longest = self._office.clock(), timedelta(seconds=2 * self._post.longest)
        return now < self._over_at and now + longest < until

    def _on_one(self, line: Line, held: deque[_Held], until: datetime) -> None:
        """One after the other, until all are tried, the line is lost or time is up."""
        while held and self._has_time(until):
            one = held.popleft()
            try:
                _send(line, one)
            except PostFailed as failure:
                self._failed(one, failure)
                if failure.line_lost:
                    return
            except Exception as defect:
                self._failed(one, PostFailed(f"fel i programmet ({type(defect).__name__})"))
                raise
            else:
                self._sent(one)

    def _sent(self, one: _Held) -> None:
        now, it = self._office.clock(), one.delivery
        with self._office.uow() as work:
            work.outbox.sent(it.id, now, (*it.received_by, *one.message.to), detour=one.detour)
            work.commit()
        self._done += Round(sent=1, late=(now - it.notice.made_at,))

    def _failed(self, one: _Held, failure: PostFailed) -> None:
        it = one.delivery
        dead = failure.lasting or self._patience.is_over(it.tries)
        found = Failure(
            reason=failure.reason,
            next_try_at=self._office.clock() + self._patience.wait(it.notice.key, it.tries),
            dead=dead,
            received_by=(*it.received_by, *failure.received_by),
        )
        with self._office.uow() as work:
            work.outbox.failed(it.id, found, by=self._name)
            work.commit()
        self._done += Round(dead=1) if dead else Round(failed=1)


def _send(line: Line, one: _Held) -> None:
    if one.fault:
        raise PostFailed(one.fault)
    if one.message.to or one.delivery.way is not Way.MAIL:
        line.send(one.message)


def _addressed(work: UnitOfWork, delivery: Delivery) -> _Held:
    """To whom it goes now: never again to those who have got it, to the chef if to nobody else."""
    notice = delivery.notice
    row = work.lists.row(notice.case_id)
    number = row.number if row else None
    if delivery.way is not Way.MAIL:
        return _Held(delivery, Message(notice=notice, number=number))
    to, detour = _receivers(work, notice), None
    if not to:
        to, detour = _chefs(work, notice), NOBODY
        notice = replace(notice, body=_DETOUR + notice.body)
    left = tuple(address for address in to if address not in delivery.received_by)
    message = Message(notice=notice, to=left, number=number)
    return _Held(delivery, message, fault=None if to else NOBODY, detour=detour)


def _receivers(work: UnitOfWork, notice: Notice) -> tuple[str, ...]:
    """Who holds the role now: somebody who started today is told, somebody who left is not."""
    if notice.address:
        return (notice.address,)
    if notice.account:
        account = work.people.by_id(notice.account)
        return _addresses([account] if account and account.active else [])
    return _addresses(work.people.holding(notice.role, notice.unit)) if notice.role else ()


def _chefs(work: UnitOfWork, notice: Notice) -> tuple[str, ...]:
    """Of the unit that the message was for; otherwise who answers for the whole."""
    account = work.people.by_id(notice.account) if notice.account else None
    unit = account.unit if account else notice.unit
    nearest = work.people.holding(Role.UNIT_MANAGER, unit) if unit else ()
    return _addresses(nearest) or _addresses(work.people.holding(Role.MANAGER, None))


def _addresses(accounts: Iterable[Account]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(account.email for account in accounts if account.email))

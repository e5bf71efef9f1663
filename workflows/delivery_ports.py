"""Messages on their way: what is put out, what became of it, and the ways out, as protocols."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol, Self

from rules.people import Role
from workflows.invitations import Invitation


class Way(StrEnum):
    """A way out. Each has a delivery of its own, so that one failing never repeats the other."""

    MAIL = "mail"
    HOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message to somebody; `key` makes a repeated one harmless.

    Subject and body carry case number and times, never names or content. `kind`, `clock` and
    `due_at` say the same to another program: what happened, in which clock, due when. An
    `invitation` says it to calendars.
    """

    key: str
    case_id: str
    subject: str
    body: str
    role: Role | None = None
    unit: str | None = None
    account: str | None = None
    address: str | None = None
    made_at: datetime
    kind: str = "notice"
    clock: str | None = None
    due_at: datetime | None = None
    invitation: Invitation | None = None

    def on(self, way: Way) -> Self:
        """The notice as it is put out there, under a key of its own; a web hook is to nobody."""
        if way is Way.MAIL:
            return self
        key = f"{way.value}:{self.key}"
        told = replace(self, key=key, invitation=None)
        return replace(told, role=None, unit=None, account=None, address=None)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice in the outbox on one way out, with the tries begun since it was put or resent.

    `claimed_by` may hand it over until `claimed_until`; `received_by` are the addresses that have
    got it; `detour` tells why it went to somebody else than the notice says. A dead one is settled
    when somebody has seen to it in another way.
    """

    id: int
    notice: Notice
    way: Way = Way.MAIL
    tries: int = 0
    sent_at: datetime | None = None
    failed: str | None = None
    dead: bool = False
    next_try_at: datetime | None = None
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    received_by: tuple[str, ...] = ()
    detour: str | None = None
    settled_at: datetime | None = None

    @property
    def given_up(self) -> bool:
        """Dead, and nobody has seen to it yet."""
        return self.dead and self.settled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who takes messages, for which way out, and until when nobody else does."""

    way: Way
    by: str
    at: datetime
    until: datetime
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A try that did not succeed: what is known of it, and when the next one is."""

    reason: str
    next_try_at: datetime
    dead: bool
    received_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resend:
    """That somebody sent a dead letter again; `tries` and `failed` are what it had come to."""

    delivery_id: int
    by: str
    at: datetime
    tries: int
    failed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """That somebody saw to a dead letter in another way, such as by telephone."""

    delivery_id: int
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """Messages to a unit, and about any of these cases."""

    unit: str | None
    case_ids: frozenset[str]

    def holds(self, notice: Notice) -> bool:
        """Whether it is one of them."""
        to_unit = notice.unit is not None and notice.unit == self.unit
        return to_unit or notice.case_id in self.case_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Which messages a list is drawn from; of those on one side of a number the nearest are taken.

    `ended` are those that were handed over or that somebody has seen to.
    """

    theirs: Theirs | None = None
    ended: bool = False
    older_than: int | None = None
    newer_than: int | None = None


EVERY = Among()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages wait, how many of those have failed at least once, how many are dead."""

    waiting: int = 0
    failing: int = 0
    dead: int = 0


class Outbox(Protocol):
    """Messages written in the transaction of their cause and delivered afterwards."""

    def put(self, notices: Sequence[Notice]) -> None:
        """Keep the notices for every way out in use; one with a known key is already there."""

    def claim(self, claim: Claim) -> tuple[Delivery, ...]:
        """Messages whose time has come and that nobody holds, those with the fewest tries first.

        The try is counted here, so that a message that kills its sender is given up too.
        """

    def release(self, by: str) -> None:
        """Give back what `by` holds and has not tried; the try was none."""

    def sent(
        self, delivery_id: int, at: datetime, received_by: Sequence[str], *, detour: str | None
    ) -> None:
        """What was handed over is handed over, whoever holds it now."""

    def failed(self, delivery_id: int, failure: Failure, *, by: str) -> None:
        """Counts only when `by` still holds it and nobody has delivered it meanwhile."""

    def one(self, delivery_id: int) -> Delivery | None:
        """The delivery, locked for this transaction."""

    def resend(self, resend: Resend) -> None:
        """A dead letter waits again from `resend.at` with its tries begun anew, and its key."""

    def resends(self, delivery_ids: Sequence[int]) -> tuple[Resend, ...]:
        """Who has sent which of them again, oldest first."""

    def settle(self, settlement: Settlement) -> None:
        """A dead letter is no longer counted as one; it stays undelivered."""

    def settlements(self, delivery_ids: Sequence[int]) -> tuple[Settlement, ...]:
        """Who has seen to which of them, oldest first."""

    def recent(self, limit: int, among: Among = EVERY) -> tuple[Delivery, ...]:
        """At most so many of them, the newest first."""

    def dead(self) -> tuple[Delivery, ...]:
        """Those that are given up and that nobody has seen to, the newest first."""

    def waiting(self, limit: int, theirs: Theirs | None = None) -> tuple[Delivery, ...]:
        """Neither delivered nor dead, of `theirs` or of everybody's; oldest first."""

    def oldest_waiting(self, now: datetime) -> datetime | None:
        """When the oldest message put out by `now` and still under way was made; no dead one."""

    def counts(self) -> Counts: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is handed over: a notice to those who are to have it now, and the case's number."""

    notice: Notice
    to: tuple[str, ...] = ()
    number: str | None = None


class PostFailed(Exception):
    """The message could not be handed over: a reason without addresses.

    `lasting` when another try would fail as this one did; `received_by` are those who got it all
    the same. `line_lost` when nothing more can be handed over on that line.
    """

    def __init__(
        self,
        reason: str,
        *,
        lasting: bool = False,
        line_lost: bool = False,
        received_by: tuple[str, ...] = (),
    ) -> None:
        self.reason = reason
        self.lasting = lasting
        self.line_lost = line_lost
        self.received_by = received_by
        super().__init__(reason)


class Line(Protocol):
    """An open way out, for several messages after each other."""

    def send(self, message: Message) -> None:
        """Hand it over to everyone, within the post's `longest`; PostFailed when it was not."""


class Post(Protocol):
    """A way out for messages."""

    @property
    def way(self) -> Way: ...

    @property
    def longest(self) -> float:
        """Seconds after which opening a line, or one message on it, has failed by itself."""

    def line(self) -> AbstractContextManager[Line]:
        """Raises PostFailed when nobody answers."""

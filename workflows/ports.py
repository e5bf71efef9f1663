"""What the workflows need of the world, as protocols that adapters implement."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from rules.answer import Answer
from rules.case import Case
from rules.classification import Classification
from rules.events import Event
from rules.language.ruleset import RulesFile
from rules.language.shape import Fact
from rules.level import Level
from rules.people import Actor, Role
from rules.policy import Policy
from rules.span import Rests
from workflows.delivery_ports import Outbox
from workflows.ledger_ports import LedgerLists
from workflows.meeting_ports import Meetings
from workflows.node_ports import Nodes
from workflows.past_concerns import History
from workflows.rating_ports import RatingStore
from workflows.rows import CaseRow, ClockRow, UnitRow
from workflows.rule_ports import RuleStore
from workflows.rulecheck import Report
from workflows.statement_ports import Statements
from workflows.vigil_ports import Vigil


@dataclass(frozen=True, slots=True)
class Addition:
    """Events to add to a case after its event number `expected`."""

    case_id: str
    events: tuple[Event, ...]
    expected: int


class Journal(Protocol):
    """The append-only truth, one numbered, hash-chained sequence of events a case."""

    def read(self, case_id: str) -> tuple[Event, ...]:
        """Every event of the case in order; empty when there is no such case."""

    def cases(self, case_ids: Sequence[str]) -> Mapping[str, Case]:
        """What the events of each add up to, read together; who has none is left out."""

    def append(self, case_id: str, events: Sequence[Event], *, expected: int) -> None:
        """Add `events` after event number `expected` and write the case's rows.

        Raises ChangedMeanwhile when the case has another number of events.
        """

    def append_all(self, additions: Sequence[Addition]) -> None:
        """The same for many cases at once, each named once: all of them or none."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list may show somebody: every condition is a relation, an empty scope shows none.

    `receiving_unit` shows all that was handed over to a unit, `unclaimed_in` only what no
    investigator of it has been named for or has taken.
    """

    everything: bool = False
    unit: str | None = None
    deputy: str | None = None
    investigator: str | None = None
    receiving_unit: str | None = None
    unclaimed_in: str | None = None
    include_closed: bool = False


class Lists(LedgerLists, Protocol):
    """Reads of the projections."""

    def next_number(self, year: int) -> int:
        """A fresh serial number for a case number; numbers may have gaps, never doubles."""

    def row(self, case_id: str) -> CaseRow | None: ...

    def by_number(self, number: str) -> CaseRow | None: ...

    def by_reference(self, reference: str) -> tuple[CaseRow, ...]:
        """Cases registered from the sender's own id; oldest first."""

    def hold_children(self, personal_numbers: Collection[str]) -> None:
        """Wait for anybody else who registers about one of them, until this transaction ends."""

    def of_child(self, personal_number: str) -> tuple[CaseRow, ...]:
        """Cases about the child with this number; newest first."""

    def of_context(self, context: str) -> tuple[CaseRow, ...]:
        """Cases in this context, as rules.context.key writes it; newest first.

        On PostgreSQL also waits for anybody else who is registering in it.
        """

    def of_report(self, report_id: str) -> tuple[CaseRow, ...]: ...

    def cases(self, scope: Scope) -> tuple[CaseRow, ...]:
        """The cases within `scope`, those whose next deadline is nearest first."""

    def clocks(self, case_ids: Sequence[str]) -> tuple[ClockRow, ...]:
        """All clocks of the cases, by due time."""

    def units(self, case_ids: Sequence[str]) -> tuple[UnitRow, ...]: ...

    def unpromised(self) -> tuple[str, ...]:
        """Open cases with neither a running clock that somebody will be told of nor an owned
        breach: must always be empty."""


class Watch(Protocol):
    """What the sweep needs: claim cases that have something due, and show that it lives."""

    def claim(self, now: datetime, *, most: int, skip: Sequence[str] = ()) -> tuple[str, ...]:
        """At most so many cases with something to tell by `now`; who has waited longest first.

        They are locked for this transaction; none of them is somebody else's.
        """

    def beat(self, worker: str, at: datetime) -> datetime | None:
        """Leave a heartbeat; returns the newest earlier one of any worker."""

    def last_beat(self, until: datetime | None = None) -> datetime | None:
        """The newest of any worker; with `until`, of those not left later: a clock may be ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can log in; `password` is an argon2 hash."""

    id: str
    username: str
    name: str
    roles: frozenset[Role]
    unit: str | None
    delegations: frozenset[str]
    email: str | None
    password: str
    active: bool = True

    @property
    def actor(self) -> Actor:
        return Actor(
            id=self.id,
            name=self.name,
            roles=self.roles,
            unit=self.unit,
            delegations=self.delegations,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A login; only the hash of its token is stored."""

    token_hash: str
    account_id: str
    csrf: str
    started_at: datetime
    seen_at: datetime
    kind: str = "webb"


class People(Protocol):
    """Accounts, sessions and API tokens."""

    def add(self, account: Account) -> None:
        """Raises Invalid when the user name is taken."""

    def shut(self, account_id: str) -> None:
        """Whoever has left comes in no more, neither by password, session nor token."""

    def by_id(self, account_id: str) -> Account | None: ...

    def by_username(self, username: str) -> Account | None: ...

    def everyone(self) -> tuple[Account, ...]: ...

    def holding(self, role: Role, unit: str | None) -> tuple[Account, ...]:
        """Active accounts with the role, in the unit when one is given."""

    def start_session(self, session: Session) -> None: ...

    def session(self, token_hash: str) -> Session | None: ...

    def touch_session(self, token_hash: str, at: datetime) -> None: ...

    def end_session(self, token_hash: str) -> None: ...

    def login_failed(self, username: str, address: str, at: datetime) -> None: ...

    def login_failures(self, username: str, address: str, since: datetime) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One line of the access log (SoLPUL 10 §): who did or read what, and whether it was let."""

    at: datetime
    account_id: str
    action: str
    case_ids: tuple[str, ...]
    granted: bool
    relation: str = ""
    detail: str = ""


class AccessLog(Protocol):
    """If it cannot be logged, it does not happen."""

    def record(self, *lines: Access) -> None:
        """Add the lines, at least one."""

    def of_case(self, case_id: str) -> tuple[Access, ...]: ...

    def recent(self, limit: int) -> tuple[Access, ...]: ...


class UnitOfWork(Protocol):
    """One transaction; leaving it without `commit` undoes everything."""

    @property
    def journal(self) -> Journal: ...

    @property
    def lists(self) -> Lists: ...

    @property
    def watch(self) -> Watch: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def people(self) -> People: ...

    @property
    def access(self) -> AccessLog: ...

    @property
    def rules(self) -> RuleStore: ...

    @property
    def history(self) -> History: ...

    @property
    def ratings(self) -> RatingStore: ...

    @property
    def meetings(self) -> Meetings: ...

    @property
    def nodes(self) -> Nodes: ...

    @property
    def vigil(self) -> Vigil: ...

    @property
    def statements(self) -> Statements: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None: ...


class Rulebook(Protocol):
    """The live rules, one version of them: never mixed within a step."""

    @property
    def version(self) -> str: ...

    @property
    def policy(self) -> Policy: ...

    @property
    def hub_levels(self) -> frozenset[Level]:
        """The levels at which the hub is convened."""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What the program may know of a concern, by id: its limits, and what it counts."""

    def classify(
        self,
        facts: Mapping[str, int | bool | str | None],
        answers: Mapping[str, Answer],
        *,
        on: date,
    ) -> Classification: ...

    def check_answers(self, answers: Mapping[str, Answer]) -> Mapping[str, str]:
        """Faults by indicator, in Swedish: a question or a source that does not exist."""


@dataclass(frozen=True, slots=True)
class Office:
    """All that a workflow is given besides its own arguments.

    `read_rules` raises Unreadable or Unsound; `proved` tells what is wrong with a file that could
    be read; `lowerings` names each kind of lowering that the second file brings to those who are
    judged by the first. The two last may take seconds the first time.
    """

    uow: Callable[[], UnitOfWork]
    clock: Callable[[], datetime]
    rulebook: Callable[[], Rulebook]
    rests: Rests
    new_id: Callable[[], str]
    read_rules: Callable[[str], RulesFile]
    proved: Callable[[RulesFile], Report]
    lowerings: Callable[[RulesFile, RulesFile], Collection[str]]


class StoreUnavailable(Exception):
    """Uppgifterna kan inte nås just nu. Inget har sparats; försök igen om en stund."""


class NotWritable(StoreUnavailable):
    """Hubben kan inte spara just nu. Inget har sparats; följ er rutin för telefon och papper."""


class WrongVersion(StoreUnavailable):
    """Den här versionen av programmet får inte arbeta mot databasen. Inget har sparats.

    `known` is the newest schema that the program knows, `schema` the one of the database, and
    `oldest` the oldest that a program must know to work on it; empty when it does not say.
    """

    def __init__(self, *, known: str, schema: str, oldest: str) -> None:
        self.known = known
        self.schema = schema
        self.oldest = oldest
        super().__init__(known, schema, oldest)

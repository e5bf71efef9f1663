"""Everything that pages and API are given: the office, and what they show of its surroundings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from hub.comparing import RuleTools
from hub.library import Library
from rules.language.ruleset import RuleSet
from workflows.document import Document
from workflows.ports import Office
from workflows.promises import Own
from workflows.rules_document import RulesDocument


class Passwords(Protocol):
    """Hashes and checks passwords; an unknown user costs as much time as a known one."""

    def hash(self, password: str) -> str: ...

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; without a stored hash, no after the same work."""

    def needs_rehash(self, stored: str) -> bool: ...


class Tokens(Protocol):
    """Opaque secrets of which only the hash is kept."""

    def new(self) -> str: ...

    def hash(self, token: str) -> str: ...


class Letter(Protocol):
    """A message that would have been sent."""

    @property
    def at(self) -> datetime: ...

    @property
    def to(self) -> tuple[str, ...]: ...

    @property
    def subject(self) -> str: ...

    @property
    def body(self) -> str: ...

    @property
    def key(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the program can keep its promises; `faults` are kinds and places, never content."""

    database: bool
    worker: bool
    rules_version: str
    last_beat: datetime | None = None
    rules_faults: tuple[str, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """The store answers and somebody watches the clocks."""
        return self.database and self.worker


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """A login that a demo shows to everybody."""

    username: str
    name: str
    what: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One frozen value, made in the wiring; tests make one with fakes."""

    office: Office
    instrument: Callable[[], RuleSet]
    passwords: Passwords
    tokens: Tokens
    health: Callable[[], Health]
    metrics: Callable[[], bytes]
    handover_pdf: Callable[[Document, datetime], bytes]
    rules_pdf: Callable[[RulesDocument, datetime], bytes]
    rule_tools: RuleTools
    library: Library
    base_url: str
    secret_key: str
    post_log: Callable[[], Sequence[Letter]] = tuple
    own: Callable[[], Own] = Own
    statement_key: str = ""
    demo: bool = False
    demo_accounts: tuple[DemoAccount, ...] = ()

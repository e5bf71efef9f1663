"""The tables of the store in memory, and what one transaction has staged on top of them."""

from collections import ChainMap
from collections.abc import Hashable, ItemsView, Iterator, MutableMapping, ValuesView
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from threading import Condition, RLock
from typing import TypeVar

from rules.absences import Absence
from rules.case import Case
from rules.events import Event
from rules.ratings import Chosen, Rating, Sample
from rules.versions import Approval, Rejection, RuleVersion
from workflows.daily_statement import Signed
from workflows.delivery_ports import Delivery, Resend, Settlement, Way
from workflows.node_ports import Node
from workflows.ports import Access, Account, Session, StoreUnavailable
from workflows.rows import Rows
from workflows.rule_ports import Shadow, ShadowResult
from workflows.vigil_ports import Outage, Seen

Failure = tuple[str, str, datetime]
Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Tables:
    """What is kept: public, so that a test can look at it."""

    def __init__(self) -> None:
        self.journal: MutableMapping[str, tuple[Event, ...]] = {}
        self.rows: MutableMapping[str, Rows] = {}
        self.cases: MutableMapping[str, Case] = {}
        self.beats: MutableMapping[str, datetime] = {}
        self.outbox: MutableMapping[str, Delivery] = {}
        self.resends: MutableMapping[int, Resend] = {}
        self.settlements: MutableMapping[int, Settlement] = {}
        self.accounts: MutableMapping[str, Account] = {}
        self.sessions: MutableMapping[str, Session | None] = {}
        self.login_failures: MutableMapping[int, Failure] = {}
        self.access: MutableMapping[int, Access] = {}
        self.positions: MutableMapping[int, tuple[str, int]] = {}
        self.rule_versions: MutableMapping[str, RuleVersion] = {}
        self.approvals: MutableMapping[int, Approval] = {}
        self.rejections: MutableMapping[int, Rejection] = {}
        self.shadows: MutableMapping[int, Shadow] = {}
        self.shadow_results: MutableMapping[tuple[int, int], ShadowResult] = {}
        self.samples: MutableMapping[int, Sample] = {}
        self.sampled: MutableMapping[tuple[int, int], Chosen] = {}
        self.ratings: MutableMapping[tuple[int, int, int], Rating] = {}
        self.absences: MutableMapping[str, Absence] = {}
        self.absence_ends: MutableMapping[str, tuple[datetime, str]] = {}
        self.nodes: MutableMapping[str, Node | None] = {}
        self.statements: MutableMapping[int, Signed] = {}
        self.outages: MutableMapping[int, tuple[Outage, str]] = {}
        self.findings: MutableMapping[int, Seen] = {}


class MemoryStore(Tables):
    """All that is committed; `away` set to true is a database that cannot be reached."""

    def __init__(self, patience: float = 2.0) -> None:
        super().__init__()
        self.away = False
        self.ways: tuple[Way, ...] = (Way.MAIL,)
        self.commits = 0
        self.patience = patience
        self.lock = RLock()
        self.released = Condition(self.lock)
        self.locks: dict[Hashable, object] = {}
        self.numbers: dict[int, int] = {}
        # What still has to be looked through; it does not grow with what has been delivered.
        self.undelivered: dict[str, Delivery] = {}
        self.serial = count(1)
        self.place = count(1)

    @property
    def events(self) -> tuple[Event, ...]:
        """Every event of every case, case by case in the order the cases came."""
        return tuple(event for events in self.journal.values() for event in events)

    @property
    def notices(self) -> tuple[Delivery, ...]:
        """The outbox in the order it was filled."""
        return tuple(sorted(self.outbox.values(), key=lambda delivery: delivery.id))


class _Above(ChainMap[Key, Kept]):
    """Staged above committed; where nothing is staged, walking costs what the committed do."""

    def __iter__(self) -> Iterator[Key]:
        return super().__iter__() if self.maps[0] else iter(self.maps[1])

    def values(self) -> ValuesView[Kept]:
        return super().values() if self.maps[0] else self.maps[1].values()

    def items(self) -> ItemsView[Key, Kept]:
        return super().items() if self.maps[0] else self.maps[1].items()


@dataclass(frozen=True, slots=True, eq=False)
class Staged:
    """The store as one transaction sees it: what is committed, and its own changes above."""

    store: MemoryStore
    own: Tables = field(default_factory=Tables)

    def view(self) -> Tables:
        """Tables that read through to the committed ones and write only to the staged ones."""
        seen = Tables()
        for name, mine in vars(self.own).items():
            setattr(seen, name, _Above(mine, getattr(self.store, name)))
        return seen

    def lock(self, *thing: str) -> None:
        """Hold `thing` until the transaction ends; wait for another one that holds it."""
        with self.store.released:
            free = self.store.released.wait_for(
                lambda: self._is_free(thing), timeout=self.store.patience
            )
            if not free:
                raise StoreUnavailable
            self.store.locks[thing] = self

    def try_lock(self, *thing: str) -> bool:
        """Hold `thing` if nobody else does: what SKIP LOCKED does."""
        with self.store.lock:
            if not self._is_free(thing):
                return False
            self.store.locks[thing] = self
            return True

    def _is_free(self, thing: Hashable) -> bool:
        return self.store.locks.get(thing, self) is self

    def keep(self) -> None:
        """Commit: the staged changes become everybody's."""
        with self.store.lock:
            for key in self._known_already():
                del self.own.outbox[key]
            for name, mine in vars(self.own).items():
                getattr(self.store, name).update(mine)
            self._keep_undelivered()
            self.store.commits += 1
            self.forget()

    def _keep_undelivered(self) -> None:
        for key, it in self.own.outbox.items():
            if it.sent_at is None and not it.dead:
                self.store.undelivered[key] = it
            else:
                self.store.undelivered.pop(key, None)

    def _known_already(self) -> list[str]:
        """Notices that another transaction put first under the same key."""
        kept = self.store.outbox
        return [key for key, it in self.own.outbox.items() if key in kept and kept[key].id != it.id]

    def forget(self) -> None:
        """Drop what is staged and every lock."""
        with self.store.released:
            for mine in vars(self.own).values():
                mine.clear()
            for thing in [it for it, holder in self.store.locks.items() if holder is self]:
                del self.store.locks[thing]
            self.store.released.notify_all()

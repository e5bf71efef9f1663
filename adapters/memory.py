"""The store in memory: the same promises as PostgreSQL, for tests; nothing outlives the process."""

from types import TracebackType
from typing import Self

from adapters.memory_cases import MemoryHistory, MemoryJournal, MemoryLists, MemoryWatch
from adapters.memory_meetings import MemoryMeetings
from adapters.memory_nodes import MemoryNodes
from adapters.memory_outbox import MemoryOutbox
from adapters.memory_people import MemoryAccessLog, MemoryPeople
from adapters.memory_ratings import MemoryRatings
from adapters.memory_rules import MemoryRules
from adapters.memory_tables import MemoryStore, Staged
from adapters.memory_vigil import MemoryStatements, MemoryVigil
from workflows.ports import StoreUnavailable


class MemoryUnitOfWork:
    """One transaction on a `MemoryStore`; pass `lambda: MemoryUnitOfWork(store)` as the factory."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._staged = Staged(store)
        self._open_parts()

    def _open_parts(self) -> None:
        self.journal = MemoryJournal(self._staged)
        self.lists = MemoryLists(self._staged)
        self.watch = MemoryWatch(self._staged)
        self.outbox = MemoryOutbox(self._staged)
        self.people = MemoryPeople(self._staged)
        self.access = MemoryAccessLog(self._staged)
        self.rules = MemoryRules(self._staged)
        self.history = MemoryHistory(self._staged)
        self.ratings = MemoryRatings(self._staged)
        self.meetings = MemoryMeetings(self._staged)
        self.nodes = MemoryNodes(self._staged)
        self.vigil = MemoryVigil(self._staged)
        self.statements = MemoryStatements(self._staged)

    def __enter__(self) -> Self:
        if self._store.away:
            raise StoreUnavailable
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._staged.forget()

    def commit(self) -> None:
        """Everything or, when the store has gone away meanwhile, nothing."""
        if self._store.away:
            raise StoreUnavailable
        self._staged.keep()

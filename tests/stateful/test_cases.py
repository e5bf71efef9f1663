"""Whatever people try, in whatever order, the laws of a case hold: in memory and on PostgreSQL."""

from contextlib import ExitStack

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from adapters.database import program_engine
from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.verification import verify
from adapters.work import postgres_work
from tests.stateful.machine import CaseMachine
from tests.stores import TestServer
from workflows.ports import UnitOfWork

# A course is long and a database is slow; neither is a fault.
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck))


class InMemory:
    """A store that has nothing more to say of itself."""

    def __init__(self) -> None:
        self._store = MemoryStore()

    def uow(self) -> UnitOfWork:
        return MemoryUnitOfWork(self._store)

    def faults(self) -> list[str]:
        return []

    def close(self) -> None:
        """Nothing outlives the run."""


class OnPostgres:
    """A database of its own for each run, held to its own proof."""

    def __init__(self, server: TestServer) -> None:
        self._open = ExitStack()
        self._engine = program_engine(self._open.enter_context(server.database()))
        self.uow = postgres_work(self._engine)

    def faults(self) -> list[str]:
        return verify(self._engine)

    def close(self) -> None:
        self._engine.dispose()
        self._open.close()


class CasesInMemory(CaseMachine):
    def __init__(self) -> None:
        super().__init__(InMemory())


def test_the_laws_hold_whatever_is_tried_in_memory() -> None:
    run_state_machine_as_test(
        CasesInMemory, settings=settings(CALM, max_examples=40, stateful_step_count=30)
    )


def test_the_laws_hold_whatever_is_tried_on_postgresql(postgres: TestServer) -> None:
    class CasesOnPostgres(CaseMachine):
        def __init__(self) -> None:
            super().__init__(OnPostgres(postgres))

    run_state_machine_as_test(
        CasesOnPostgres, settings=settings(CALM, max_examples=10, stateful_step_count=20)
    )

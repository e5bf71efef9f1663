"""The hub's own sweep: breach, escalation and the next clock, in the journal and the outbox."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
from sqlalchemy import make_url

from adapters.database import migrate_database, program_engine
from adapters.rulesfile import load
from adapters.work import postgres_work
from bench.copies import copy_due
from bench.crowd import add_waiting
from bench.desk import office
from bench.lived import DUE, lived
from bench.together import Ready, together
from hub.serving import settle
from rules.engines.rulebook import LiveRules, live
from workflows import watching
from workflows.ports import Office

RECORDED = """
SELECT pg_xact_commit_timestamp(xmin) FROM journal WHERE kind = 'deadline_passed' ORDER BY 1
"""


class HubSweep:
    """The contender; so many worker processes, all at the same cases."""

    recorded = RECORDED

    def __init__(self, rulebook: LiveRules, processes: int = 1) -> None:
        self.rulebook = rulebook
        self._processes = processes
        self.name = f"hubben, {processes} process{'er' * (processes > 1)}"

    def load(self, url: str, waits: Iterable[timedelta]) -> None:
        """A real case for each that is due, and a row's worth for each that is not."""
        fill(url, self.rulebook, waits)

    def run(self, url: str, _due: int) -> float:
        """Lets the workers go until nothing is due; the moment they were let go, in seconds."""
        return together(self._processes, sweep_all, url)


def fill(url: str, rulebook: LiveRules, waits: Iterable[timedelta]) -> None:
    """The newest schema, and cases due at DUE and after it."""
    migrated(url)
    pattern, places = lived(rulebook), list(waits)
    with psycopg.connect(url) as connection:
        copy_due(connection, pattern, [n for n, wait in enumerate(places) if not wait])
        add_waiting(connection, pattern, [n for n, wait in enumerate(places) if wait])


def migrated(url: str) -> None:
    """The newest schema."""
    migrate_database(make_url(url).set(drivername="postgresql+psycopg"))


def sweep_all(ready: Ready, url: str) -> None:
    """One worker: as `hub work` sweeps, at the moment when everything is due."""
    with at_due(url, live(load())) as desk:
        with desk.uow():
            pass  # the first connection, which the others have made by now
        settle()
        ready()
        watching.sweep(desk)


@contextmanager
def at_due(url: str, rulebook: LiveRules) -> Iterator[Office]:
    """The office on that database, with its clock standing at DUE."""
    engine = program_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        yield office(postgres_work(engine), rulebook, clock=lambda: DUE)
    finally:
        engine.dispose()

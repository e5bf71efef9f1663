"""APScheduler's own job store: one-shot jobs that are due, in its threads, on PostgreSQL.

As its guide has it: SQLAlchemyJobStore on a pooled engine, a thread pool, no job dropped for being
late. A store may not be shared, so there is one scheduler.
"""

import pickle
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from threading import Event
from time import time

from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from psycopg_pool import ConnectionPool
from sqlalchemy import create_engine, insert, make_url

from adapters.clock import now
from adapters.rulesfile import load
from bench import hub_sweep
from bench.due_effect import EFFECT, RECORDED, prepare, values
from rules.engines.rulebook import live
from workflows import watching
from workflows.ports import Office

_Job = Callable[[str, int, datetime], None]


class _Jobs:
    """Jobs in the store, and the scheduler that runs them in so many threads."""

    def __init__(self, job: _Job, threads: int) -> None:
        self._job = job
        self._threads = threads

    def load(self, url: str, waits: Iterable[timedelta]) -> None:
        """The jobs as the store writes them, only many at a time."""
        scheduler, store = self._made(url)
        store.start(scheduler, "default")
        begun = now()
        rows = [self._row(scheduler, place, begun + wait, url) for place, wait in enumerate(waits)]
        with store.engine.begin() as connection:
            connection.execute(insert(store.jobs_t), rows)
        store.shutdown()

    def run(self, url: str, due: int) -> float:
        """Wakes the scheduler and waits for `due` jobs; the moment it was woken, in seconds."""
        scheduler, store = self._made(url)
        over, done = Event(), count(1)
        scheduler.add_listener(
            lambda _event: over.set() if next(done) == due else None, EVENT_JOB_EXECUTED
        )
        scheduler.start(paused=True)
        begun = time()
        scheduler.resume()
        over.wait()
        scheduler.shutdown()
        store.engine.dispose()  # its thread may have looked once more while the store was closed
        return begun

    def _made(self, url: str) -> tuple[BackgroundScheduler, SQLAlchemyJobStore]:
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
        store = SQLAlchemyJobStore(engine=engine)
        scheduler = BackgroundScheduler(
            jobstores={"default": store},
            executors={"default": ThreadPoolExecutor(self._threads)},
            job_defaults={"misfire_grace_time": None},
            timezone=UTC,
        )
        return scheduler, store

    def _row(
        self, scheduler: BackgroundScheduler, number: int, at: datetime, url: str
    ) -> dict[str, object]:
        job = Job(
            scheduler,
            id=str(number),
            func=self._job,
            args=(url, number, at),
            kwargs={},
            trigger=DateTrigger(at),
            executor="default",
            name=str(number),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=at,
        )
        state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
        return {"id": job.id, "next_run_time": at.timestamp(), "job_state": state}


class SmallJobs:
    """The contender whose jobs write one breach and one message."""

    recorded = RECORDED

    def __init__(self, threads: int) -> None:
        self._jobs = _Jobs(breach, threads)
        self.name = f"APScheduler, {threads} trådar: rad i två tabeller"

    def load(self, url: str, waits: Iterable[timedelta]) -> None:
        """The jobs, and the two tables that they write to."""
        prepare(url)
        self._jobs.load(url, waits)

    def run(self, url: str, due: int) -> float:
        """Everything that is due; the moment it was let go, in seconds."""
        _pool(url).wait()
        begun = self._jobs.run(url, due)
        _pool(url).close()
        return begun


class HubJobs:
    """The contender whose jobs do for one case each what the hub's sweep does."""

    recorded = hub_sweep.RECORDED

    def __init__(self, threads: int) -> None:
        self._jobs = _Jobs(sweep_one, threads)
        self.name = f"APScheduler, {threads} trådar: hubbens hela verkan"

    def load(self, url: str, waits: Iterable[timedelta]) -> None:
        """The jobs, and the cases that they are about."""
        places = list(waits)
        hub_sweep.fill(url, live(load()), places)
        self._jobs.load(url, places)

    def run(self, url: str, due: int) -> float:
        """Everything that is due; the moment it was let go, in seconds."""
        with _desk(url).uow():
            pass  # the rules are read and a connection is made before it is timed
        begun = self._jobs.run(url, due)
        _open(url)[0].close()
        return begun


def breach(url: str, number: int, due_at: datetime) -> None:
    """The small job."""
    with _pool(url).connection() as connection:
        connection.execute(EFFECT, values(number, due_at, now()))


def sweep_one(url: str, _number: int, _due_at: datetime) -> None:
    """The whole job: one of the cases that are due, and no other job has."""
    watching.sweep_some(_desk(url), most=1)


@cache
def _pool(url: str) -> ConnectionPool:
    """A stored job can only be given what is pickled: it finds its connections by the address."""
    return ConnectionPool(url, min_size=20, kwargs={"autocommit": True}, open=True)


def _desk(url: str) -> Office:
    return _open(url)[1]


@cache
def _open(url: str) -> tuple[ExitStack, Office]:
    stack = ExitStack()
    return stack, stack.enter_context(hub_sweep.at_due(url, live(load())))

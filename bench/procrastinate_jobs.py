"""procrastinate's deferred jobs: scheduled, due, and taken by its asynchronous worker.

As its guide has it: an asynchronous task and connector, the worker's `concurrency` for tasks that
wait on a network, and several worker processes. Jobs that are done are kept, which is its default.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from psycopg_pool import AsyncConnectionPool

from adapters.clock import now
from bench.due_effect import EFFECT, RECORDED, prepare, values
from bench.together import Ready, together

_TASK = "breach"


class Procrastinate:
    """The contender: so many worker processes, so many jobs at a time in each."""

    recorded = RECORDED

    def __init__(self, concurrency: int, processes: int = 1) -> None:
        self._concurrency = concurrency
        self._processes = processes
        self.name = f"procrastinate, {processes} × {concurrency} samtidigt"

    def load(self, url: str, waits: Iterable[timedelta]) -> None:
        """The jobs, deferred to their moments in one call."""
        prepare(url)
        app = App(connector=SyncPsycopgConnector(conninfo=url))
        task = app.task(name=_TASK)(_deferred)
        with app.open():
            app.schema_manager.apply_schema()
            begun = now()
            app.job_manager.batch_defer_jobs(
                jobs=[
                    task.configure(schedule_at=begun + wait).make_new_job(
                        job=number, due_at=(begun + wait).isoformat()
                    )
                    for number, wait in enumerate(waits)
                ]
            )

    def run(self, url: str, _due: int) -> float:
        """Lets the workers go until nothing is due; the moment they were let go, in seconds."""
        return together(self._processes, _worker, url, self._concurrency)


def _deferred(job: int, due_at: str) -> None:
    """What is only deferred here is done by `_worker`, under the same name."""


def _worker(ready: Ready, url: str, concurrency: int) -> None:
    asyncio.run(_work(ready, url, concurrency))


async def _work(ready: Ready, url: str, concurrency: int) -> None:
    app = App(connector=PsycopgConnector(conninfo=url, min_size=concurrency, max_size=concurrency))
    pool = AsyncConnectionPool(
        url, min_size=concurrency, max_size=concurrency, kwargs={"autocommit": True}, open=False
    )

    @app.task(name=_TASK)
    async def breach(job: int, due_at: str) -> None:
        async with pool.connection() as connection:
            await connection.execute(EFFECT, values(job, datetime.fromisoformat(due_at), now()))

    async with app.open_async(), pool:
        await pool.wait()
        ready()
        # Everything is due already: nothing is gained by listening for more.
        await app.run_worker_async(concurrency=concurrency, wait=False, listen_notify=False)

"""APScheduler as an alarm clock: it only wakes a few standing chores, and nothing is pickled.

What is due lives in the database. A chore that fails is tried again at its next turn, told in the
log and shown in the health; a scheduler whose thread has died is found by its missing ticks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Event, Lock

import structlog
from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_MAX_INSTANCES,
    EVENT_JOB_MISSED,
    JobEvent,
)
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from adapters.clock import now

_TICK = "tick"
_TICK_SECONDS = 2
_DEAD_AFTER = timedelta(seconds=30)
_WORDS = {EVENT_JOB_MISSED: "missed", EVENT_JOB_MAX_INSTANCES: "still_running"}
_LISTENED = EVENT_JOB_ERROR | EVENT_JOB_EXECUTED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_MISSED


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do again and again."""

    name: str
    seconds: float
    run: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoreHealth:
    """How a chore has fared; `fault` is the class of its latest failure until it succeeds."""

    done_at: datetime | None = None
    failures: int = 0
    fault: str | None = None


class Scheduler:
    """Runs the chores in threads of their own until it is stopped."""

    def __init__(self, chores: Sequence[Chore], *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._started_at: datetime | None = None
        self._health = {chore.name: ChoreHealth() for chore in (*chores, Chore(_TICK, 1, int))}
        self._log = structlog.get_logger()
        self._scheduler = _made(max_workers=len(chores) + 1)
        self._scheduler.add_listener(self._heard, _LISTENED)
        for chore in (*chores, Chore(_TICK, _TICK_SECONDS, _nothing)):
            self._scheduler.add_job(
                chore.run,
                "interval",
                seconds=chore.seconds,
                id=chore.name,
                replace_existing=True,
                next_run_time=now(),
            )

    def start(self) -> None:
        """Begin; each chore is run at once and then at its interval."""
        self._started_at = self._clock()
        self._scheduler.start()

    def stop(self) -> None:
        """End after the chores that are running now."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self._started_at = None

    def alive(self) -> bool:
        """Whether the thread that wakes the chores has given a sign of life lately."""
        if self._started_at is None:
            return False
        seen = self.health()[_TICK].done_at or self._started_at
        return self._clock() - seen < _DEAD_AFTER

    def health(self) -> dict[str, ChoreHealth]:
        """How each chore has fared so far."""
        with self._lock:
            return dict(self._health)

    def run_until(self, stopped: Event, *, look_every: float = 1.0) -> bool:
        """Work until `stopped` is set; False when the scheduler died, so that it is restarted."""
        self.start()
        try:
            while not stopped.wait(look_every):
                if not self.alive():
                    self._log.critical("scheduler.died")
                    return False
            return True
        finally:
            self.stop()

    def _heard(self, event: JobEvent) -> None:
        with self._lock:
            before = self._health[event.job_id]
            self._health[event.job_id] = self._after(before, event)
        if event.code == EVENT_JOB_ERROR:
            self._log.error("job.failed", job=event.job_id, exc_info=event.exception)
        elif event.code in _WORDS:
            self._log.warning(f"job.{_WORDS[event.code]}", job=event.job_id)

    def _after(self, before: ChoreHealth, event: JobEvent) -> ChoreHealth:
        if event.code == EVENT_JOB_EXECUTED:
            return replace(before, done_at=self._clock(), fault=None)
        if event.code == EVENT_JOB_ERROR:
            fault = type(event.exception).__name__
            return replace(before, failures=before.failures + 1, fault=fault)
        return replace(before, failures=before.failures + 1, fault=_WORDS[event.code])


def _nothing() -> None:
    """The sign of life."""


def _made(max_workers: int) -> BackgroundScheduler:
    """Late runs run once, never twice at a time, never dropped for being late."""
    return BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(max_workers)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=UTC,
    )

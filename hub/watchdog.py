"""How a worker watches itself and the others: signs of life, the promise, the statement."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Protocol

import structlog

from workflows import outages, promises, statements
from workflows.liveness import SKEW
from workflows.ports import Office, StoreUnavailable
from workflows.promises import Own
from workflows.statement_ports import Seal
from workflows.vigil_ports import Kind, Outage

_BEAT = 15.0


class Measures(Protocol):
    """Where the numbers of the watchdog go."""

    def watched(self, *, overdue: int, dead_letters: int, unpromised: int) -> None: ...

    def found(self, counts: Mapping[str, int]) -> None: ...


class Watchdog:
    """Of one worker; `seal` signs the statements, and without one this worker makes none.

    `every` is how many seconds there are between the signs of life while it catches up.
    """

    def __init__(
        self,
        office: Office,
        *,
        worker: str,
        measures: Measures,
        skew: Callable[[], timedelta],
        seal: Seal | None,
        every: float = _BEAT,
    ) -> None:
        self._office = office
        self._worker = worker
        self._measures = measures
        self._skew = skew
        self._seal = seal
        self._every = every
        self._log = structlog.get_logger()

    def beat(self) -> Outage | None:
        """A sign of life; an outage that it ends is told."""
        outage = outages.beat(self._office, self._worker)
        if outage is not None:
            seconds = (outage.until - outage.since).total_seconds()
            count = len(outage.passed)
            self._log.info("outage.ended", since=outage.since, seconds=seconds, count=count)
        return outage

    @contextmanager
    def living(self) -> Iterator[None]:
        """Signs of life while the block lasts, however long it takes."""
        over = Event()
        thread = Thread(target=self._beat_until, args=(over,), name="beat")
        self.beat()
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat_until(self, over: Event) -> None:
        while not over.wait(self._every):
            try:
                self.beat()
            except StoreUnavailable:
                self._log.warning("beat.missed")

    def watch(self) -> None:
        """Prove the promise, and tell what is not as promised."""
        skew = self._skew()
        done = promises.watch(self._office, Own(place=self._worker, skew=skew))
        counts = {it.kind.value: it.count for it in done.found}
        dead = counts.get(Kind.DEAD_LETTER.value, 0)
        unpromised = done.proof.unpromised
        self._measures.watched(
            overdue=done.proof.breached, dead_letters=dead, unpromised=len(unpromised)
        )
        self._measures.found(counts)
        for number in unpromised:
            self._log.critical("promise.broken", case=number)
        if abs(skew) > SKEW:
            self._log.critical("clock.skewed", seconds=skew.total_seconds())
        for it in (*done.began, *done.grew):
            self._log.error("watch.found", reason=it.kind.value, count=it.count, since=it.since)
        for it in done.ended:
            self._log.info("watch.over", reason=it.kind.value)

    def state(self) -> None:
        """Make the statement of the day when its time has come and nobody has made it."""
        if self._seal is None:
            return
        signed = statements.make(self._office, self._seal, skew=self._skew())
        if signed is not None:
            late = signed.statement.late.total_seconds()
            self._log.info("statement.made", count=signed.number, lateness=late)

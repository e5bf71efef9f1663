"""Due clocks handled a second, and how late they are: everybody on the same server, in turn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import quantiles
from typing import LiteralString, Protocol

import psycopg

from bench.server import Server

AT_ONCE = timedelta()
NOT_YET = timedelta(days=30)


class Contender(Protocol):
    """One way to let what is due be done; `recorded` asks when each of it was committed."""

    name: str
    recorded: LiteralString

    def load(self, url: str, waits: Iterable[timedelta]) -> None:
        """Something to be done after each of `waits`, in an empty database."""

    def run(self, url: str, due: int, /) -> float:
        """Do what is due, which is `due` of them; answers when it was let go, in seconds."""


class NotAllDone(Exception):
    """Something due was not done, or done twice: then there is nothing to measure."""


@dataclass(frozen=True, slots=True)
class Line:
    """How late each was committed after the workers were let go, in seconds, as percentiles."""

    name: str
    due: int
    waiting: int
    seconds: float
    p50: float
    p99: float

    @property
    def per_second(self) -> float:
        return self.due / self.seconds


def measured(server: Server, contender: Contender, *, due: int, waiting: int) -> Line:
    """One contender on a database of its own; raises NotAllDone."""
    with server.database() as url:
        contender.load(url, _waits(due, waiting))
        settle(url)
        begun = contender.run(url, due)
        with psycopg.connect(url) as connection:
            commits = [at.timestamp() for (at,) in connection.execute(contender.recorded)]
    if len(commits) != due:
        raise NotAllDone(f"{contender.name}: {len(commits)} av {due}")
    late = [at - begun for at in commits]
    percent = quantiles(late, n=100, method="inclusive")
    return Line(contender.name, due, waiting, max(late), percent[49], percent[98])


def best(lines: Sequence[Line], part: str) -> Line:
    """The fastest of those with `part` in their name."""
    return max((it for it in lines if part in it.name), key=lambda line: line.per_second)


def _waits(due: int, waiting: int) -> Iterator[timedelta]:
    """What is due lies evenly among what is not, as it does when deadlines differ in length."""
    every, left = (due + waiting) // due, due
    for place in range(due + waiting):
        is_due = left > 0 and place % every == 0
        left -= is_due
        yield AT_ONCE if is_due else NOT_YET


def settle(url: str) -> None:
    """What the server would have done by itself in the time that the rows take in life."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")

"""What a sweep costs beside many clocks that are not due and many cases that are closed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import psycopg

from bench.copies import copy_due
from bench.crowd import add_closed, add_waiting
from bench.due import settle
from bench.hub_sweep import at_due, migrated
from bench.lived import Lived, lived
from bench.server import Server
from bench.table import number, table
from bench.target import Target
from rules.engines.rulebook import LiveRules
from workflows import watching
from workflows.ports import Office

_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Line:
    """Seconds of a sweep that finds nothing, and of one with `due` breaches, beside so many."""

    waiting: int
    closed: int
    due: int
    idle: float
    busy: float


def crowded(
    server: Server, rulebook: LiveRules, *, sizes: Sequence[int], due: int, rounds: int
) -> tuple[Line, ...]:
    """The same database as it fills; a sweep is the median of so many rounds."""
    with server.database() as url:
        migrated(url)
        pattern = lived(rulebook)
        with at_due(url, rulebook) as desk:
            return tuple(_filled(url, pattern, desk, sizes=sizes, due=due, rounds=rounds))


def _filled(
    url: str, pattern: Lived, desk: Office, *, sizes: Sequence[int], due: int, rounds: int
) -> Iterator[Line]:
    there = serial = 0
    for size in sizes:
        with psycopg.connect(url) as connection:
            add_waiting(connection, pattern, range(there, size))
            add_closed(connection, pattern, range(there, size))
        settle(url)
        idle, busy = [], []
        for _ in range(rounds):
            idle.append(_seconds(lambda: watching.sweep(desk)))
            with psycopg.connect(url) as connection:
                copy_due(connection, pattern, range(serial, serial + due))
            busy.append(_seconds(lambda: watching.sweep(desk)))
            serial += due
        there = size
        yield Line(size, size, due, median(idle), median(busy))


def _seconds(run: Callable[[], object]) -> float:
    begun = perf_counter()
    run()
    return perf_counter() - begun


def shown(lines: Sequence[Line]) -> str:
    """The table as a person reads it."""
    title = "En bevakning bredvid frister som inte har gått ut och ärenden som är avslutade"
    heads = ("väntande frister", "avslutade ärenden", "inget att göra, ms", "100 brutna, ms")
    rows = (
        (
            number(line.waiting),
            number(line.closed),
            number(line.idle * 1000, 2),
            number(line.busy * 1000 * 100 / line.due, 1),
        )
        for line in lines
    )
    return table(title, heads, rows)


def targets(lines: Sequence[Line]) -> tuple[Target, ...]:
    """The largest crowd against the smallest: it may not cost twice as much."""
    few, many = lines[0], lines[-1]
    name = f"{number(many.waiting)} väntande mot {number(few.waiting)}"
    return (
        Target(f"bevakning utan brott, {name}", 2, many.idle / max(few.idle, _LEAST), "gånger"),
        Target(f"bevakning med brott, {name}", 2, many.busy / max(few.busy, _LEAST), "gånger"),
    )

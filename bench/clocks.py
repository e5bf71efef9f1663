"""Due clocks: how many a second, how late, what a crowd costs, and how a start goes."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from bench import crowded
from bench.apscheduler_store import HubJobs, SmallJobs
from bench.at_once import at_once, caught_up
from bench.due import Contender, Line, best, measured
from bench.hub_sweep import HubSweep
from bench.procrastinate_jobs import Procrastinate
from bench.section import Section
from bench.server import Server, server
from bench.table import number, table
from bench.target import Target
from rules.engines.rulebook import LiveRules

HUB, SMALL, WHOLE = "hubben, ", "rad i två tabeller", "hubbens hela verkan"
OTHER = "procrastinate"


@dataclass(frozen=True, slots=True)
class Size:
    """How many are due, how many wait beside them, and how often all is done."""

    due: int = 4_000
    rounds: int = 3
    late: int = 10_000
    waiting: int = 100_000
    crowd: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    crowd_due: int = 100
    crowd_rounds: int = 5
    at_once: int = 100_000
    processes: tuple[int, ...] = (1, 2, 4)
    concurrency: tuple[int, ...] = (1, 5, 10, 20, 50)
    live: int = 100_000
    passed: int = 2_000


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything that was measured."""

    rounds: tuple[tuple[Line, ...], ...]
    late: tuple[Line, ...]
    crowd: tuple[crowded.Line, ...]
    once: Line
    start: float

    @property
    def handled(self) -> tuple[Line, ...]:
        """Of each contender its best round."""
        return tuple(best(lines, lines[0].name) for lines in zip(*self.rounds, strict=True))


def clocks(rulebook: LiveRules, size: Size) -> Section:
    """Everything on one server; each contender on a database of its own."""
    with server() as at:
        found = _Found(
            rounds=tuple(_round(at, rulebook, size) for _ in range(size.rounds)),
            late=_late(at, rulebook, size),
            crowd=crowded.crowded(
                at, rulebook, sizes=size.crowd, due=size.crowd_due, rounds=size.crowd_rounds
            ),
            once=at_once(at, rulebook, due=size.at_once, processes=size.processes[-1]),
            start=caught_up(at, rulebook, live=size.live, passed=size.passed),
        )
    start = Target(f"start med {number(size.live)} levande frister", 5, found.start, "s")
    return Section(
        _text(found, size),
        _kept(found),
        (*_ratios(found.rounds), *crowded.targets(found.crowd), start),
    )


def _text(found: _Found, size: Size) -> str:
    waiting = number(size.waiting)
    return "\n\n".join(
        (
            _shown(f"Frister som går ut samtidigt; det bästa av {size.rounds} varv", found.handled),
            _shown(f"Hur sena de blir när {waiting} andra väntar", found.late),
            crowded.shown(found.crowd),
            _shown("Alla på en gång; varje verkan räknad, funnen precis en gång", [found.once]),
        )
    )


def _kept(found: _Found) -> dict[str, object]:
    lines = (*found.handled, *found.late, found.once)
    return {
        "due_clocks": [asdict(it) | {"per_second": it.per_second} for it in lines],
        "crowded_sweeps": [asdict(it) for it in found.crowd],
        "caught_up_seconds": found.start,
    }


def _round(at: Server, rulebook: LiveRules, size: Size) -> tuple[Line, ...]:
    several = _contenders(rulebook, size)
    return tuple(measured(at, it, due=size.due, waiting=0) for it in several)


def _contenders(rulebook: LiveRules, size: Size) -> Iterator[Contender]:
    for processes in size.processes:
        yield HubSweep(rulebook, processes)
    yield SmallJobs(10)
    yield SmallJobs(20)
    yield HubJobs(10)
    for concurrency in size.concurrency:
        yield Procrastinate(concurrency)
    for processes in size.processes[1:]:
        yield Procrastinate(10, processes)


def _late(at: Server, rulebook: LiveRules, size: Size) -> tuple[Line, ...]:
    several: tuple[Contender, ...] = (
        HubSweep(rulebook, size.processes[-1]),
        SmallJobs(10),
        Procrastinate(10, size.processes[-1]),
    )
    return tuple(measured(at, it, due=size.late, waiting=size.waiting) for it in several)


def _ratios(rounds: Sequence[Sequence[Line]]) -> Iterator[Target]:
    """The fastest of each in every round, and the median of what they say."""
    for other, least, name in (
        (WHOLE, 20, "APScheduler, samma verkan"),
        (SMALL, 20, "APScheduler, som bara skriver två rader"),
        (OTHER, 1, "procrastinate, som bara skriver två rader"),
    ):
        found = [best(it, HUB).per_second / best(it, other).per_second for it in rounds]
        yield Target(f"frister per sekund mot {name}", least, median(found))


def _shown(title: str, lines: Sequence[Line]) -> str:
    heads = ("", "gått ut", "väntar", "per sekund", "sen p50 s", "sen p99 s")
    rows = (
        (
            line.name,
            number(line.due),
            number(line.waiting),
            number(line.per_second),
            number(line.p50, 2),
            number(line.p99, 2),
        )
        for line in lines
    )
    return table(title, heads, rows)

"""Registrations a second, end to end: facts, rules, journal, clocks, lists, access log, commit."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from adapters.clock import now
from adapters.database import migrate_database, program_engine
from adapters.embedded import EmbeddedServer
from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.work import postgres_work
from bench.concerns import Concern
from bench.desk import INTAKE, office
from bench.desk import child as child_of
from bench.timing import Measured, interleaved
from rules.concern import Channel, Report, ReportedChild, Reporter, ReporterKind
from rules.engines.rulebook import LiveRules
from workflows.ports import Office, UnitOfWork
from workflows.registering import register

MEMORY = "i minnet"
POSTGRES = "PostgreSQL, en i taget"
TOGETHER = "PostgreSQL, {} samtidigt"


@dataclass(frozen=True, slots=True)
class Line:
    """One way to keep what is registered, and how fast it goes."""

    name: str
    per_second: float
    p50: float | None = None
    p99: float | None = None


def compare(
    rulebook: LiveRules, concerns: Sequence[Concern], *, calls: int, rounds: int, threads: int
) -> tuple[Line, ...]:
    """The table; the embedded server runs in a folder of its own that is taken away after."""
    with _postgres() as work:
        kept = office(work, rulebook)
        store = MemoryStore()
        fleeting = office(lambda: MemoryUnitOfWork(store), rulebook)
        made, other = _reports(concerns), _reports(concerns)
        found = interleaved(
            {
                MEMORY: lambda _: register(fleeting, INTAKE, next(other)),
                POSTGRES: lambda _: register(kept, INTAKE, next(made)),
            },
            calls=calls,
            rounds=rounds,
        )
        lines = [_line(name, measured) for name, measured in found.items()]
        together = _together(kept, made, calls=calls * rounds, threads=threads)
    return (*lines, Line(TOGETHER.format(threads), together))


def _line(name: str, measured: Measured) -> Line:
    return Line(name, measured.per_second, measured.microseconds(50), measured.microseconds(99))


def _together(desk: Office, reports: Iterator[Report], *, calls: int, threads: int) -> float:
    """Several intake workers at once: how many registrations a second the whole takes."""
    batch = [next(reports) for _ in range(calls)]
    with ThreadPoolExecutor(threads) as pool:
        begun = perf_counter()
        for _ in pool.map(lambda report: register(desk, INTAKE, report), batch):
            pass
        return calls / (perf_counter() - begun)


@contextmanager
def _postgres() -> Iterator[Callable[[], UnitOfWork]]:
    with TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder) / "postgres", disposable=True)
        url = server.url()
        migrate_database(url)
        engine = program_engine(url)
        try:
            yield postgres_work(engine)
        finally:
            engine.dispose()
            server.close()


def _reports(concerns: Sequence[Concern]) -> Iterator[Report]:
    """A report a child that no other has; every fifth child comes back, as in life."""
    for number in count():
        concern = concerns[number % len(concerns)]
        made = child_of(number - 3 if number % 5 == 4 else number)
        kind = ReporterKind(str(concern.facts["anmalartyp"]))
        yield Report(
            received_at=now(),
            channel=Channel.PHONE,
            reporter=Reporter(kind=kind),
            text="En påhittad anmälan, för mätning.",
            children=(ReportedChild(child=made, answers=concern.answers),),
        )

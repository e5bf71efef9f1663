"""Registrations a second, end to end: facts, rules, journal, clocks, lists, access log, commit."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

from adapters.calendar import rest_day
from adapters.clock import now
from adapters.database import migrate_database, program_engine
from adapters.embedded import EmbeddedServer
from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.rulesfile import parse
from adapters.work import postgres_work
from bench.concerns import Concern
from bench.timing import Measured, interleaved
from rules.concern import Channel, Child, Protected, Report, ReportedChild, Reporter, ReporterKind
from rules.engines.rulebook import LiveRules
from rules.people import Actor, Role
from workflows.ports import Office, UnitOfWork
from workflows.registering import register
from workflows.rulecheck import report

INTAKE = Actor(id="bench", name="Bänk", roles=frozenset({Role.INTAKE}), unit="mottagning")
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
        kept = _office(work, rulebook)
        store = MemoryStore()
        fleeting = _office(lambda: MemoryUnitOfWork(store), rulebook)
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


def _together(office: Office, reports: Iterator[Report], *, calls: int, threads: int) -> float:
    """Several intake workers at once: how many registrations a second the whole takes."""
    batch = [next(reports) for _ in range(calls)]
    with ThreadPoolExecutor(threads) as pool:
        begun = perf_counter()
        for _ in pool.map(lambda report: register(office, INTAKE, report), batch):
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


def _office(work: Callable[[], UnitOfWork], rulebook: LiveRules) -> Office:
    return Office(
        uow=work,
        clock=now,
        rulebook=lambda: rulebook,
        rests=rest_day,
        new_id=lambda: str(uuid4()),
        read_rules=parse,
        proved=report,
        lowerings=lambda _old, _new: (),
    )


def _reports(concerns: Sequence[Concern]) -> Iterator[Report]:
    """A report a child that no other has; every fifth child comes back, as in life."""
    for number in count():
        concern = concerns[number % len(concerns)]
        child = _child(number - 3 if number % 5 == 4 else number)
        kind = ReporterKind(str(concern.facts["anmalartyp"]))
        yield Report(
            received_at=now(),
            channel=Channel.PHONE,
            reporter=Reporter(kind=kind),
            text="En påhittad anmälan, för mätning.",
            children=(ReportedChild(child=child, answers=concern.answers),),
        )


def _child(number: int) -> Child:
    """A made-up child with a number of the right form."""
    born = date(2008, 1, 1) + timedelta(days=number % 5000)
    nine = f"{born:%y%m%d}{number // 5000:03d}"
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(nine))
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    return Child(
        birth_date=born, personal_number=f"{born:%Y%m%d}-{nine[6:]}{check}", protected=Protected.NO
    )

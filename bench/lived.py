"""A case up to the moment before a deadline, lived through in memory, and what then follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from bench.desk import INTAKE, child, office
from rules.answer import Answer, Value
from rules.case import Case
from rules.concern import Channel, Report, ReportedChild, Reporter, ReporterKind
from rules.engines.rulebook import LiveRules
from rules.events import Event
from rules.fold import replay
from workflows import watching
from workflows.delivery_ports import Notice
from workflows.registering import register

DUE = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
_BEFORE = timedelta(hours=2)
_STEP = timedelta(minutes=15)
_ORANGE: Mapping[str, Answer] = {
    name: Answer(Value.YES, "polis") for name in ("utnyttjas_i_brott", "aldre_styr")
}


@dataclass(frozen=True, slots=True)
class Lived:
    """The case just before DUE, what it has put out, and what the sweep at DUE adds to both."""

    case: Case
    events: tuple[Event, ...]
    sent: tuple[Notice, ...]
    later: tuple[Event, ...]
    messages: int


@dataclass
class _Hands:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


def lived(rulebook: LiveRules) -> Lived:
    """An orange concern that nobody has classified: every warning is told, the deadline is near."""
    store, hands = MemoryStore(), _Hands(DUE - _BEFORE)
    desk = office(lambda: MemoryUnitOfWork(store), rulebook, clock=hands)
    (case,) = register(desk, INTAKE, _report(hands.now))
    while hands.now < DUE:
        watching.sweep(desk)
        hands.now += _STEP
    events, sent = store.journal[case.id], tuple(it.notice for it in store.notices)
    watching.sweep(desk)
    before = replay(case.id, events)
    assert before is not None
    later = store.journal[case.id][len(events) :]
    return Lived(before, events, sent, later, len(store.notices) - len(sent))


def _report(at: datetime) -> Report:
    return Report(
        received_at=at,
        channel=Channel.PHONE,
        reporter=Reporter(kind=ReporterKind.SCHOOL),
        text="En påhittad anmälan, för mätning.",
        children=(ReportedChild(child=child(0), answers=_ORANGE),),
    )

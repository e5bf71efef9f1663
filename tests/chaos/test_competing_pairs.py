"""Two who want the same case, one of them stopped at a named commit while the other goes on."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event, get_ident
from typing import Any

import pytest
from sqlalchemy import URL, text
from sqlalchemy.engine.default import DefaultDialect

from adapters.rulesfile import parse, read
from adapters.verification import verify
from rules.errors import Refusal
from rules.events import Classified
from rules.level import Level
from rules.statement import AnswerKind, DecisionKind, MapItem, Section
from rules.versions import LEAD
from tests.chaos.ledger import ledger_of
from tests.chaos.place import Place
from tests.chaos.points import AFTER, BEFORE, WHEN, point_now
from tests.people import BEA, EVERYONE, MIRA, MORNING, NORA, RUT, VIVI, Hands, account, report
from workflows import assessing, convening, deciding, meeting, registering, versions, watching
from workflows.rule_books import RuleBooks

Do = Callable[[Place, str], object]
_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
PATIENCE = 30
_POINT = MapItem(section=Section.RISKS, text="Våld.", source="skola")


@dataclass
class Stop:
    """Holds the one thread that meets a commit point, until it is let go."""

    point: str
    moment: str
    thread: int | None = None

    def __post_init__(self) -> None:
        self.there, self.go = Event(), Event()

    def meet(self, point: str | None, moment: str) -> None:
        if (point, moment) == (self.point, self.moment) and get_ident() == self.thread:
            self.there.set()
            assert self.go.wait(PATIENCE)


def stopping(stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = DefaultDialect.do_commit

    def watched(dialect: DefaultDialect, connection: Any) -> None:
        point = point_now()
        stop.meet(point, BEFORE)
        commit(dialect, connection)  # type: ignore[no-untyped-call]
        stop.meet(point, AFTER)

    monkeypatch.setattr(DefaultDialect, "do_commit", watched)


@dataclass(frozen=True)
class Pair:
    """`first` is stopped at its commit; `expected` are the outcomes before and after it."""

    name: str
    first: Do
    point: str
    second: Do
    before: tuple[str, str]
    after: tuple[str, str]
    readies: tuple[Do, ...] = ()


def _decide(who: Any, kind: DecisionKind) -> Do:
    return lambda it, case: deciding.decide(it.office, who, case, decision=kind, reasons="Skäl.")


def _protect(place: Place, case: str) -> None:
    assessing.assess_protection(place.office, MIRA, case, needed=False, reasons="Tryggt.")


def _level(place: Place, case: str) -> None:
    assessing.set_level(place.office, MIRA, case, level=Level.RED)


def _call(place: Place, case: str) -> None:
    convening.call_hub(place.office, MIRA, case, units=("barn",))


def _answer(place: Place, case: str) -> None:
    convening.answer(place.office, BEA, case, unit="barn", kind=AnswerKind.NOT_KNOWN)


def _hold(place: Place, case: str) -> None:
    at = place.clock.now
    meeting.hold(
        place.office,
        MIRA,
        case,
        started_at=at - timedelta(minutes=30),
        ended_at=at - timedelta(minutes=1),
        present=("Mira",),
        present_units=("barn",),
    )


def _meet(place: Place, case: str) -> None:
    place.clock.forward(days=1)
    _hold(place, case)


def _mapped(place: Place, case: str) -> None:
    meeting.make_mapping(place.office, MIRA, case, items=(_POINT,))
    meeting.make_assessment(place.office, MIRA, case, level=Level.RED, reasons="Våld.")


def _later(place: Place, _case: str) -> None:
    place.clock.forward(days=1)


def _sweep(place: Place, _case: str) -> None:
    watching.sweep(place.office)


def _classify(place: Place, case: str) -> None:
    assessing.answer_questions(place.office, MIRA, case, answers=report().children[0].answers)


TEXT = read()
NEWER = TEXT.replace('version: "2026.1"', 'version: "2026.8"')


def _rules(place: Place, _case: str) -> None:
    RuleBooks(place.office.uow).install(parse(TEXT).version, TEXT, at=MORNING - timedelta(days=1))
    versions.propose(place.office, RUT, text=NEWER)


def _switch(place: Place, _case: str) -> None:
    name, base = parse(NEWER).version, parse(TEXT).version
    at = place.clock.now + 2 * LEAD
    versions.approve(place.office, VIVI, name, effective_at=at, base=base)


STEP = "workflows.movement.step"
DONE, TOLD = "done", "told"
CALLED = (_protect, _level, _call)
PAIRS = (
    Pair(
        "two decisions",
        _decide(MIRA, DecisionKind.OPEN), STEP, _decide(NORA, DecisionKind.OPEN),
        before=(DONE, TOLD), after=(DONE, TOLD), readies=(*CALLED, _meet, _mapped),
    ),
    Pair(
        "sweep against decision",
        _sweep, "workflows.watching.sweep_some", _decide(MIRA, DecisionKind.OPEN),
        before=(DONE, TOLD), after=(DONE, DONE), readies=(*CALLED, _meet, _mapped, _later),
    ),
    Pair(
        "decision against sweep",
        _decide(MIRA, DecisionKind.OPEN), STEP, _sweep,
        before=(DONE, DONE), after=(DONE, DONE), readies=(*CALLED, _meet, _mapped, _later),
    ),
    Pair(
        "answer against meeting",
        _answer, STEP, _hold, before=(DONE, TOLD), after=(DONE, DONE), readies=(*CALLED, _later),
    ),
    Pair(
        "meeting against answer",
        _hold, STEP, _answer, before=(DONE, TOLD), after=(DONE, DONE), readies=(*CALLED, _later),
    ),
    Pair(
        "rules switch against classification",
        _switch, "workflows.versions.approve", _classify,
        before=(DONE, DONE), after=(DONE, DONE), readies=(_rules,),
    ),
)  # fmt: skip


@pytest.fixture
def place(postgres_database: URL, tmp_path: Path) -> Iterator[Place]:
    found = Place(postgres_database, tmp_path, Hands(MORNING))
    with found.office.uow() as work:
        for person in EVERYONE:
            work.people.add(account(person))
        work.commit()
    yield found
    found.engine.dispose()


def outcome(do: Do, place: Place, case: str) -> str:
    try:
        do(place, case)
    except Refusal:
        return TOLD
    return DONE


@pytest.mark.parametrize("moment", WHEN)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name.replace(" ", "-"))
def test_of_two_at_once_each_is_done_whole_or_told_why_not(
    place: Place, pair: Pair, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case,) = registering.register(place.office, MIRA, report())
    for ready in pair.readies:
        ready(place, case.id)
    stop = Stop(pair.point, moment)
    stopping(stop, monkeypatch)

    def first() -> str:
        stop.thread = get_ident()
        return outcome(pair.first, place, case.id)

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(first)
        assert stop.there.wait(PATIENCE)
        other = pool.submit(outcome, pair.second, place, case.id)
        _until_waiting_or_done(place, other)
        stop.go.set()
        found = (one.result(PATIENCE), other.result(PATIENCE))

    assert found == (pair.before if moment == BEFORE else pair.after)
    ledger = ledger_of(place.engine)
    assert ledger.twice == ledger.unkept == []
    assert verify(place.engine) == []
    assert all(it.classification.rules_version for it in _classified(place, case.id))


def _until_waiting_or_done(place: Place, other: Future[str]) -> None:
    with place.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not other.done() and not connection.scalar(_WAITING):
            pass


def _classified(place: Place, case_id: str) -> list[Classified]:
    with place.office.uow() as work:
        return [it for it in work.journal.read(case_id) if isinstance(it, Classified)]

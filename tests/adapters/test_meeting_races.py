"""Two conveners at once, one of them stopped at a named point: never the same room, never the same
unit twice, never one case called twice. In memory and on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Event
from types import TracebackType
from typing import Any, Self

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from rules.case import Case
from rules.convening import AlreadyCalled
from rules.errors import ChangedMeanwhile
from rules.fold import replay
from tests.people import EVERYONE, MIRA, MORNING, NORA, World, account, report
from tests.stores import WorkFactory
from workflows import convening, meetings
from workflows.ports import Office, UnitOfWork
from workflows.registering import register

PATIENCE = 20
# The journal is read first; the second time somebody asks for it they write.
WRITES = 2


@dataclass
class Stop:
    """A point at which one transaction waits until the test lets it go on."""

    reached: Event = field(default_factory=Event)
    go: Event = field(default_factory=Event)

    def __call__(self) -> None:
        self.reached.set()
        assert self.go.wait(PATIENCE)


class Stopping:
    """A unit of work that stops: `looked` after the diary is read, `kept` before the commit."""

    def __init__(self, work: UnitOfWork, point: str, stop: Stop) -> None:
        self._work, self._point, self._stop = work, point, stop
        self._asked = 0

    def __getattr__(self, name: str) -> Any:
        self._asked += name == "journal"
        if name == "journal" and self._asked == WRITES and self._point == "looked":
            self._stop()
        return getattr(self._work, name)

    def __enter__(self) -> Self:
        self._work.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._work.__exit__(kind, error, trace)

    def commit(self) -> None:
        if self._point == "kept":
            self._stop()
        self._work.commit()


@dataclass
class Hub:
    """An office on a store, with two cases that can be called."""

    office: Office
    cases: list[str]

    def stopping(self, point: str, stop: Stop) -> Office:
        factory = self.office.uow
        return replace(self.office, uow=lambda: Stopping(factory(), point, stop))

    def case(self, case_id: str) -> Case:
        with self.office.uow() as work:
            found = replay(case_id, work.journal.read(case_id))
        assert found is not None
        return found


@pytest.fixture(name="hub")
def of_two_cases(store_factory: WorkFactory) -> Hub:
    office = replace(World().office, uow=store_factory)
    with office.uow() as work:
        for person in EVERYONE:
            work.people.add(account(person))
        work.commit()
    return Hub(office, [register(office, MIRA, report())[0].id for _ in range(2)])


def called(office: Office, case_id: str, *units: str) -> Case:
    return convening.call_hub(office, MIRA, case_id, units=units)


def meanwhile(
    hub: Hub, first: Callable[[Office], Case], second: Callable[[Office], Case], point: str
) -> tuple[Future[Case], Future[Case]]:
    """`second` begins when `first` has come to the point, which then goes on."""
    stop = Stop()
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(first, hub.stopping(point, stop))
        assert stop.reached.wait(PATIENCE)
        two = pool.submit(second, hub.office)
        with pytest.raises(TimeoutError):
            two.result(timeout=0.3)
        stop.go.set()
    return one, two


@pytest.mark.parametrize("point", ["looked", "kept"])
def test_two_cases_called_at_once_never_meet_in_the_same_room(hub: Hub, point: str) -> None:
    first, second = hub.cases
    one, two = meanwhile(
        hub,
        lambda office: called(office, first, "barn"),
        lambda office: called(office, second, "ungdom"),
        point,
    )

    calls = [it.result().call for it in (one, two)]
    assert [call.room for call in calls if call] == ["rum-1", "rum-2"]
    assert len({call.starts_at for call in calls if call}) == 1


def test_two_cases_called_at_once_never_take_the_same_representative(hub: Hub) -> None:
    first, second = hub.cases
    one, two = meanwhile(
        hub,
        lambda office: called(office, first, "barn"),
        lambda office: called(office, second, "barn"),
        "kept",
    )

    former, latter = one.result().call, two.result().call
    assert former is not None
    assert latter is not None
    assert latter.ends_at <= former.starts_at or former.ends_at <= latter.starts_at


@pytest.mark.parametrize("point", ["looked", "kept"])
def test_of_two_who_call_the_same_case_one_is_told_that_it_has_changed(
    hub: Hub, point: str
) -> None:
    case_id = hub.cases[0]
    one, two = meanwhile(
        hub,
        lambda office: called(office, case_id, "barn"),
        lambda office: convening.call_hub(office, NORA, case_id, units=("ungdom",)),
        point,
    )

    assert set(one.result().units) == {"barn"}
    with pytest.raises((ChangedMeanwhile, AlreadyCalled)):
        two.result()
    assert set(hub.case(case_id).units) == {"barn"}


def test_a_call_and_a_move_at_once_do_not_end_in_the_same_room(hub: Hub) -> None:
    first, second = hub.cases
    called(hub.office, first, "barn")
    at = MORNING + timedelta(hours=3)

    one, two = meanwhile(
        hub,
        lambda office: meetings.move(office, MIRA, first, starts_at=at, reason="Sen."),
        lambda office: convening.call_hub(office, MIRA, second, units=("ungdom",), starts_at=at),
        "kept",
    )

    assert {it.result().call.room for it in (one, two)} == {"rum-1", "rum-2"}  # type: ignore[union-attr]


def test_even_a_program_that_does_not_look_is_refused_by_the_database(
    postgres_engine: Engine, owner: Engine
) -> None:
    """The promise does not hang on one lock: the database itself knows of rooms and times."""
    with owner.begin() as connection:
        for number in ("1", "2", "3"):
            connection.execute(text(CASE), {"id": number, "number": number})
        connection.execute(text(MEET), {"id": "1", "room": "rum-1", "start": 0})
        connection.execute(text(MEET), {"id": "2", "room": "rum-1", "start": 30})
        connection.execute(text(MEET), {"id": "3", "room": "rum-2", "start": 15})
        connection.execute(text(MEET), {"id": "3", "room": "", "start": 15})
    for start in (1, 15, 29, 30, 59):
        with (
            pytest.raises(IntegrityError, match="ex_cases_one_meeting_in_a_room"),
            owner.begin() as connection,
        ):
            connection.execute(text(MEET), {"id": "3", "room": "rum-1", "start": start})
    with owner.begin() as connection:
        connection.execute(text("UPDATE cases SET decided_at = registered_at WHERE case_id = '2'"))
        connection.execute(text(MEET), {"id": "3", "room": "rum-1", "start": 30})


CASE = """
INSERT INTO cases (case_id, number, version, report_id, received_at, registered_at, channel,
    reporter_kind, title, protected, level, level_confirmed, raise_proposed, lowering_proposed,
    phase)
VALUES (:id, :number, 1, :id, '2026-03-10 08:00Z', '2026-03-10 08:00Z', '', '', '', true, 'röd',
    false, false, false, '')
"""
MEET = """
UPDATE cases SET meeting_room = :room,
    meeting_at = timestamptz '2026-03-10 10:00Z' + make_interval(mins => :start),
    meeting_ends_at = timestamptz '2026-03-10 10:30Z' + make_interval(mins => :start)
WHERE case_id = :id
"""

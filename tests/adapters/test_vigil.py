"""The watchdog on PostgreSQL: what somebody has broken by hand in the tables is found in SQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from adapters.signing import derived
from adapters.work import postgres_work
from tests.adapters import saga
from tests.people import GREEN, MIRA, RED, Hands, office, report, rules
from tests.stores import WorkFactory
from workflows import outages, promises, statements, watching
from workflows.daily_statement import Head
from workflows.ports import Office
from workflows.promises import Own
from workflows.registering import register
from workflows.statement_ports import AlreadyStated
from workflows.vigil_ports import Finding, Kind, Missed, Outage

SEAL = derived("ett långt och slumpat prov av en hemlighet")
MORNING = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)


@pytest.fixture(name="clock")
def a_clock() -> Hands:
    return Hands(MORNING)


@pytest.fixture(name="there")
def an_office(postgres_engine: Engine, clock: Hands) -> Office:
    """A worker lives, and there are an urgent case and one that is not."""
    made = office(postgres_work(postgres_engine), clock, lambda: str(uuid4()), rules())
    outages.beat(made, "hub-1")
    for answers in (RED, GREEN):
        register(made, MIRA, report(answers=answers, received_at=clock.now))
    return made


def kinds(there: Office) -> dict[Kind, int]:
    return {it.kind: it.count for it in promises.examine(there, Own(place="hub-1"))}


def break_by_hand(owner: Engine, *statements_: str) -> None:
    with owner.begin() as connection:
        for statement in statements_:
            connection.execute(text(statement))


def test_nothing_is_found_where_nothing_is_broken(there: Office) -> None:
    assert kinds(there) == {}


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        ("DELETE FROM clocks", {Kind.UNPROMISED}),
        ("DELETE FROM alarms WHERE step = 'frist'", {Kind.UNTOLD, Kind.UNPROMISED}),
        ("DELETE FROM alarms", {Kind.UNTOLD, Kind.UNPROMISED}),
        ("UPDATE alarms SET at = at + interval '9 years'", {Kind.UNTOLD, Kind.UNPROMISED}),
        ("UPDATE clocks SET stopped_at = due_at", {Kind.UNPROMISED}),
        ("UPDATE clocks SET passed_at = due_at, owner = ''", {Kind.UNPROMISED}),
        ("UPDATE clocks SET passed_at = due_at, owner = NULL", {Kind.UNPROMISED}),
        ("UPDATE clocks SET passed_at = due_at, owner = 'mottagning'", set()),
        ("UPDATE cases SET closed_at = received_at; DELETE FROM clocks", set()),
    ],
)
def test_what_is_broken_by_hand_is_found(
    there: Office, owner: Engine, broken: str, found: set[Kind]
) -> None:
    break_by_hand(owner, *broken.split("; "))

    assert set(kinds(there)) == found


def test_a_sweep_that_has_stopped_is_found_by_what_it_has_left_undone(
    there: Office, clock: Hands
) -> None:
    clock.forward(hours=3)
    outages.beat(there, "hub-1")
    assert set(kinds(there)) >= {Kind.UNRECORDED, Kind.LATE_ALARM}

    watching.sweep(there)

    assert not set(kinds(there)) & {Kind.UNRECORDED, Kind.LATE_ALARM}


def test_workers_that_begin_at_once_after_an_outage_make_one_list(
    there: Office, clock: Hands
) -> None:
    clock.forward(days=1)
    ready = Barrier(4)

    def begin(name: str) -> Outage | None:
        ready.wait()
        return outages.beat(there, name)

    with ThreadPoolExecutor(4) as pool:
        found = [it for it in pool.map(begin, ["a", "b", "c", "d"]) if it]

    assert len(found) == 1
    assert len(found[0].passed) > 1
    with there.uow() as work:
        assert work.vigil.outages(9) == tuple(found)
        letters = [it.notice.key for it in work.outbox.recent(100) if "avbrott" in it.notice.key]
    assert len(letters) == 2


def test_workers_that_find_the_same_thing_at_once_keep_and_mail_it_once(
    there: Office, owner: Engine
) -> None:
    break_by_hand(owner, "DELETE FROM alarms")
    ready = Barrier(4)

    def look(name: str) -> int:
        ready.wait()
        return len(promises.watch(there, Own(place=name)).began)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(look, ["a", "b", "c", "d"])) == [0, 0, 0, 2]
    assert len(promises.kept(there)) == 2


def test_workers_that_make_the_statement_at_once_make_one(there: Office, clock: Hands) -> None:
    clock.forward(hours=1)
    ready = Barrier(4)

    def make(_name: str) -> bool:
        ready.wait()
        return statements.make(there, SEAL, skew=timedelta()) is not None

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(make, ["a", "b", "c", "d"])) == [False, False, False, True]
    checked = statements.check(there, SEAL)
    assert len(checked.kept) == 1
    assert checked.faults == ()


CHANGES = (
    "UPDATE statements SET text = replace(text, 'open', 'oppet')",
    "UPDATE statements SET hash = repeat('0', 64) WHERE number = 1",
    "UPDATE statements SET signature = repeat('0', 128) WHERE number = 2",
    "UPDATE statements SET day = day - 40 WHERE number = 1",
    "DELETE FROM statements WHERE number = 1",
    "UPDATE statements SET number = 9 WHERE number = 1",
    "UPDATE journal SET hash = repeat('0', 64) WHERE position = 1",
    "DELETE FROM journal WHERE position = 2",
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_an_owner_does_behind_the_guard_is_found_by_the_chain(
    there: Office, owner: Engine, clock: Hands, change: str
) -> None:
    for hours in (1, 24):
        clock.forward(hours=hours)
        assert statements.make(there, SEAL, skew=timedelta())
    assert statements.check(there, SEAL).faults == ()

    break_by_hand(owner, "SET session_replication_role = replica", *_unguarded(change))

    assert statements.check(there, SEAL).faults


def _unguarded(change: str) -> Iterator[str]:
    for table in ("statements", "journal"):
        yield f"ALTER TABLE {table} DISABLE TRIGGER {table}_is_append_only"
    yield from change.split("; ")


def test_a_statement_tells_only_of_events_that_nothing_can_come_before(
    there: Office, postgres_engine: Engine
) -> None:
    factory = postgres_work(postgres_engine)
    with factory() as slow:
        slow.journal.append("slow", [saga.registered()], expected=0)
        with factory() as quick:
            quick.journal.append("quick", [saga.registered(number="MH-2026-09002")], expected=0)
            quick.commit()

        with factory() as work:
            assert work.statements.settled() is None
        slow.commit()

    with factory() as work:
        last = work.statements.settled()
        assert last is not None
        assert work.statements.head(Head(), last).position == last


# The same on both stores.


def test_a_finding_is_kept_until_it_is_cleared(store_factory: WorkFactory) -> None:
    finding = Finding(kind=Kind.SKEW, since=MORNING, place="hub-1")
    with store_factory() as work:
        number = work.vigil.begin(finding, MORNING)
        work.vigil.see([(number, replace(finding, count=4))], MORNING + timedelta(minutes=1))
        work.commit()

    with store_factory() as work:
        (kept,) = work.vigil.open_findings()
        assert kept.finding == replace(finding, count=4)
        assert (kept.first_seen, kept.last_seen) == (MORNING, MORNING + timedelta(minutes=1))
        work.vigil.clear(number, MORNING + timedelta(minutes=5))
        assert work.vigil.open_findings() == ()
        assert work.vigil.begin(finding, MORNING + timedelta(minutes=6)) > number
        recent = work.vigil.recent_findings(10)
    assert [it.cleared_at for it in recent] == [None, MORNING + timedelta(minutes=5)]


def test_of_a_finding_it_is_kept_how_many_have_been_told_of(store_factory: WorkFactory) -> None:
    finding = Finding(kind=Kind.DEAD_LETTER, since=MORNING, count=3)
    later = MORNING + timedelta(minutes=20)

    with store_factory() as work:
        number = work.vigil.begin(finding, MORNING)
        told = []
        for count in (5, 2, 4):
            work.vigil.see([(number, replace(finding, count=count))], later)
            told += [(it.told, it.told_at) for it in work.vigil.open_findings()]
        work.vigil.tell(number, 4, later)
        told += [(it.told, it.told_at) for it in work.vigil.open_findings()]

    assert told == [(3, MORNING), (2, MORNING), (2, MORNING), (4, later)]


def test_an_outage_is_kept_with_its_deadlines_in_order(store_factory: WorkFactory) -> None:
    missed = [
        Missed("a", "k", "MH-2026-00001", "Hantering", MORNING),
        Missed("b", "k", "MH-2026-00002", "Hantering", MORNING + timedelta(minutes=1)),
    ]
    first = Outage(MORNING, MORNING + timedelta(hours=1), tuple(missed))
    second = Outage(MORNING + timedelta(hours=2), MORNING + timedelta(hours=3))
    with store_factory() as work:
        work.vigil.add_outage(first, found_by="hub-1")
        work.vigil.add_outage(second, found_by="hub-2")
        work.commit()

    with store_factory() as work:
        assert work.vigil.outages(5) == (second, first)
        assert work.vigil.outages(1) == (second,)


def test_both_stores_say_the_same_of_the_same_cases(store_factory: WorkFactory) -> None:
    clock = Hands(MORNING)
    ids = iter(range(1000))
    there = office(
        store_factory, clock, lambda: f"00000000-0000-4000-8000-{next(ids):012d}", rules()
    )
    for answers in (RED, GREEN):
        register(there, MIRA, report(answers=answers, received_at=clock.now))
    clock.forward(minutes=35)
    watching.sweep(there)
    clock.forward(hours=30)

    with there.uow() as work:
        proof = work.vigil.proof(clock.now)
        figures = work.statements.figures(clock.now)
        missed = work.vigil.passed(MORNING, clock.now)
        newest = work.vigil.newest_event()

    assert (proof.unpromised, proof.untold) == ((), 0)
    assert (figures.open, figures.with_clock, figures.with_breach) == (2, 2, 0)
    assert figures.breaches_open == figures.breaches_unexplained == proof.breached > 0
    assert figures.oldest_alarm == proof.oldest_alarm is not None
    assert proof.unrecorded == len(missed) - proof.breached
    assert [it.due_at for it in missed] == sorted(it.due_at for it in missed)
    assert newest == MORNING + timedelta(minutes=35)


def test_of_a_clock_that_rests_it_is_the_end_of_the_rest_that_passes(
    store_factory: WorkFactory,
) -> None:
    until = saga.after(hours=20)
    with store_factory() as work:
        saga.keep(work, "a", saga.registered(), saga.clock(), saga.suspended(until))
        over = saga.suspended(until, "klassning")
        gone = (saga.clock("klassning"), over, saga.stopped("klassning", at=saga.after(hours=13)))
        saga.keep(work, "b", saga.registered("2026-0002"), *gone)
        work.commit()

    with store_factory() as work:
        early = work.vigil.passed(saga.after(hours=2), until - timedelta(seconds=1))
        found = work.vigil.passed(saga.after(hours=2), until)
    assert early == ()
    assert [(it.case_id, it.name, it.due_at) for it in found] == [("a", "Hantering (vila)", until)]


def test_a_day_has_one_statement_and_the_days_go_on(store_factory: WorkFactory) -> None:
    clock = Hands(MORNING + timedelta(hours=1))
    there = office(store_factory, clock, lambda: str(uuid4()), rules())
    first = statements.make(there, SEAL, skew=timedelta())
    assert first is not None
    with there.uow() as work, pytest.raises(AlreadyStated):
        work.statements.add(replace(first, number=2, hash="x"))
    with there.uow() as work, pytest.raises(AlreadyStated):
        work.statements.add(replace(first, day=date(2026, 3, 11), hash="x"))
    clock.forward(days=1)
    second = statements.make(there, SEAL, skew=timedelta())

    with there.uow() as work:
        assert work.statements.every() == (first, second)
        assert work.statements.newest() == second
        assert work.statements.of_day(DAY) == first
        assert work.statements.of_day(DAY - timedelta(days=1)) is None
    assert statements.check(there, SEAL).faults == ()
    assert first.statement.made_at == clock.now - timedelta(days=1)

"""A whole demo, played on both stores: they end up saying the same, and verify has no fault."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from adapters.memory import MemoryUnitOfWork
from adapters.passwords import cheap_passwords
from adapters.post import RecordedPost
from adapters.rebuilding import rebuild
from adapters.rulesedit import rewrite
from adapters.rulesfile import read
from adapters.verification import verify
from adapters.work import postgres_work
from hub.demo import loading
from tests.people import World
from tests.stores import WorkFactory
from workflows.delivery_ports import Delivery
from workflows.ports import Access, Scope, UnitOfWork
from workflows.rows import CaseRow
from workflows.rule_books import RuleBooks

NOW = datetime(2026, 3, 10, 9, 20, tzinfo=UTC)
SCOPES = (
    Scope(everything=True),
    Scope(everything=True, include_closed=True),
    Scope(unit="barn"),
    Scope(unit="barn", include_closed=True),
    Scope(receiving_unit="utredning", include_closed=True),
    Scope(unclaimed_in="utredning", include_closed=True),
)


def played(factory: WorkFactory | None = None) -> WorkFactory:
    """The demo up to one moment, on the store of `factory`, or on one in memory."""
    world = World()
    world.clock.now = NOW
    chosen = factory or (lambda: MemoryUnitOfWork(world.store))
    office = replace(world.office, uow=chosen)
    RuleBooks(chosen).install(world.rulebook.version, read(), at=NOW - timedelta(days=1))
    loading.load(office, RecordedPost(world.clock, keep=1000), cheap_passwords(), rewrite=rewrite)
    return chosen


def lists(work: UnitOfWork) -> list[tuple[CaseRow, ...]]:
    return [work.lists.cases(scope) for scope in SCOPES]


def letters(work: UnitOfWork) -> list[Delivery]:
    """Without the number, which the store gives as it likes."""
    return [replace(delivery, id=0) for delivery in work.outbox.recent(10_000)]


def log(work: UnitOfWork) -> tuple[Access, ...]:
    return work.access.recent(10_000)


@pytest.mark.timeout(300)
def test_the_whole_demo_is_the_same_in_memory_and_on_postgresql(postgres_engine: Engine) -> None:
    postgres, memory = played(postgres_work(postgres_engine)), played()

    with postgres() as real, memory() as twin:
        assert lists(real) == lists(twin)
        ids = [row.case_id for row in lists(twin)[1]]
        assert len(ids) > 10
        assert [real.journal.read(case) for case in ids] == [
            twin.journal.read(case) for case in ids
        ]
        assert real.lists.clocks(ids) == twin.lists.clocks(ids)
        assert real.lists.units(ids) == twin.lists.units(ids)
        assert letters(real) == letters(twin)
        assert log(real) == log(twin)
        everyone = [replace(account, password="") for account in twin.people.everyone()]
        assert [replace(account, password="") for account in real.people.everyone()] == everyone
        before = lists(real)

    assert verify(postgres_engine) == []
    assert rebuild(postgres_engine).damaged == ()
    with postgres() as real:
        assert lists(real) == before

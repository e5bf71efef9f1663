"""Two reports at once about the same child: one of them sees the other, and neither waits long."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest
from sqlalchemy import Engine

from adapters.verification import verify
from adapters.work import postgres_work
from rules.case import Case
from rules.concern import Child, Report
from tests.people import ELLIOT, MIRA, World, office, report, reported
from tests.stores import WorkFactory
from workflows.ports import Office, StoreUnavailable
from workflows.registering import register

SISTER = Child(name="Alma", personal_number="20120517-2388")


def at_once(one: Office, *reports: Report) -> list[Case]:
    start = Barrier(len(reports))

    def come(sent: Report) -> tuple[Case, ...]:
        start.wait(timeout=30)
        return register(one, MIRA, sent)

    with ThreadPoolExecutor(len(reports)) as pool:
        return [case for cases in pool.map(come, reports) for case in cases]


def relations(cases: list[Case]) -> list[set[tuple[str, str]]]:
    return sorted(
        ({(it.case_id, it.relation) for it in case.registered.related} for case in cases), key=len
    )


@pytest.fixture
def desk(postgres_engine: Engine) -> Office:
    world = World()
    return office(postgres_work(postgres_engine), world.clock, world.ids, world.rulebook)


def test_of_two_reports_at_once_about_a_child_one_sees_the_other(
    desk: Office, postgres_engine: Engine
) -> None:
    cases = at_once(desk, report(reported(ELLIOT)), report(reported(ELLIOT)))

    ids = {case.id for case in cases}
    assert [len(found) for found in relations(cases)] == [0, 1]
    ((seen, how),) = relations(cases)[1]
    assert seen in ids
    assert how == "samma barn"
    assert verify(postgres_engine) == []


def test_two_reports_about_the_same_two_children_in_other_orders_both_come_in(
    desk: Office, postgres_engine: Engine
) -> None:
    both, turned = (reported(ELLIOT), reported(SISTER)), (reported(SISTER), reported(ELLIOT))
    for _ in range(5):
        assert len(at_once(desk, report(*both), report(*turned))) == 4
    assert verify(postgres_engine) == []


def test_a_child_is_held_until_the_transaction_ends(store_factory: WorkFactory) -> None:
    with store_factory() as one, ExitStack() as stack:
        one.lists.hold_children(["a", "b"])
        other = stack.enter_context(store_factory())
        other.lists.hold_children(["c"])
        with pytest.raises(StoreUnavailable):
            other.lists.hold_children(["b"])
    with store_factory() as work:
        work.lists.hold_children(["b", "b"])

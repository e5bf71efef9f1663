"""The breach ledger and what falls due overnight, in memory and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from rules.level import Level
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.ledger_ports import BreachCount, BreachScope
from workflows.ports import UnitOfWork

ALL = BreachScope()


def kept(work: UnitOfWork, case_id: str, *events: object) -> None:
    saga.keep(work, case_id, saga.registered(f"2026-{case_id}"), *events)  # type: ignore[arg-type]


def of(work: UnitOfWork, scope: BreachScope) -> list[str]:
    return [row.clock.case_id for row in work.lists.breaches(scope, limit=100)]


def filled(store_factory: WorkFactory) -> None:
    """Two that wait, of which one is closed, two that are explained, and one never breached."""
    early, late = saga.after(hours=8), saga.after(hours=11)
    first = replace(saga.explained(), at=saga.after(hours=15), cause="annat")
    with store_factory() as work:
        kept(work, "waits", saga.clock(due=late), saga.passed(owner="barn"))
        kept(work, "shut", saga.clock(due=early), saga.passed(), saga.stopped(), saga.closed())
        kept(work, "told", saga.clock(), saga.passed(), saga.explained())
        kept(work, "told-later", saga.clock(), saga.passed(owner="barn"), first)
        kept(work, "calm", saga.clock())
        work.commit()


def test_those_that_wait_come_first_the_oldest_before_all_then_the_latest_explained(
    store_factory: WorkFactory,
) -> None:
    filled(store_factory)

    with store_factory() as work:
        assert of(work, ALL) == ["shut", "waits", "told-later", "told"]
        (shut, *_) = work.lists.breaches(ALL, limit=1)
        assert (shut.number, shut.level) == ("2026-shut", "röd")
        assert shut.closed_at == saga.closed().at
        assert shut.clock.owner == "mottagning"


def test_a_page_of_the_ledger_goes_on_where_the_one_before_ended(
    store_factory: WorkFactory,
) -> None:
    filled(store_factory)

    with store_factory() as work:
        pages = [work.lists.breaches(ALL, limit=1, offset=number) for number in range(5)]

    assert [row.clock.case_id for page in pages for row in page] == [
        "shut", "waits", "told-later", "told",
    ]  # fmt: skip


def test_a_ledger_shows_only_what_was_asked_for(store_factory: WorkFactory) -> None:
    filled(store_factory)
    noon = saga.after(hours=12)

    with store_factory() as work:
        assert of(work, BreachScope(owner="barn")) == ["waits", "told-later"]
        assert of(work, BreachScope(cause="resurs")) == ["told"]
        assert of(work, BreachScope(explained=True)) == ["told-later", "told"]
        assert of(work, BreachScope(explained=False)) == ["shut", "waits"]
        assert of(work, BreachScope(since=noon)) == ["told-later", "told"]
        assert of(work, BreachScope(before=noon)) == ["shut", "waits"]
        assert of(work, BreachScope(owner="vuxen")) == []


def test_breaches_are_counted_by_unit_and_cause(store_factory: WorkFactory) -> None:
    filled(store_factory)

    with store_factory() as work:
        assert work.lists.breach_counts(ALL) == (
            BreachCount(owner="barn", cause=None, count=1),
            BreachCount(owner="barn", cause="annat", count=1),
            BreachCount(owner="mottagning", cause=None, count=1),
            BreachCount(owner="mottagning", cause="resurs", count=1),
        )
        assert work.lists.breach_counts(BreachScope(owner="barn", explained=False)) == (
            BreachCount(owner="barn", cause=None, count=1),
        )


def test_what_falls_due_overnight_comes_by_level_and_then_by_time(
    store_factory: WorkFactory,
) -> None:
    """Also a breach without an explanation, and a case that is closed while its clock runs on."""
    opening = saga.after(hours=20)
    soon, sooner, later = (opening - timedelta(hours=it) for it in (1, 2, -1))
    with store_factory() as work:
        kept(work, "grön", saga.classified(Level.GREEN), saga.clock(due=sooner))
        kept(work, "röd", saga.classified(Level.RED), saga.clock(due=soon))
        kept(work, "röd-bruten", saga.classified(Level.RED), saga.clock(), saga.passed())
        kept(work, "orange", saga.classified(Level.ORANGE), saga.clock(due=soon), saga.closed())
        kept(work, "förklarad", saga.clock(), saga.passed(), saga.explained())
        kept(work, "avslutad", saga.clock(), saga.passed(), saga.closed())
        kept(work, "vilar", saga.clock(due=soon), saga.suspended(later))
        kept(work, "vilat", saga.classified(Level.GREEN), saga.clock(), saga.suspended(soon))
        kept(work, "senare", saga.classified(Level.RED), saga.clock(due=later))
        kept(work, "precis", saga.classified(Level.RED), saga.clock(due=opening))
        kept(work, "klar", saga.classified(Level.RED), saga.clock(due=soon), saga.stopped())
        work.commit()

    with store_factory() as work:
        found = [row.case_id for row in work.lists.due_before(opening)]

    assert found == ["röd-bruten", "röd", "orange", "grön", "vilat"]

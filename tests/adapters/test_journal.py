"""What every journal promises, in memory and on PostgreSQL."""

import pytest

from rules.errors import ChangedMeanwhile
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.ports import Addition, Scope


def test_a_case_that_does_not_exist_has_no_events(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        assert work.journal.read("a") == ()
        assert work.lists.row("a") is None


def test_events_are_read_as_they_were_written_and_in_order(store_factory: WorkFactory) -> None:
    first, then = saga.registered(), (saga.classified(), saga.clock())
    with store_factory() as work:
        work.journal.append("a", [first], expected=0)
        work.commit()
    with store_factory() as work:
        work.journal.append("a", then, expected=1)
        work.commit()

    with store_factory() as work:
        assert work.journal.read("a") == (first, *then)


def test_one_sees_what_one_has_written_before_it_is_committed(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.journal.append("a", [saga.registered()], expected=0)

        assert len(work.journal.read("a")) == 1
        assert work.lists.row("a") is not None


def test_nobody_else_sees_what_is_not_committed(store_factory: WorkFactory) -> None:
    with store_factory() as work, store_factory() as other:
        work.journal.append("a", [saga.registered()], expected=0)

        assert other.journal.read("a") == ()
        assert other.lists.row("a") is None


def test_leaving_without_commit_undoes_everything(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.journal.append("a", [saga.registered(), saga.clock()], expected=0)
        work.outbox.put([saga.notice()])
        work.access.record(saga.access("a"))
        work.people.add(saga.account())

    with store_factory() as work:
        assert work.journal.read("a") == ()
        assert work.lists.row("a") is None
        assert work.lists.clocks(["a"]) == ()
        assert work.outbox.recent(9) == ()
        assert work.access.recent(9) == ()
        assert work.people.everyone() == ()


def test_an_error_undoes_everything(store_factory: WorkFactory) -> None:
    def fail() -> None:
        with store_factory() as work:
            work.journal.append("a", [saga.registered()], expected=0)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    with store_factory() as work:
        assert work.journal.read("a") == ()


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_a_wrong_count_of_events_is_refused(store_factory: WorkFactory, expected: int) -> None:
    with store_factory() as work:
        work.journal.append("a", [saga.registered(), saga.classified()], expected=0)
        work.commit()

    with store_factory() as work, pytest.raises(ChangedMeanwhile):
        work.journal.append("a", [saga.clock()], expected=expected)


def test_a_case_cannot_be_expected_that_does_not_exist(store_factory: WorkFactory) -> None:
    with store_factory() as work, pytest.raises(ChangedMeanwhile):
        work.journal.append("a", [saga.clock()], expected=1)


def test_after_a_refused_append_the_transaction_goes_on(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        with pytest.raises(ChangedMeanwhile):
            work.journal.append("a", [saga.registered(), saga.clock()], expected=0)
        work.access.record(saga.access("a"))
        work.commit()

    with store_factory() as work:
        assert len(work.journal.read("a")) == 1
        assert len(work.access.of_case("a")) == 1


def test_of_two_that_read_the_same_only_the_first_can_write(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        work.commit()

    with store_factory() as slow:
        version = len(slow.journal.read("a"))
        with store_factory() as quick:
            quick.journal.append("a", [saga.clock()], expected=version)
            quick.commit()
        with pytest.raises(ChangedMeanwhile):
            slow.journal.append("a", [saga.classified()], expected=version)


def test_several_appends_in_one_transaction_follow_on_each_other(
    store_factory: WorkFactory,
) -> None:
    with store_factory() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        work.journal.append("a", [saga.clock()], expected=1)
        work.journal.append("a", [saga.stopped()], expected=2)
        work.commit()

    with store_factory() as work:
        assert [event.kind for event in work.journal.read("a")] == [
            "registered",
            "clock_started",
            "clock_stopped",
        ]
        assert work.lists.clocks(["a"])[0].stopped_at == saga.after(hours=2)


def test_cases_do_not_disturb_each_other(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.journal.append("a", [saga.registered("1")], expected=0)
        work.journal.append("b", [saga.registered("2")], expected=0)
        work.commit()

    with store_factory() as work:
        work.journal.append("b", [saga.clock()], expected=1)
        work.commit()
    with store_factory() as work:
        assert (len(work.journal.read("a")), len(work.journal.read("b"))) == (1, 2)


def test_many_cases_are_read_and_written_together(store_factory: WorkFactory) -> None:
    for name in ("a", "b"):
        with store_factory() as work:
            work.journal.append(name, [saga.registered(name), saga.clock()], expected=0)
            work.commit()

    with store_factory() as work:
        before = work.journal.cases(["a", "b", "finns-inte"])
        work.journal.append_all(
            [
                Addition("a", (saga.passed(), saga.alerted("frist")), 2),
                Addition("b", (saga.classified(),), 2),
                Addition("c", (saga.registered("c"),), 0),
            ]
        )
        work.commit()

    assert {name: case.version for name, case in before.items()} == {"a": 2, "b": 2}
    with store_factory() as work:
        kinds = {name: [it.kind for it in work.journal.read(name)] for name in ("a", "b", "c")}
        versions = {it.case_id: it.version for it in work.lists.cases(Scope(everything=True))}
        (clock,) = work.lists.clocks(["a"])
    assert kinds["a"] == ["registered", "clock_started", "deadline_passed", "alerted"]
    assert kinds["b"] == ["registered", "clock_started", "classified"]
    assert versions == {"a": 4, "b": 3, "c": 1}
    assert clock.passed_at is not None


def test_of_many_cases_none_is_written_when_one_has_changed(store_factory: WorkFactory) -> None:
    for name in ("a", "b"):
        with store_factory() as work:
            work.journal.append(name, [saga.registered(name)], expected=0)
            work.commit()

    with store_factory() as work:
        with pytest.raises(ChangedMeanwhile):
            work.journal.append_all(
                [Addition("a", (saga.clock(),), 1), Addition("b", (saga.clock(),), 2)]
            )
        work.commit()

    with store_factory() as work:
        assert [len(work.journal.read(name)) for name in ("a", "b")] == [1, 1]


def test_nothing_at_all_may_be_written(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        work.journal.append_all([])
        work.journal.append_all([Addition("a", (), 0)])
        work.commit()

    with store_factory() as work:
        assert work.journal.read("a") == ()

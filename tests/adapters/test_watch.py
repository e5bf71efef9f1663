"""What every watch promises, in memory and on PostgreSQL."""

from dataclasses import replace
from datetime import datetime

import pytest

from rules import events as ev
from rules.clock_events import Alarm
from tests.adapters import saga
from tests.stores import WorkFactory


def keep(factory: WorkFactory, case_id: str, *events: ev.Event) -> None:
    with factory() as work:
        saga.keep(work, case_id, *events)
        work.commit()


def claimed(factory: WorkFactory, now: datetime, *skip: str) -> str | None:
    with factory() as work:
        return next(iter(work.watch.claim(now, most=1, skip=skip)), None)


def test_nothing_is_due_before_its_time(store_factory: WorkFactory) -> None:
    keep(store_factory, "a", saga.registered(), saga.clock(due=saga.after(hours=4)))

    assert claimed(store_factory, saga.after(hours=3, minutes=59)) is None


def test_a_case_is_due_at_the_very_moment_of_its_deadline(store_factory: WorkFactory) -> None:
    keep(store_factory, "a", saga.registered(), saga.clock(due=saga.after(hours=4)))

    assert claimed(store_factory, saga.after(hours=4)) == "a"


@pytest.mark.parametrize("end", [saga.stopped(), saga.passed()])
def test_a_clock_that_has_ended_is_not_due(store_factory: WorkFactory, end: ev.Event) -> None:
    keep(store_factory, "a", saga.registered(), saga.clock(), end)

    assert claimed(store_factory, saga.after(days=1)) is None


def test_a_warning_is_due_until_it_has_been_raised(store_factory: WorkFactory) -> None:
    warning = saga.after(hours=1)
    keep(store_factory, "a", saga.registered(), saga.clock(warn=(warning,)))
    assert claimed(store_factory, warning) == "a"

    keep(store_factory, "a", saga.alerted("varning-1"))
    assert claimed(store_factory, warning) is None
    assert claimed(store_factory, saga.after(hours=12)) == "a"


def test_a_step_above_the_deadline_is_due_although_the_deadline_has_passed(
    store_factory: WorkFactory,
) -> None:
    ladder = tuple(
        Alarm(step=step, at=saga.after(hours=hours), tell=("enhetschef",))
        for step, hours in (("frist", 12), ("steg-2", 13))
    )
    clock = replace(saga.clock(), alarms=ladder)
    keep(store_factory, "a", saga.registered(), clock, saga.passed())

    assert claimed(store_factory, saga.after(hours=12)) is None
    assert claimed(store_factory, saga.after(hours=13)) == "a"


def test_as_many_as_are_asked_for_are_claimed_together_each_once(
    store_factory: WorkFactory,
) -> None:
    for name in ("a", "b", "c"):
        warnings = (saga.after(hours=1), saga.after(hours=2))
        keep(store_factory, name, saga.registered(name), saga.clock(warn=warnings))

    with store_factory() as one, store_factory() as other:
        first = one.watch.claim(saga.after(days=1), most=2)
        second = other.watch.claim(saga.after(days=1), most=9)

    assert len(first) == 2
    assert sorted((*first, *second)) == ["a", "b", "c"]


def test_what_another_holds_is_passed_over_however_much_it_is(store_factory: WorkFactory) -> None:
    for number in range(9):
        name = f"case-{number}"
        keep(store_factory, name, saga.registered(name), saga.clock())

    with store_factory() as one, store_factory() as other:
        held = one.watch.claim(saga.after(days=1), most=8)
        (left,) = other.watch.claim(saga.after(days=1), most=1)

    assert left not in held


def test_the_one_that_has_waited_longest_comes_first(store_factory: WorkFactory) -> None:
    for name, hours in (("a", 3), ("b", 1), ("c", 2)):
        keep(store_factory, name, saga.registered(name), saga.clock(due=saga.after(hours=hours)))

    now = saga.after(hours=5)
    assert claimed(store_factory, now) == "b"
    assert claimed(store_factory, now, "b") == "c"
    assert claimed(store_factory, now, "b", "c") == "a"
    assert claimed(store_factory, now, "b", "c", "a") is None


def test_two_at_once_never_get_the_same_case(store_factory: WorkFactory) -> None:
    for name in ("a", "b"):
        keep(store_factory, name, saga.registered(name), saga.clock())

    now = saga.after(days=1)
    with store_factory() as one, store_factory() as other, store_factory() as third:
        assert one.watch.claim(now, most=1) == ("a",)
        assert other.watch.claim(now, most=1) == ("b",)
        assert third.watch.claim(now, most=1) == ()


def test_a_claim_that_was_not_finished_can_be_made_again(store_factory: WorkFactory) -> None:
    keep(store_factory, "a", saga.registered(), saga.clock())

    assert claimed(store_factory, saga.after(days=1)) == "a"
    assert claimed(store_factory, saga.after(days=1)) == "a"


def test_a_heartbeat_tells_when_any_worker_last_beat(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        assert work.watch.last_beat() is None
        assert work.watch.beat("w1", saga.after(minutes=1)) is None
        assert work.watch.beat("w2", saga.after(minutes=2)) == saga.after(minutes=1)
        assert work.watch.beat("w1", saga.after(minutes=3)) == saga.after(minutes=2)
        work.commit()
    with store_factory() as work:
        assert work.watch.last_beat() == saga.after(minutes=3)
        assert work.watch.last_beat(saga.after(minutes=3)) == saga.after(minutes=3)
        assert work.watch.last_beat(saga.after(seconds=179)) == saga.after(minutes=2)
        assert work.watch.last_beat(saga.after(minutes=1)) is None

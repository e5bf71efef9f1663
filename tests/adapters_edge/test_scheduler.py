"""The scheduler: it wakes its chores, survives their failures, and its death is noticed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from structlog.testing import capture_logs

from adapters.clock import now
from adapters.scheduler import Chore, Scheduler

Start = Callable[..., Scheduler]


@pytest.fixture(name="start")
def started_and_stopped() -> Iterator[Start]:
    running: list[Scheduler] = []

    def start(*chores: Chore) -> Scheduler:
        running.append(Scheduler(chores, clock=now))
        running[-1].start()
        return running[-1]

    yield start
    for scheduler in running:
        scheduler.stop()


def soon(holds: Callable[[], bool]) -> bool:
    until = monotonic() + 10
    while monotonic() < until:
        if holds():
            return True
        sleep(0.02)
    return False


def test_a_chore_is_run_at_once_and_again(start: Start) -> None:
    ran: list[int] = []
    scheduler = start(Chore("sweep", 0.1, lambda: ran.append(1)))

    assert soon(lambda: len(ran) >= 3)
    assert soon(lambda: scheduler.health()["sweep"].done_at is not None)
    assert scheduler.alive()


def test_a_failing_chore_is_told_and_tried_again_and_disturbs_no_other() -> None:
    tries: list[int] = []
    other: list[int] = []

    def fail_twice() -> None:
        tries.append(1)
        if len(tries) <= 2:
            raise RuntimeError("Elliot Vråkberg")

    with capture_logs() as logs:
        scheduler = Scheduler(
            [Chore("sweep", 0.1, fail_twice), Chore("delivery", 0.1, lambda: other.append(1))],
            clock=now,
        )
        scheduler.start()
        try:
            assert soon(lambda: scheduler.health()["sweep"].done_at is not None)
        finally:
            scheduler.stop()

    assert scheduler.health()["sweep"].failures == 2
    assert scheduler.health()["sweep"].fault is None
    assert scheduler.health()["delivery"].failures == 0
    assert len(other) >= 2
    failures = [line for line in logs if line["event"] == "job.failed"]
    assert [line["job"] for line in failures] == ["sweep", "sweep"]


def test_the_health_names_the_class_of_a_failure_and_none_of_its_words(start: Start) -> None:
    def fail() -> None:
        raise RuntimeError("Elliot Vråkberg")

    scheduler = start(Chore("sweep", 0.1, fail))

    assert soon(lambda: scheduler.health()["sweep"].fault == "RuntimeError")


def test_a_slow_chore_is_never_run_twice_at_a_time_and_its_delay_is_seen(start: Start) -> None:
    inside: list[int] = []
    together: list[int] = []
    release = Event()

    def slow() -> None:
        inside.append(1)
        together.append(len(inside))
        release.wait(5)
        inside.pop()

    scheduler = start(Chore("sweep", 0.1, slow))

    assert soon(lambda: scheduler.health()["sweep"].fault == "still_running")
    release.set()
    assert soon(lambda: scheduler.health()["sweep"].fault is None)
    assert set(together) == {1}


def test_a_scheduler_that_gives_no_sign_of_life_is_dead() -> None:
    times = [datetime(2026, 1, 1, tzinfo=UTC)]
    scheduler = Scheduler([], clock=lambda: times[0])

    assert not scheduler.alive()
    scheduler.start()
    try:
        assert soon(lambda: scheduler.health()["tick"].done_at is not None)
        assert scheduler.alive()
        times[0] += timedelta(minutes=1)
        assert not scheduler.alive()
    finally:
        scheduler.stop()


def test_working_until_told_to_stop_ends_well() -> None:
    stopped, ran = Event(), Event()
    results: list[bool] = []
    scheduler = Scheduler([Chore("sweep", 0.1, ran.set)], clock=now)
    worker = Thread(target=lambda: results.append(scheduler.run_until(stopped, look_every=0.05)))

    worker.start()
    assert ran.wait(5)
    stopped.set()
    worker.join(5)

    assert results == [True]


def test_working_ends_badly_when_the_scheduler_dies() -> None:
    times = [datetime(2026, 1, 1, tzinfo=UTC)]

    def jump() -> datetime:
        times[0] += timedelta(minutes=1)
        return times[0]

    assert not Scheduler([], clock=jump).run_until(Event(), look_every=0.01)

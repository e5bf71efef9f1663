"""What holds when several write at once; only a real database can show it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from sqlalchemy import Engine

from adapters.database import program_engine
from adapters.verification import verify
from adapters.work import postgres_work
from rules.errors import ChangedMeanwhile, Invalid
from tests.adapters import saga
from tests.stores import WorkFactory

TOGETHER = 4
Result = TypeVar("Result")


def at_once(act: Callable[[int], Result]) -> list[Result]:
    """What `act` gives in each of four threads that begin at the same moment."""
    start = Barrier(TOGETHER)

    def run(number: int) -> Result:
        start.wait(timeout=30)
        return act(number)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(run, range(TOGETHER)))


def begin(factory: WorkFactory, *case_ids: str) -> None:
    with factory() as work:
        for case_id in case_ids:
            work.journal.append(case_id, [saga.registered(case_id), saga.clock()], expected=0)
        work.commit()


def append(factory: WorkFactory, expected: int) -> str:
    event = saga.registered() if expected == 0 else saga.classified()
    try:
        with factory() as work:
            work.journal.append("a", [event], expected=expected)
            work.commit()
    except ChangedMeanwhile:
        return "changed meanwhile"
    return "written"


def test_of_those_who_write_at_once_one_wins_and_the_others_are_told(
    postgres_engine: Engine,
) -> None:
    factory = postgres_work(postgres_engine)
    begin(factory, "a")

    results = at_once(lambda _: append(factory, expected=2))

    assert sorted(results) == ["changed meanwhile"] * 3 + ["written"]
    assert verify(postgres_engine) == []


def test_a_case_is_begun_once(postgres_engine: Engine) -> None:
    factory = postgres_work(postgres_engine)

    results = at_once(lambda _: append(factory, expected=0))

    assert sorted(results) == ["changed meanwhile"] * 3 + ["written"]


def test_each_due_case_is_claimed_once(postgres_engine: Engine) -> None:
    factory = postgres_work(postgres_engine)
    names = [f"case-{number:02d}" for number in range(20)]
    begin(factory, *names)

    def sweep(_: int) -> list[str]:
        mine: list[str] = []
        while True:
            with factory() as work:
                claimed = work.watch.claim(saga.after(days=1), most=3)
                if not claimed:
                    return mine
                for case_id in claimed:
                    work.journal.append(case_id, [saga.passed()], expected=2)
                work.commit()
                mine.extend(claimed)

    claimed = [case_id for mine in at_once(sweep) for case_id in mine]

    assert sorted(claimed) == names


def test_each_notice_is_claimed_once(postgres_engine: Engine) -> None:
    factory = postgres_work(postgres_engine)
    with factory() as work:
        work.outbox.put([saga.notice(f"n{number}") for number in range(20)])
        work.commit()

    def deliver(worker: int) -> list[str]:
        mine: list[str] = []
        while True:
            with factory() as work:
                taken = work.outbox.claim(saga.claim(f"sändare {worker}", most=3))
                work.commit()
            if not taken:
                return mine
            mine += [delivery.notice.key for delivery in taken]

    sent = [key for mine in at_once(deliver) for key in mine]

    assert sorted(sent) == sorted(f"n{number}" for number in range(20))


def test_numbers_drawn_at_once_are_all_different(postgres_engine: Engine) -> None:
    factory = postgres_work(postgres_engine)

    def draw(_: int) -> list[int]:
        numbers = []
        for _ in range(25):
            with factory() as work:
                numbers.append(work.lists.next_number(2026))
                work.commit()
        return numbers

    drawn = [number for mine in at_once(draw) for number in mine]

    assert sorted(drawn) == list(range(1, 101))


def test_the_same_reference_sent_twice_at_once_registers_once(postgres_engine: Engine) -> None:
    factory = postgres_work(postgres_engine)

    def register(number: int) -> bool:
        with factory() as work:
            if work.lists.by_reference("r-1"):
                return False
            event = saga.registered(f"2026-{number}", reference="r-1")
            work.journal.append(f"case-{number}", [event], expected=0)
            work.commit()
            return True

    assert sorted(at_once(register)) == [False, False, False, True]


def test_a_user_name_is_taken_once_however_many_ask(postgres_engine: Engine) -> None:
    factory = postgres_work(postgres_engine)

    def add(number: int) -> bool:
        try:
            with factory() as work:
                work.people.add(saga.account(id=f"konto-{number}"))
                work.commit()
        except Invalid:
            return False
        return True

    assert sorted(at_once(add)) == [False, False, False, True]


def test_one_who_claims_and_one_who_writes_do_not_block_each_other_for_ever(
    postgres_engine: Engine,
) -> None:
    """Both take the case's lock before they write, so none holds what the other waits for."""
    factory = postgres_work(postgres_engine)
    begin(factory, "a")

    def act(number: int) -> str:
        if number:
            return append(factory, expected=2)
        with factory() as work:
            if not work.watch.claim(saga.after(days=1), most=1):
                return "nothing to claim"
            saga.keep(work, "a", saga.passed())
            work.commit()
        return "written"

    results = at_once(act)

    assert "written" in results
    assert verify(postgres_engine) == []


def test_several_processes_may_use_the_one_database(postgres_engine: Engine) -> None:
    elsewhere = program_engine(postgres_engine.url)
    begin(postgres_work(postgres_engine), "a")

    results = [append(postgres_work(engine), expected=2) for engine in (elsewhere, postgres_engine)]

    elsewhere.dispose()
    assert results == ["written", "changed meanwhile"]

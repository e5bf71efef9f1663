"""What every outbox promises, in memory and on PostgreSQL."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.work import postgres_work
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.delivery_ports import (
    Among,
    Counts,
    Delivery,
    Failure,
    Notice,
    Resend,
    Settlement,
    Theirs,
    Way,
)

A, B, C = (saga.notice(key) for key in "abc")
BOTH = (Way.MAIL, Way.HOOK)


def put(factory: WorkFactory, *notices: Notice) -> None:
    with factory() as work:
        work.outbox.put(notices)
        work.commit()


def claim(
    factory: WorkFactory, by: str = "s1", *, at: datetime = saga.NOON, **changes: object
) -> tuple[Delivery, ...]:
    with factory() as work:
        taken = work.outbox.claim(saga.claim(by, at=at, **changes))
        work.commit()
    return taken


def keys(deliveries: tuple[Delivery, ...]) -> list[str]:
    return [delivery.notice.key for delivery in deliveries]


def fail(factory: WorkFactory, *, by: str = "s1", dead: bool = False, **got: tuple[str]) -> None:
    failure = Failure(reason="ingen kontakt", next_try_at=saga.after(minutes=5), dead=dead, **got)
    (delivery,) = claim(factory, by)
    with factory() as work:
        work.outbox.failed(delivery.id, failure, by=by)
        work.commit()


def send(factory: WorkFactory, delivery: Delivery) -> None:
    with factory() as work:
        work.outbox.sent(delivery.id, saga.NOON, ["a@kommun.example"], detour=None)
        work.commit()


def all_of(factory: WorkFactory) -> tuple[Delivery, ...]:
    with factory() as work:
        return work.outbox.recent(9)


@pytest.fixture(name="two_ways", params=["memory", "postgres"])
def with_a_web_hook(request: pytest.FixtureRequest) -> WorkFactory:
    if request.param == "memory":
        store = MemoryStore()
        store.ways = BOTH
        return lambda: MemoryUnitOfWork(store)
    engine: Engine = request.getfixturevalue("postgres_engine")
    return postgres_work(engine, ways=BOTH)


def test_a_notice_comes_back_as_it_was_put(store_factory: WorkFactory) -> None:
    told = replace(A, kind="deadline_passed", clock="Hantering", due_at=saga.after(hours=1))
    put(store_factory, told)

    (delivery,) = all_of(store_factory)

    assert delivery == Delivery(id=delivery.id, notice=told)


def test_a_notice_with_a_known_key_is_already_there(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice("k", case_id="a"), saga.notice("k", case_id="b"))
    put(store_factory, saga.notice("k", case_id="c"), saga.notice("l"))

    kept = [(it.notice.key, it.notice.case_id) for it in all_of(store_factory)]
    assert kept == [("l", "a"), ("k", "a")]


def test_nothing_to_put_is_nothing(store_factory: WorkFactory) -> None:
    put(store_factory)

    assert claim(store_factory) == ()


def test_notices_are_claimed_in_the_order_they_were_put_and_no_more_than_asked(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, B, A, C)

    assert keys(claim(store_factory, most=2)) == ["b", "a"]
    assert keys(claim(store_factory, "s2", most=2)) == ["c"]


def test_two_at_once_never_get_the_same_notice_and_do_not_wait_for_each_other(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, A, B)

    with store_factory() as one, store_factory() as other, store_factory() as third:
        first = one.outbox.claim(saga.claim("s1"))
        second = other.outbox.claim(saga.claim("s2"))
        assert keys((*first, *second)) == ["a", "b"]
        assert third.outbox.claim(saga.claim("s3")) == ()


def test_what_is_held_is_nobody_elses_until_the_lease_runs_out(store_factory: WorkFactory) -> None:
    put(store_factory, A)

    (held,) = claim(store_factory)
    assert (held.claimed_by, held.claimed_until) == ("s1", saga.after(minutes=2))
    assert claim(store_factory, "s2", at=saga.after(seconds=119)) == ()
    (again,) = claim(store_factory, "s2", at=saga.after(minutes=2))
    assert (again.claimed_by, again.tries) == ("s2", 2)


def test_a_claim_that_was_not_committed_is_no_claim(store_factory: WorkFactory) -> None:
    put(store_factory, A)
    with store_factory() as work:
        work.outbox.claim(saga.claim("s1"))

    (delivery,) = claim(store_factory, "s2")
    assert (delivery.claimed_by, delivery.tries) == ("s2", 1)


def test_what_is_given_back_untried_was_no_try_and_is_anybodys(store_factory: WorkFactory) -> None:
    put(store_factory, A, B)
    mine, others = claim(store_factory, "s1"), claim(store_factory, "s2")
    with store_factory() as work:
        work.outbox.release("s1")
        work.commit()

    (again,) = claim(store_factory, "s3", most=2)
    assert (again.id, again.tries) == (mine[0].id, 1)
    assert others[0].id != again.id


def test_what_is_sent_is_not_sent_again(store_factory: WorkFactory) -> None:
    put(store_factory, A)
    send(store_factory, claim(store_factory)[0])

    assert claim(store_factory, at=saga.after(days=1)) == ()
    (kept,) = all_of(store_factory)
    assert (kept.sent_at, kept.tries, kept.failed) == (saga.NOON, 1, None)
    assert (kept.received_by, kept.claimed_by) == (("a@kommun.example",), None)


def test_what_failed_is_tried_again_when_its_time_has_come(store_factory: WorkFactory) -> None:
    put(store_factory, A)
    fail(store_factory, received_by=("a@kommun.example",))

    assert claim(store_factory, at=saga.after(minutes=4)) == ()
    (again,) = claim(store_factory, at=saga.after(minutes=5))
    assert (again.tries, again.failed) == (2, "ingen kontakt")
    assert again.received_by == ("a@kommun.example",)


def test_a_failure_that_was_not_committed_is_no_failure(store_factory: WorkFactory) -> None:
    put(store_factory, A)
    (held,) = claim(store_factory)
    with store_factory() as work:
        failure = Failure(reason="x", next_try_at=saga.after(days=1), dead=True)
        work.outbox.failed(held.id, failure, by="s1")

    (kept,) = all_of(store_factory)
    assert (kept.failed, kept.dead, kept.claimed_by) == (None, False, "s1")


def test_a_failure_of_somebody_who_no_longer_holds_it_does_not_count(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, A)
    (late,) = claim(store_factory, "s1")
    (held,) = claim(store_factory, "s2", at=saga.after(minutes=2))
    with store_factory() as work:
        failure = Failure(reason="x", next_try_at=saga.after(days=1), dead=True)
        work.outbox.failed(late.id, failure, by="s1")
        work.commit()

    (kept,) = all_of(store_factory)
    assert kept == held


def test_what_was_handed_over_is_handed_over_whoever_holds_it(store_factory: WorkFactory) -> None:
    put(store_factory, A)
    (late,) = claim(store_factory, "s1")
    claim(store_factory, "s2", at=saga.after(minutes=2))
    send(store_factory, late)
    with store_factory() as work:
        failure = Failure(reason="x", next_try_at=saga.after(days=1), dead=True)
        work.outbox.failed(late.id, failure, by="s2")
        work.commit()

    (kept,) = all_of(store_factory)
    assert (kept.sent_at, kept.dead, kept.failed) == (saga.NOON, False, None)


def test_those_with_the_fewest_tries_go_first(store_factory: WorkFactory) -> None:
    put(store_factory, A)
    fail(store_factory)
    put(store_factory, B)

    assert keys(claim(store_factory, at=saga.after(minutes=5), most=2)) == ["b", "a"]


def test_a_dead_letter_is_never_tried_but_stays_visible(store_factory: WorkFactory) -> None:
    put(store_factory, A, B)
    fail(store_factory, dead=True)

    assert keys(claim(store_factory, at=saga.after(days=9), most=2)) == ["b"]
    with store_factory() as work:
        assert keys(work.outbox.dead()) == ["a"]


def test_a_dead_letter_that_is_sent_again_has_its_tries_and_its_key(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, A)
    fail(store_factory, dead=True)
    at = saga.after(hours=1)
    with store_factory() as work:
        (dead,) = work.outbox.dead()
        asked = Resend(delivery_id=dead.id, by=saga.BY, at=at, tries=1, failed="ingen kontakt")
        work.outbox.resend(asked)
        work.commit()

    assert claim(store_factory, at=at - timedelta(seconds=1)) == ()
    (again,) = claim(store_factory, at=at)
    assert (again.notice.key, again.tries, again.dead) == ("a", 1, False)
    with store_factory() as work:
        assert work.outbox.resends([again.id]) == (asked,)
        assert work.outbox.resends([again.id + 1]) == ()
        assert work.outbox.resends([]) == ()


def test_a_dead_letter_that_somebody_has_seen_to_is_no_dead_one_and_goes_nowhere(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, A)
    fail(store_factory, dead=True)
    at = saga.after(hours=1)
    with store_factory() as work:
        (dead,) = work.outbox.dead()
        done = Settlement(delivery_id=dead.id, by=saga.BY, at=at, reason="Ringt i stället.")
        work.outbox.settle(done)
        work.commit()

    assert claim(store_factory, at=at) == ()
    with store_factory() as work:
        assert (work.outbox.dead(), work.outbox.counts().dead) == ((), 0)
        assert work.outbox.waiting(9) == ()
        assert [it.settled_at for it in work.outbox.recent(9)] == [at]
        assert work.outbox.settlements([dead.id]) == (done,)
        assert work.outbox.settlements([]) == ()


def test_one_delivery_is_found_by_its_number(store_factory: WorkFactory) -> None:
    put(store_factory, A)
    (kept,) = all_of(store_factory)

    with store_factory() as work:
        assert work.outbox.one(kept.id) == kept
        assert work.outbox.one(kept.id + 1) is None


def test_the_recent_ones_come_newest_first_and_no_more_than_asked(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, A, B, C)

    with store_factory() as work:
        assert keys(work.outbox.recent(2)) == ["c", "b"]


def test_beside_a_number_the_nearest_come_newest_first_whether_or_not_it_is_there(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, *(saga.notice(key) for key in "abcdef"))
    f, _, d, c, *_ = (it.id for it in all_of(store_factory))

    def beside(limit: int, *, older_than: int | None = None, newer_than: int | None = None) -> str:
        among = Among(older_than=older_than, newer_than=newer_than)
        with store_factory() as work:
            return "".join(keys(work.outbox.recent(limit, among)))

    assert (beside(2, older_than=d), beside(2, newer_than=c)) == ("cb", "ed")
    assert (beside(2, older_than=10**18), beside(2, newer_than=0)) == ("fe", "ba")
    assert (beside(9, older_than=1), beside(9, newer_than=f)) == ("", "")
    assert beside(9, newer_than=c, older_than=f) == "ed"


def test_what_has_ended_was_handed_over_or_seen_to(store_factory: WorkFactory) -> None:
    put(store_factory, *(saga.notice(key) for key in ("avklarad", "död", "sänd", "väntar")))
    for _ in range(2):
        fail(store_factory, dead=True)
    send(store_factory, claim(store_factory)[0])
    with store_factory() as work:
        (done,) = (it for it in work.outbox.dead() if it.notice.key == "avklarad")
        said = Settlement(delivery_id=done.id, by=saga.BY, at=saga.NOON, reason="Ringt.")
        work.outbox.settle(said)
        work.commit()

    with store_factory() as work:
        assert keys(work.outbox.recent(9, Among(ended=True))) == ["sänd", "avklarad"]


def test_theirs_are_those_to_the_unit_and_of_the_cases_and_nobody_elses(
    store_factory: WorkFactory,
) -> None:
    put(
        store_factory,
        replace(saga.notice("enhet", case_id="a"), unit="barn"),
        replace(saga.notice("ärende", case_id="b"), unit="vald"),
        replace(saga.notice("annans", case_id="c"), unit="vald"),
        saga.notice("ingens", case_id="d"),
    )

    def theirs(unit: str | None, *ids: str) -> list[str]:
        whose = Theirs(unit=unit, case_ids=frozenset(ids))
        with store_factory() as work:
            found = work.outbox.recent(9, Among(theirs=whose))
        assert all(whose.holds(it.notice) for it in found)
        return keys(found)

    assert theirs("barn", "b") == ["ärende", "enhet"]
    assert theirs(None, "b", "d") == ["ingens", "ärende"]
    assert (theirs("ungdom"), theirs(None)) == ([], [])


def test_those_that_wait_come_oldest_first_and_no_more_than_asked(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, saga.notice("sänt"), A, B, C)
    send(store_factory, claim(store_factory)[0])

    with store_factory() as work:
        assert keys(work.outbox.waiting(2)) == ["a", "b"]


def test_ones_own_that_wait_are_found_behind_any_number_of_others(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, A, B, C, replace(saga.notice("egen", case_id="x"), unit="barn"))

    with store_factory() as work:
        mine = Theirs(unit="barn", case_ids=frozenset())
        assert keys(work.outbox.waiting(1, mine)) == ["egen"]


def test_the_oldest_under_way_and_how_many_there_are_is_known(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        assert work.outbox.oldest_waiting(saga.NOON) is None
        assert work.outbox.counts() == Counts()
    put(store_factory, saga.notice("död"))
    fail(store_factory, dead=True)
    put(store_factory, saga.notice("sänt"))
    send(store_factory, claim(store_factory)[0])
    put(store_factory, saga.notice("fel"))
    fail(store_factory)
    put(store_factory, *(replace(it, made_at=saga.after(hours=1)) for it in (A, B)))

    with store_factory() as work:
        assert work.outbox.oldest_waiting(saga.after(hours=2)) == saga.NOON
        assert work.outbox.oldest_waiting(saga.NOON - timedelta(seconds=1)) is None
        assert work.outbox.counts() == Counts(waiting=3, failing=1, dead=1)


def test_each_channel_in_use_has_a_delivery_of_its_own(two_ways: WorkFactory) -> None:
    put(two_ways, A)
    put(two_ways, A)

    hook, mail = all_of(two_ways)
    assert (mail.way, mail.notice) == (Way.MAIL, A)
    assert (hook.way, hook.notice.key) == (Way.HOOK, "webhook:a")
    send(two_ways, claim(two_ways)[0])
    assert keys(claim(two_ways, "s2", way=Way.HOOK, most=9)) == ["webhook:a"]


def test_a_web_hook_is_to_nobody_and_bears_no_address(two_ways: WorkFactory) -> None:
    put(two_ways, replace(A, address="nagon@skola.example", account="konto-mira"))

    hook, _ = all_of(two_ways)
    told = hook.notice
    assert (told.role, told.unit, told.account, told.address) == (None,) * 4

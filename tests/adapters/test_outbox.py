"""What every outbox promises, in memory and on PostgreSQL."""

from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.delivery_ports import Delivery, Notice


def put(factory: WorkFactory, *notices: Notice) -> None:
    with factory() as work:
        work.outbox.put(notices)
        work.commit()


def claim(factory: WorkFactory, **span: float) -> Delivery | None:
    with factory() as work:
        return work.outbox.claim(saga.after(**span))


def fail(factory: WorkFactory, *, dead: bool = False) -> None:
    with factory() as work:
        delivery = work.outbox.claim(saga.NOON)
        assert delivery is not None
        work.outbox.failed(
            delivery.id, reason="ingen kontakt", next_try_at=saga.after(minutes=5), dead=dead
        )
        work.commit()


def test_a_notice_comes_back_as_it_was_put(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice())

    delivery = claim(store_factory)

    assert delivery is not None
    assert delivery == Delivery(id=delivery.id, notice=saga.notice())


def test_a_notice_with_a_known_key_is_already_there(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice("k", case_id="a"), saga.notice("k", case_id="b"))
    put(store_factory, saga.notice("k", case_id="c"), saga.notice("l"))

    with store_factory() as work:
        kept = [delivery.notice for delivery in work.outbox.recent(9)]
    assert [(notice.key, notice.case_id) for notice in kept] == [("l", "a"), ("k", "a")]


def test_nothing_to_put_is_nothing(store_factory: WorkFactory) -> None:
    put(store_factory)

    assert claim(store_factory) is None


def test_notices_are_delivered_in_the_order_they_were_put(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice("b"))
    put(store_factory, saga.notice("a"))

    delivery = claim(store_factory)

    assert delivery is not None
    assert delivery.notice.key == "b"


def test_two_at_once_never_get_the_same_notice(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice("a"), saga.notice("b"))

    with store_factory() as one, store_factory() as other, store_factory() as third:
        first, second = one.outbox.claim(saga.NOON), other.outbox.claim(saga.NOON)
        assert first is not None
        assert second is not None
        assert first.id != second.id
        assert third.outbox.claim(saga.NOON) is None


def test_what_is_sent_is_not_sent_again(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice())
    with store_factory() as work:
        delivery = work.outbox.claim(saga.NOON)
        assert delivery is not None
        work.outbox.sent(delivery.id, saga.NOON, ["a@kommun.example"])
        work.commit()

    assert claim(store_factory, days=1) is None
    with store_factory() as work:
        (kept,) = work.outbox.recent(9)
    assert (kept.sent_at, kept.tries, kept.failed) == (saga.NOON, 1, None)


def test_what_failed_is_tried_again_when_its_time_has_come(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice())
    fail(store_factory)

    assert claim(store_factory, minutes=4) is None
    again = claim(store_factory, minutes=5)
    assert again is not None
    assert (again.tries, again.failed) == (1, "ingen kontakt")


def test_a_failure_that_was_not_committed_is_no_failure(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice())
    with store_factory() as work:
        delivery = work.outbox.claim(saga.NOON)
        assert delivery is not None
        work.outbox.failed(delivery.id, reason="x", next_try_at=saga.after(days=1), dead=True)

    again = claim(store_factory)
    assert again is not None
    assert again.tries == 0


def test_a_dead_letter_is_never_tried_but_stays_visible(store_factory: WorkFactory) -> None:
    put(store_factory, saga.notice("a"), saga.notice("b"))
    fail(store_factory, dead=True)

    with store_factory() as work:
        assert [letter.notice.key for letter in work.outbox.dead()] == ["a"]
        left = work.outbox.claim(saga.after(days=9))
        assert left is not None
        assert left.notice.key == "b"


def test_the_recent_ones_come_newest_first_and_no_more_than_asked(
    store_factory: WorkFactory,
) -> None:
    put(store_factory, *(saga.notice(key) for key in "abc"))

    with store_factory() as work:
        assert [delivery.notice.key for delivery in work.outbox.recent(2)] == ["c", "b"]

"""Messages go out at least once, are tried again with patience, and are dead for all to see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.people import Role
from tests.people import BEA, CALLE, DECIDES, MIRA, VIVI, World, account, actor, report
from tests.posts import Box
from tests.workflows.course import Course, begun
from workflows.delivering import NOBODY, Round, deliver
from workflows.delivery_ports import Delivery, Message, Notice, PostFailed, Way
from workflows.patience import Patience

PATIENCE = Patience()


def put(world: World, key: str = "nyckel", **to: object) -> None:
    notice = Notice(
        key=key, case_id="a", subject="Frist nära", body="Kort.", made_at=world.clock.now,
        **to,  # type: ignore[arg-type]
    )  # fmt: skip
    with world.office.uow() as work:
        work.outbox.put([notice])
        work.commit()


def to_the_head(world: World, *keys: str) -> None:
    for key in keys:
        put(world, key, address="rektor@skola.example")


def by_key(world: World) -> dict[str, Delivery]:
    return {it.notice.key: it for it in world.store.notices}


def saying(**failures: PostFailed) -> Callable[[Message], None]:
    """Refuses the messages with these keys."""

    def says(message: Message) -> None:
        if message.notice.key in failures:
            raise failures[message.notice.key]

    return says


def test_a_message_is_sent_once_to_those_who_hold_the_role_now() -> None:
    course = begun().protect().confirm().call("barn")
    course.world.admit(actor("Ny", Role.UNIT, unit="barn"))
    box = Box()

    assert deliver(course.world.office, box) == Round(sent=1)
    assert deliver(course.world.office, box) == Round()
    (message,) = box.sent
    assert set(message.to) == {"konto-Bea@kommun.example", "konto-Ny@kommun.example"}
    assert message.number == course.case.number
    assert message.number in message.notice.subject


def test_a_receipt_goes_to_the_address_that_was_left_and_a_deputys_to_the_account() -> None:
    course = Course().register(report(contact="rektor@skola.example"))
    put(course.world, account=BEA.id)
    box = Box()
    deliver(course.world.office, box)

    assert [message.to for message in box.sent] == [
        ("rektor@skola.example",), ("konto-Bea@kommun.example",),
    ]  # fmt: skip


def test_how_late_each_message_was_is_told() -> None:
    world = World()
    to_the_head(world, "a")
    world.clock.forward(seconds=40)
    to_the_head(world, "b")

    assert deliver(world.office, Box()).late == (timedelta(seconds=40), timedelta())


def test_a_message_that_fails_is_tried_again_later_and_later_and_then_given_up_aloud() -> None:
    world = World()
    to_the_head(world, "nyckel")
    box, begun_at = Box(says=saying(nyckel=PostFailed("451"))), world.clock.now
    for tries in range(1, PATIENCE.tries):
        assert deliver(world.office, box) == Round(failed=1)
        wait = PATIENCE.wait("nyckel", tries)
        world.clock.forward(seconds=wait.total_seconds() - 0.001)
        assert deliver(world.office, box) == Round()
        world.clock.forward(seconds=0.001)

    assert deliver(world.office, box) == Round(dead=1)
    assert timedelta(hours=8) < world.clock.now - begun_at < timedelta(hours=12)
    world.clock.forward(days=9)
    assert deliver(world.office, box) == Round()
    (dead,) = world.office.uow().outbox.dead()
    assert (dead.tries, dead.failed) == (PATIENCE.tries, "451")


@given(st.text(max_size=20), st.integers(1, 10_000))
def test_a_wait_is_the_same_for_the_same_key_and_never_longer_than_the_longest(
    key: str, tries: int
) -> None:
    wait = PATIENCE.wait(key, tries)
    whole = min(PATIENCE.first * 2 ** min(tries - 1, 30), PATIENCE.longest)

    assert wait == PATIENCE.wait(key, tries)
    assert whole * (1 - PATIENCE.spread) <= wait <= whole


def test_what_failed_together_is_not_tried_together() -> None:
    waits = {PATIENCE.wait(f"nyckel {number}", 1) for number in range(100)}

    assert len(waits) > 90


def test_a_message_that_failed_goes_out_when_the_post_opens_again() -> None:
    world = World()
    to_the_head(world, "a", "b")
    box = Box(shut=True)
    assert deliver(world.office, box) == Round(failed=2)
    box.shut = False
    world.clock.forward(seconds=30)

    assert deliver(world.office, box) == Round(sent=2)
    assert [it.failed for it in world.store.notices] == [None, None]


def test_a_round_stops_at_a_server_that_does_not_answer() -> None:
    world = World()
    to_the_head(world, *(f"n{number}" for number in range(25)))

    assert deliver(world.office, Box(shut=True)) == Round(failed=PATIENCE.batch)
    assert [it.tries for it in world.store.notices] == [1] * 20 + [0] * 5


def test_a_message_that_can_never_be_taken_is_dead_at_once() -> None:
    world = World()
    to_the_head(world, "a", "b")
    box = Box(says=saying(a=PostFailed("550", lasting=True)))

    assert deliver(world.office, box) == Round(sent=1, dead=1)
    assert by_key(world)["a"].dead


def test_several_messages_go_on_one_line_and_a_lost_one_is_opened_again() -> None:
    world = World()
    to_the_head(world, "a", "b", "c", "d")
    box = Box(says=saying(b=PostFailed("brutet", line_lost=True)))

    assert deliver(world.office, box) == Round(sent=3, failed=1)
    assert (box.keys, box.lines) == (["a", "c", "d"], 2)


def test_a_message_that_nobody_can_receive_goes_to_the_chef_and_says_so() -> None:
    world = World()
    world.admit(CALLE, VIVI)
    put(world, role=Role.UNIT, unit="barn")
    box = Box()

    assert deliver(world.office, box) == Round(sent=1)
    (message,) = box.sent
    assert message.to == ("konto-Calle@kommun.example",)
    assert message.notice.body.startswith("Ingen av dem som skulle ha fått")
    assert message.notice.body.endswith("Kort.")
    assert world.store.notices[0].detour == NOBODY


def test_without_a_chef_of_the_unit_it_goes_to_who_answers_for_the_whole() -> None:
    for to in ({"role": Role.UNIT, "unit": "barn"}, {"account": "ingen"}, {"role": Role.REVIEWER}):
        world = World()
        world.admit(VIVI)
        put(world, **to)
        box = Box()

        deliver(world.office, box)
        assert [message.to for message in box.sent] == [("konto-Vivi@kommun.example",)]


def test_a_message_to_somebody_who_has_left_goes_to_the_chef_of_their_unit() -> None:
    world = World()
    world.admit(CALLE, VIVI)
    with world.office.uow() as work:
        work.people.add(replace(account(BEA), active=False))
        work.commit()
    put(world, account=BEA.id)
    box = Box()
    deliver(world.office, box)

    assert [message.to for message in box.sent] == [("konto-Calle@kommun.example",)]


def test_a_message_that_nobody_at_all_can_receive_is_a_failure_and_not_a_silence() -> None:
    for to in ({"role": Role.REVIEWER}, {"account": "ingen"}, {"account": "konto-Gun"}, {}):
        world = World()
        gun = replace(account(actor("Gun", Role.UNIT, delegations=DECIDES)), active=False)
        with world.office.uow() as work:
            work.people.add(gun)
            work.commit()
        put(world, **to)

        assert deliver(world.office, Box()) == Round(failed=1)
        assert world.store.notices[0].failed == NOBODY


def test_it_goes_out_by_itself_once_somebody_can_receive_it() -> None:
    world = World()
    put(world, role=Role.INTAKE, unit="mottagning")
    deliver(world.office, Box())
    world.admit(MIRA)
    world.clock.forward(seconds=30)

    assert deliver(world.office, Box()) == Round(sent=1)


def test_one_message_that_fails_does_not_hold_back_the_others() -> None:
    world = World()
    to_the_head(world, "a", "b", "c")
    box = Box(says=saying(a=PostFailed("451")))

    assert deliver(world.office, box) == Round(sent=2, failed=1)
    assert box.keys == ["b", "c"]


def test_only_those_who_did_not_get_it_are_sent_it_again() -> None:
    world = World()
    world.admit(BEA, actor("Ny", Role.UNIT, unit="barn"))
    put(world, role=Role.UNIT, unit="barn")
    bea, ny = "konto-Bea@kommun.example", "konto-Ny@kommun.example"
    box = Box(says=saying(nyckel=PostFailed("1 av 2", received_by=(bea,))))
    deliver(world.office, box)
    box.says = saying()
    world.clock.forward(seconds=30)

    assert deliver(world.office, box) == Round(sent=1)
    assert [message.to for message in box.sent] == [(ny,)]
    assert world.store.notices[0].received_by == (bea, ny)


def test_when_the_one_that_did_not_get_it_has_left_there_is_nothing_more_to_send() -> None:
    world = World()
    world.admit(BEA)
    put(world, role=Role.UNIT, unit="barn")
    got = ("konto-Bea@kommun.example",)
    box = Box(says=saying(nyckel=PostFailed("1 av 2", received_by=got)))
    deliver(world.office, box)
    world.clock.forward(seconds=30)

    assert deliver(world.office, box) == Round(sent=1)
    assert box.sent == []


def test_no_transaction_is_open_while_a_server_is_waited_for() -> None:
    world = World()
    to_the_head(world, "a", "b")
    locked: list[int] = []
    box = Box(says=lambda _message: locked.append(len(world.store.locks)))
    deliver(world.office, box)

    assert locked == [0, 0]


def test_a_message_on_its_way_is_not_sent_by_another_sender() -> None:
    world = World()
    to_the_head(world, "a", "b")
    other = Box()

    def meanwhile(_message: Message) -> None:
        assert deliver(world.office, other) == Round()

    deliver(world.office, Box(says=meanwhile))
    assert other.sent == []


def test_a_sender_that_dies_leaves_its_messages_to_be_sent_again_under_the_same_key() -> None:
    world = World()
    to_the_head(world, "a", "b")

    def dies(_message: Message) -> None:
        world.store.away = True
        raise KeyboardInterrupt

    with pytest.raises(BaseException):  # noqa: B017, PT011  what kills a process may be anything
        deliver(world.office, Box(says=dies))
    world.store.away = False
    box = Box()
    world.clock.forward(seconds=PATIENCE.lease.total_seconds() - 1)
    assert deliver(world.office, box) == Round()
    world.clock.forward(seconds=1)

    assert deliver(world.office, box) == Round(sent=2)
    assert box.keys == ["a", "b"]


def test_a_defect_is_told_aloud_and_the_next_round_takes_the_others() -> None:
    world = World()
    to_the_head(world, "a", "b")

    def broken(message: Message) -> None:
        if message.notice.key == "a":
            raise KeyError("namn som inte får synas")

    box = Box(says=broken)
    with pytest.raises(KeyError):
        deliver(world.office, box)

    assert by_key(world)["a"].failed == "fel i programmet (KeyError)"
    assert deliver(world.office, box) == Round(sent=1)
    assert box.keys == ["b"]


def test_a_slow_server_ends_the_round_and_what_was_not_tried_is_given_back() -> None:
    world = World()
    to_the_head(world, *"abcdefgh")
    box = Box(says=lambda _message: world.clock.forward(seconds=25))

    assert deliver(world.office, box) == Round(sent=3)
    assert box.keys == ["a", "b", "c"]
    left = [it for it in world.store.notices if it.sent_at is None]
    assert {(it.tries, it.claimed_by) for it in left} == {(0, None)}


def test_nothing_is_begun_that_might_last_beyond_the_lease() -> None:
    world = World()
    to_the_head(world, *"abcd")
    short = Patience(lease=timedelta(seconds=40), round=timedelta(hours=1))
    left = []

    def slow(_message: Message) -> None:
        (held,) = {it.claimed_until for it in world.store.notices if it.claimed_until}
        assert held is not None
        left.append(held - world.clock.now)
        world.clock.forward(seconds=8)

    deliver(world.office, Box(longest=15, says=slow), short)
    assert left == [timedelta(seconds=40), timedelta(seconds=32)]


def test_each_way_out_has_its_own_deliveries() -> None:
    world = World()
    world.store.ways = (Way.MAIL, Way.HOOK)
    to_the_head(world, "a")
    mail, hook = Box(shut=True), Box(way=Way.HOOK)

    assert deliver(world.office, mail) == Round(failed=1)
    assert deliver(world.office, hook) == Round(sent=1)
    assert deliver(world.office, hook) == Round()
    assert hook.keys == ["webhook:a"]
    assert hook.sent[0].to == ()
    mail.shut = False
    world.clock.forward(seconds=30)
    assert deliver(world.office, mail) == Round(sent=1)
    assert hook.keys == ["webhook:a"]

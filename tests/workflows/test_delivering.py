"""Messages go out at least once, are tried again with patience, and are dead for all to see."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from rules.people import Role
from tests.people import BEA, DECIDES, MIRA, World, account, actor, report
from tests.workflows.course import Course, begun
from workflows.delivering import Round, deliver
from workflows.delivery_ports import Notice, PostFailed


@dataclass
class Box:
    """A post office that keeps what it is given, and can be shut."""

    shut: bool = False
    sent: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def send(self, to: Sequence[str], subject: str, body: str, *, key: str) -> None:
        if self.shut:
            raise PostFailed("servern svarar inte")
        self.sent.append((tuple(to), subject))


def put(world: World, **to: object) -> None:
    notice = Notice(
        key="nyckel", case_id="a", subject="Frist nära", body="Kort.", made_at=world.clock.now,
        **to,  # type: ignore[arg-type]
    )  # fmt: skip
    with world.office.uow() as work:
        work.outbox.put([notice])
        work.commit()


def test_a_message_is_sent_once_to_those_who_hold_the_role_now() -> None:
    course = begun().protect().confirm().call("barn")
    course.world.admit(actor("Ny", Role.UNIT, unit="barn"))
    box = Box()

    assert deliver(course.world.office, box) == Round(sent=1)
    assert deliver(course.world.office, box) == Round()
    ((to, subject),) = box.sent
    assert set(to) == {"konto-Bea@kommun.example", "konto-Ny@kommun.example"}
    assert course.case.number in subject


def test_a_receipt_goes_to_the_address_that_was_left_and_a_deputys_to_the_account() -> None:
    course = Course().register(report(contact="rektor@skola.example"))
    put(course.world, account=BEA.id)
    box = Box()
    deliver(course.world.office, box)

    assert [to for to, _ in box.sent] == [
        ("rektor@skola.example",), ("konto-Bea@kommun.example",),
    ]  # fmt: skip


def test_a_message_that_fails_is_tried_again_later_and_later_and_then_given_up_aloud() -> None:
    world = World()
    world.admit(MIRA)
    put(world, role=Role.INTAKE, unit="mottagning")
    box = Box(shut=True)
    waits = (30, 60, 300, 900, 3600)
    for wait in waits:
        assert deliver(world.office, box) == Round(failed=1)
        world.clock.forward(seconds=wait - 1)
        assert deliver(world.office, box) == Round()
        world.clock.forward(seconds=1)

    assert deliver(world.office, box) == Round(dead=1)
    world.clock.forward(days=9)
    assert deliver(world.office, box) == Round()
    (dead,) = world.office.uow().outbox.dead()
    assert (dead.tries, dead.failed) == (6, "servern svarar inte")


def test_a_message_that_failed_goes_out_when_the_post_opens_again() -> None:
    world = World()
    put(world, address="rektor@skola.example")
    box = Box(shut=True)
    deliver(world.office, box)
    box.shut = False
    world.clock.forward(seconds=30)

    assert deliver(world.office, box) == Round(sent=1)
    assert world.store.notices[0].failed is None


def test_a_message_that_nobody_can_receive_is_a_failure_and_not_a_silence() -> None:
    for to in ({"role": Role.REVIEWER}, {"account": "ingen"}, {"account": "konto-Gun"}, {}):
        world = World()
        gun = replace(account(actor("Gun", Role.UNIT, delegations=DECIDES)), active=False)
        with world.office.uow() as work:
            work.people.add(gun)
            work.commit()
        put(world, **to)

        assert deliver(world.office, Box()) == Round(failed=1)
        assert world.store.notices[0].failed == "ingen mottagare med e-postadress"


def test_one_message_that_fails_does_not_hold_back_the_others() -> None:
    course = begun().protect().confirm().call("barn", "vald")

    assert deliver(course.world.office, Box()) == Round(sent=1, failed=1)
    assert course.world.clock.now + timedelta(seconds=30) in {
        delivery.next_try_at for delivery in course.world.store.notices
    }

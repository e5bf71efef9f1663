"""The pages of what has ended: every message once and in order, whatever comes meanwhile."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.adapters import saga
from tests.people import CALLE, SYS, World
from workflows.deliveries import leaf_through, read_deliveries
from workflows.delivery_leaves import LEAF, NEWEST, Leaf, Place, open_leaf
from workflows.delivery_ports import Notice, Theirs

ENDED_OR_NOT = st.lists(st.booleans(), max_size=3 * LEAF + 2)
ONE = saga.notice()
NUMBER = st.none() | st.integers(-1, 4 * LEAF)


def put(world: World, *ended: bool, notice: Notice = ONE) -> list[int]:
    """Messages in order, some of them handed over; the numbers of those, the newest first."""
    first = len(world.store.outbox)
    with world.office.uow() as work:
        work.outbox.put([replace(notice, key=f"{first + at}") for at in range(len(ended))])
        put_now = work.outbox.recent(len(ended)) if ended else ()
        gone = [it.id for it, is_sent in zip(put_now, reversed(ended), strict=True) if is_sent]
        for number in gone:
            work.outbox.sent(number, saga.NOON, ["a@kommun.example"], detour=None)
        work.commit()
    return gone


def leaf(world: World, place: Place = NEWEST, theirs: Theirs | None = None) -> Leaf:
    with world.office.uow() as work:
        return open_leaf(work.outbox, theirs, place)


def numbers(found: Leaf) -> list[int]:
    return [it.id for it in found.lines]


@given(ENDED_OR_NOT)
def test_towards_the_oldest_and_back_every_ended_message_comes_once_and_in_order(
    ended: list[bool],
) -> None:
    world = World()
    expected = put(world, *ended)

    there = [leaf(world)]
    while there[-1].older:
        there.append(leaf(world, Place(older_than=there[-1].lines[-1].id)))
    back = [there[-1]]
    while back[-1].newer:
        back.append(leaf(world, Place(newer_than=back[-1].lines[0].id)))

    assert [number for found in there for number in numbers(found)] == expected
    assert {number for found in back for number in numbers(found)} == set(expected)
    assert numbers(back[-1]) == numbers(there[0])
    assert all(len(found.lines) == LEAF for found in there[:-1])


@given(ENDED_OR_NOT, NUMBER, NUMBER)
def test_wherever_it_is_opened_there_is_a_page_and_it_says_what_is_beside_it(
    ended: list[bool], older_than: int | None, newer_than: int | None
) -> None:
    world = World()
    expected = put(world, *ended)

    found = leaf(world, Place(older_than=older_than, newer_than=newer_than))

    shown = numbers(found)
    assert bool(shown) == bool(expected)
    assert len(shown) <= LEAF
    at = expected.index(shown[0]) if shown else 0
    assert shown == expected[at : at + len(shown)]
    assert (found.newer, found.older) == (at > 0, at + len(shown) < len(expected))


def test_new_messages_never_move_what_is_on_an_older_page() -> None:
    world = World()
    put(world, *[True] * (2 * LEAF))
    older = Place(older_than=leaf(world).lines[-1].id)
    before = numbers(leaf(world, older))
    put(world, True, True)

    assert numbers(leaf(world, older)) == before
    assert leaf(world, Place(newer_than=before[0])).newer


def test_a_chef_whose_letters_are_old_has_a_whole_page_of_them() -> None:
    world = World()
    put(world, *[True] * (LEAF + 1), notice=replace(ONE, unit="barn"))
    put(world, *[True] * (2 * LEAF), notice=replace(ONE, unit="vald"))

    found = leaf_through(world.office, CALLE)
    assert [it.notice.unit for it in found.recent] == ["barn"] * LEAF
    assert (found.newer, found.older) == (False, True)
    assert len(read_deliveries(world.office, CALLE, limit=3).recent) == 3
    assert leaf_through(world.office, SYS).recent[0].notice.unit == "vald"


def test_only_the_cases_on_the_page_are_logged_as_looked_at() -> None:
    world = World()
    put(world, True, notice=saga.notice(case_id="gammalt"))
    put(world, *[True] * LEAF, notice=saga.notice(case_id="nytt"))
    leaf_through(world.office, SYS)

    line = max(world.store.access.items())[1]
    assert (line.action, line.case_ids) == ("läsa utskick", ("nytt",))

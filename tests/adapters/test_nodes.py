"""The processes that work on the store: each is seen from its start until it is long gone."""

from dataclasses import replace
from datetime import timedelta

from tests.adapters import saga
from tests.people import Hands, Ids, office, rules
from tests.stores import WorkFactory
from workflows import nodes
from workflows.node_ports import Node
from workflows.nodes import Standing
from workflows.ports import Office

FIRST = Node(
    id="n1",
    kind="serve",
    host="a",
    program="1",
    schema="0011",
    started_at=saga.NOON,
    seen_at=saga.NOON,
)


def town(factory: WorkFactory) -> tuple[Office, Hands]:
    clock = Hands(saga.NOON)
    return office(factory, clock, Ids(), rules()), clock


def after(node: Node, name: str, **span: float) -> Node:
    at = node.started_at + timedelta(**span)
    return replace(node, id=name, started_at=at, seen_at=at)


def standing(there: Office) -> list[tuple[str, Standing]]:
    return [(it.node.id, it.standing) for it in nodes.seen(there)]


def test_a_node_is_seen_working_then_silent_and_one_that_left_is_told_as_that(
    store_factory: WorkFactory,
) -> None:
    there, clock = town(store_factory)
    nodes.join(there, FIRST)
    nodes.join(there, after(FIRST, "n2", seconds=1))
    nodes.join(there, after(FIRST, "n3", seconds=2))
    clock.forward(seconds=25)
    nodes.beat(there, FIRST)
    nodes.leave(there, "n2")
    clock.forward(seconds=20)

    assert standing(there) == [
        ("n3", Standing.SILENT),
        ("n2", Standing.LEFT),
        ("n1", Standing.WORKING),
    ]


def test_a_node_that_nobody_knows_ends_without_a_trace(store_factory: WorkFactory) -> None:
    there, _ = town(store_factory)

    nodes.leave(there, "n1")

    assert standing(there) == []


def test_a_node_that_slept_until_it_was_forgotten_is_seen_again_when_it_wakes(
    store_factory: WorkFactory,
) -> None:
    there, clock = town(store_factory)
    nodes.join(there, FIRST)
    nodes.join(there, after(FIRST, "n2", days=8))
    assert [name for name, _ in standing(there)] == ["n2"]

    clock.forward(days=8)
    nodes.beat(there, FIRST)

    assert [it.node for it in nodes.seen(there)][1] == replace(FIRST, seen_at=clock.now)
    assert standing(there)[1] == ("n1", Standing.WORKING)


def test_a_node_that_has_told_that_it_ends_is_not_at_work_for_a_late_sign_of_life(
    store_factory: WorkFactory,
) -> None:
    there, _ = town(store_factory)
    nodes.join(there, FIRST)
    nodes.leave(there, "n1")

    nodes.beat(there, FIRST)

    assert standing(there) == [("n1", Standing.LEFT)]


def test_one_that_was_last_seen_long_ago_is_forgotten_when_another_begins(
    store_factory: WorkFactory,
) -> None:
    there, _ = town(store_factory)
    nodes.join(there, FIRST)
    nodes.join(there, after(FIRST, "n2", days=6))
    nodes.join(there, after(FIRST, "n3", days=8))

    assert [name for name, _ in standing(there)] == ["n3", "n2"]


def test_both_stores_give_back_what_they_were_given(store_factory: WorkFactory) -> None:
    there, _ = town(store_factory)
    nodes.join(there, FIRST)

    assert [it.node for it in nodes.seen(there)] == [FIRST]

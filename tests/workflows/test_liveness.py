"""Which processes live, and which are missed."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.nodes import node
from tests.people import MORNING
from workflows.liveness import silent, working
from workflows.node_ports import Node


def test_a_worker_that_fell_silent_is_missed_until_one_is_started_in_its_place() -> None:
    now = MORNING + timedelta(seconds=300)
    gone, old = node("a", started=0, seen=100), node("b", started=0, seen=290)
    heir = node("c", started=200, seen=290)

    assert silent((gone, old), now) == (gone,)
    assert silent((gone, old, heir), now) == ()
    assert silent((gone, old, replace(heir, host="en annan dator")), now) == (gone,)


def test_a_worker_that_said_farewell_is_not_missed() -> None:
    assert silent((node("a", started=0, seen=10, left=10),), MORNING + timedelta(hours=1)) == ()


moments = st.integers(0, 500)
nodes = st.lists(
    st.builds(
        lambda began, beat, left: (began, began + beat, left), moments, moments, st.booleans()
    ),
    max_size=8,
).map(
    lambda rows: [
        node(str(n), started=began, seen=seen, left=seen if left else None)
        for n, (began, seen, left) in enumerate(rows)
    ]
)


@given(nodes, st.integers(0, 1000))
def test_nobody_is_both_working_and_missed_and_each_heir_stands_in_for_one(
    every: list[Node], seconds: int
) -> None:
    now = MORNING + timedelta(seconds=seconds)
    here, gone = working(every, now), silent(every, now)

    assert not {it.id for it in here} & {it.id for it in gone}
    quiet = [it for it in every if it.left_at is None and it not in here]
    assert len(quiet) - len(here) <= len(gone) <= len(quiet)

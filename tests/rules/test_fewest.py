"""The least that meets a goal, and the shortest way to an alternative, where there is none too."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.engines.demand import Demand, State
from rules.engines.fewest import Option, fewest
from rules.engines.normal import Literal
from rules.engines.oracle import compile_test
from rules.engines.situation import Situation
from rules.engines.ways import Alternative, shortest_way
from rules.language.syntax import Answered, AtLeast, Leaf, Unanswered

NAMES = ("a", "b", "c", "d")


def is_true(value: object) -> bool:
    return value is True


demands = st.lists(st.sampled_from(NAMES), min_size=1, unique=True).flatmap(
    lambda names: st.builds(
        Demand, st.just(tuple(names)), st.integers(1, len(names)), st.just(is_true)
    )
)
goals = st.lists(st.lists(demands, min_size=1, max_size=2).map(tuple), max_size=3)
weights = st.lists(st.integers(1, 5), min_size=4, max_size=4)


@given(goals, weights, st.integers(0, 12))
def test_nothing_that_weighs_less_meets_the_goal(
    goal: list[tuple[Demand, ...]], weight: list[int], below: int
) -> None:
    options = [Option(name, True, n) for name, n in zip(NAMES, weight, strict=True)]
    tried = []
    for taken in product((False, True), repeat=4):
        state: State = dict(zip(NAMES, taken, strict=True))
        if all(any(demand.missing(state) == 0 for demand in either) for either in goal):
            tried.append(sum(n for n, it in zip(weight, taken, strict=True) if it))

    found = fewest(goal, {}, options, below=below)

    least = min((it for it in tried if it < below), default=None)
    assert (None if found is None else sum(it.weight for it in found)) == least


def test_nothing_weighs_less_than_nothing() -> None:
    assert fewest([], {}, [], below=1) == ()
    assert fewest([], {}, [], below=0) is None


def alternative(*leaves: tuple[Leaf, bool]) -> Alternative:
    return tuple((Literal(leaf, holds), compile_test(leaf)) for leaf, holds in leaves)


@pytest.mark.parametrize(
    "impossible",
    [
        alternative((Unanswered(("a", "b")), True), (Answered("a"), True)),
        alternative((AtLeast(2, ("a", "b")), True), (AtLeast(1, ("b", "c")), False)),
    ],
    ids=["answered and left unanswered", "two ja of which one must be nej"],
)
def test_what_cannot_be_so_at_once_has_no_way(impossible: Alternative) -> None:
    assert shortest_way(impossible, Situation({}, {})) is None


def test_an_answer_that_serves_two_counts_is_one_answer() -> None:
    shared = alternative((AtLeast(1, ("a", "b")), True), (AtLeast(1, ("b", "c")), True))

    way = shortest_way(shared, Situation({}, {}))

    assert way is not None
    assert (way.replies, way.size) == ((("b", True),), 1)

"""A draw of past concerns is even, tells nothing of the levels, and is the same again."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Invalid
from rules.level import Level
from rules.ratings import LARGEST, Candidate, draw

candidates = st.lists(
    st.builds(
        Candidate,
        st.uuids().map(str),
        st.sampled_from(Level),
        st.sampled_from(Level),
        st.booleans(),
        st.just(frozenset({"konto-mira"})),
    ),
    max_size=40,
    unique_by=lambda it: it.case_id,
)
sizes = st.integers(1, 30)


@given(candidates, sizes, st.text(max_size=5), st.randoms())
def test_the_same_seed_draws_the_same_whatever_the_order(
    found: list[Candidate], size: int, seed: str, random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert draw(found, size=size, seed=seed) == draw(shuffled, size=size, seed=seed)


@given(candidates, sizes, st.text(max_size=5))
def test_no_level_is_drowned_by_another(found: list[Candidate], size: int, seed: str) -> None:
    drawn = draw(found, size=size, seed=seed)
    there, got = (Counter(it.confirmed for it in some) for some in (found, drawn))

    assert len(drawn) == min(size, len(found)) == len({it.case_id for it in drawn})
    for level in Level:
        assert got[level] >= min(there[level], size // len(Level))


@given(candidates, sizes, st.text(max_size=5))
def test_closed_cases_are_drawn_before_open_ones(
    found: list[Candidate], size: int, seed: str
) -> None:
    drawn = draw(found, size=size, seed=seed)

    for level in Level:
        left = [it for it in found if it.confirmed is level and it.closed and it not in drawn]
        assert not left or all(it.closed for it in drawn if it.confirmed is level)


def test_the_order_of_a_draw_does_not_tell_the_levels() -> None:
    found = [
        Candidate(f"{level}-{number}", level, level, True, frozenset())
        for level in Level
        for number in range(10)
    ]

    orders = {tuple(it.confirmed for it in draw(found, size=9, seed=str(n))) for n in range(20)}
    assert len(orders) > 10


@pytest.mark.parametrize("size", [0, -1, LARGEST + 1])
def test_a_draw_of_none_or_of_too_many_is_refused(size: int) -> None:
    with pytest.raises(Invalid):
        draw([], size=size, seed="")

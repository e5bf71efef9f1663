"""Kappa and shares: known values, and what must hold whatever is counted."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.agreement import Pair, agreement
from rules.level import Level
from rules.share import LEAST, Share

G, O, R = Level.GREEN, Level.ORANGE, Level.RED  # noqa: E741
levels = st.sampled_from(Level)
pairs = st.lists(st.tuples(levels, levels), max_size=60)


def spread(*counts: int) -> list[Pair]:
    """Nine counts, row by row: as many pairs."""
    return [
        pair
        for pair, count in zip(product(Level, Level), counts, strict=True)
        for _ in range(count)
    ]


def by_disagreement(found: list[Pair]) -> float:
    """Weighted kappa the other way round: what differed against what chance would make differ."""
    seen = sum(abs(a.rank - b.rank) for a, b in found) / len(found)
    crossed = [abs(a.rank - b.rank) for a, _ in found for _, b in found]
    return 1 - seen / (sum(crossed) / len(crossed))


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [
        # Two raters and two answers, the examples of every textbook page on kappa.
        ((20, 5, 0, 10, 15, 0, 0, 0, 0), 0.4),
        ((45, 15, 0, 25, 15, 0, 0, 0, 0), 0.1304),
        ((25, 35, 0, 5, 35, 0, 0, 0, 0), 0.2593),
        # Fleiss, Levin and Paik (2003), table 18.1: psychosis, neurosis, organic.
        ((75, 1, 4, 5, 4, 1, 0, 0, 10), 0.6765),
    ],
)
def test_kappa_is_that_of_the_textbooks(counts: tuple[int, ...], kappa: float) -> None:
    found = agreement(spread(*counts)).kappa

    assert found is not None
    assert found.value == pytest.approx(kappa, abs=5e-5)


def test_the_error_of_kappa_is_that_of_the_textbook() -> None:
    """The same table: a standard error of 0.088, so 0.68 give or take 0.17."""
    found = agreement(spread(75, 1, 4, 5, 4, 1, 0, 0, 10)).kappa

    assert found is not None
    assert found.interval == pytest.approx((0.505, 0.848), abs=2e-3)


def test_the_next_level_counts_for_half_with_weights() -> None:
    near, far = (
        agreement(spread(5, 5, 0, 0, 5, 0, 0, 0, 5)),
        agreement(spread(5, 0, 5, 0, 5, 0, 0, 0, 5)),
    )

    assert near.kappa is not None
    assert near.weighted is not None
    assert far.weighted is not None
    assert near.weighted.value > near.kappa.value
    assert near.weighted.value > far.weighted.value


@pytest.mark.parametrize("found", [[], [(R, R)], [(O, O)] * 40])
def test_without_variation_there_is_no_kappa_and_never_one(found: list[Pair]) -> None:
    said = agreement(found)

    assert said.kappa is None
    assert said.weighted is None
    assert said.alike == Share(len(found), len(found))


def test_a_rater_who_always_says_the_same_agrees_no_more_than_chance() -> None:
    found = agreement([(R, R)] * 10 + [(R, G)] * 10)

    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(0)


def test_few_pairs_and_pairs_that_all_agree_have_no_interval() -> None:
    few = agreement([(R, R), (G, G), (O, R)]).kappa
    alike = agreement([(R, R), (G, G)] * LEAST).kappa

    assert few is not None
    assert alike is not None
    assert (few.interval, alike.interval) == (None, None)


def test_raters_who_do_not_know_of_each_other_agree_as_chance_does() -> None:
    found = agreement([*product([G, G, O, R], [G, O, O, R, R])] * 5)

    assert found.kappa is not None
    assert found.weighted is not None
    assert found.kappa.value == pytest.approx(0)
    assert found.weighted.value == pytest.approx(0)
    assert found.kappa.interval is not None
    assert found.kappa.interval[0] < 0 < found.kappa.interval[1]


@given(pairs)
def test_it_does_not_matter_who_is_first(found: list[Pair]) -> None:
    one, other = agreement(found), agreement([(b, a) for a, b in found])

    assert one.alike == other.alike
    for a, b in ((one.kappa, other.kappa), (one.weighted, other.weighted)):
        assert (a is None) == (b is None)
        if a is not None and b is not None:
            assert a.value == pytest.approx(b.value)
            assert a.interval == pytest.approx(b.interval)


@given(st.lists(levels, min_size=2, max_size=60).filter(lambda it: len(set(it)) > 1))
def test_perfect_agreement_with_variation_is_one(said: list[Level]) -> None:
    found = agreement([(level, level) for level in said])

    assert found.kappa is not None
    assert found.weighted is not None
    assert found.kappa.value == pytest.approx(1)
    assert found.weighted.value == pytest.approx(1)


@given(pairs)
def test_the_table_holds_every_pair_and_kappa_is_within_its_bounds(found: list[Pair]) -> None:
    said = agreement(found)

    assert sum(said.table.values()) == said.count == len(found)
    assert said.alike.count == sum(a is b for a, b in found)
    for kappa in (said.kappa, said.weighted):
        if kappa is not None:
            assert -1 - 1e-9 <= kappa.value <= 1 + 1e-9
            low, high = kappa.interval or (-1, 1)
            assert low - 1e-9 <= kappa.value <= high + 1e-9


@given(pairs.filter(lambda it: agreement(it).weighted is not None))
def test_weighted_kappa_is_what_it_is_counted_the_other_way_round(found: list[Pair]) -> None:
    said = agreement(found).weighted

    assert said is not None
    assert said.value == pytest.approx(by_disagreement(found))


SHARES: Mapping[tuple[int, int], tuple[float, float]] = {
    # Newcombe (1998), table I, method 3.
    (81, 263): (0.2553, 0.3662),
    (15, 148): (0.0624, 0.1605),
    (0, 20): (0.0, 0.1611),
    (1, 29): (0.0061, 0.1718),
}


@pytest.mark.parametrize(("counted", "interval"), SHARES.items())
def test_the_interval_of_a_share_is_wilsons(
    counted: tuple[int, int], interval: tuple[float, float]
) -> None:
    assert Share(*counted).interval == pytest.approx(interval, abs=5e-5)


@given(st.integers(0, 500).flatmap(lambda of: st.builds(Share, st.integers(0, of), st.just(of))))
def test_a_share_is_within_its_interval_and_that_within_nothing_and_all(share: Share) -> None:
    low, high = share.interval

    assert 0 <= low <= share.value <= high <= 1
    assert share.tellable == (share.of >= LEAST)


def test_all_is_as_unsure_as_none() -> None:
    low, high = Share(0, 30).interval

    assert Share(30, 30).interval == pytest.approx((1 - high, 1 - low))

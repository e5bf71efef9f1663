"""Blind ratings and what was said of levels are kept the same way in memory and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from adapters.work import postgres_work
from rules import events as ev
from rules.days import Days
from rules.level import Level
from rules.ratings import AlreadyRated, Chosen, OwnLevel, RatedByTwo, Rating, Sample
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.judgements import LevelRow
from workflows.ports import UnitOfWork

DAYS = Days(date(2026, 3, 1), date(2026, 3, 31))
SAMPLE = Sample(drawn_by="konto-rut", drawn_at=saga.NOON, days=DAYS, size=2, seed="frö")


def chosen(place: int = 1, case_id: str = "a") -> Chosen:
    return Chosen(
        sample_id=0,
        place=place,
        case_id=case_id,
        proposed=Level.ORANGE,
        confirmed=Level.RED,
        hands=("konto-mira",),
    )


def drawn(work: UnitOfWork) -> Sample:
    return work.ratings.add(SAMPLE, [chosen(1, "a"), chosen(2, "b")])


def rating(sample: Sample, rater: str, *, place: int = 1, level: Level = Level.RED) -> Rating:
    return Rating(
        sample_id=sample.id,
        place=place,
        rater=rater,
        level=level,
        reason="Barnet är rädd.",
        rated_at=saga.NOON,
    )


def level_set(level: Level = Level.RED, *, by: str = saga.BY, **span: float) -> ev.LevelSet:
    return ev.LevelSet(at=saga.after(**span), by=by, level=level, reason="")


def test_a_sample_is_kept_as_it_was_drawn(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        first, second = drawn(work), drawn(work)
        work.commit()

    with store_factory() as work:
        assert work.ratings.samples() == (second, first)
        assert first == replace(SAMPLE, id=first.id)
        assert work.ratings.chosen(first.id) == (
            replace(chosen(1, "a"), sample_id=first.id),
            replace(chosen(2, "b"), sample_id=first.id),
        )
        assert work.ratings.chosen(first.id + 1000) == ()


def test_two_rate_and_a_third_never_does(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        sample = drawn(work)
        work.ratings.rate(rating(sample, "konto-nora", level=Level.GREEN))
        with pytest.raises(AlreadyRated):
            work.ratings.rate(rating(sample, "konto-nora"))
        with pytest.raises(OwnLevel):
            work.ratings.rate(rating(sample, "konto-mira"))
        work.ratings.rate(rating(sample, "konto-anna"))
        with pytest.raises(RatedByTwo):
            work.ratings.rate(rating(sample, "konto-oskar"))
        work.ratings.rate(rating(sample, "konto-oskar", place=2))
        work.commit()

    with store_factory() as work:
        assert work.ratings.ratings(sample.id) == (
            rating(sample, "konto-nora", level=Level.GREEN),
            rating(sample, "konto-anna"),
            rating(sample, "konto-oskar", place=2),
        )


def test_what_waits_is_what_one_may_yet_rate(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        saga.keep(work, "a", saga.registered("2026-a"), saga.classified(), level_set())
        by_oskar = level_set(by="konto-oskar")
        saga.keep(work, "b", saga.registered("2026-b"), saga.classified(), by_oskar)
        sample = drawn(work)
        work.ratings.rate(rating(sample, "konto-nora"))
        work.ratings.rate(rating(sample, "konto-anna", place=2))
        work.ratings.rate(rating(sample, "konto-nora", place=2))
        work.commit()

    with store_factory() as work:
        waits = {
            who: [it.place for it in work.ratings.waiting(f"konto-{who}")]
            for who in ("nora", "anna", "oskar", "mira")
        }
    assert waits == {"nora": [], "anna": [1], "oskar": [1], "mira": []}


def test_whoever_set_the_level_after_the_draw_has_nothing_waiting(
    store_factory: WorkFactory,
) -> None:
    with store_factory() as work:
        saga.keep(work, "a", saga.registered("2026-a"), saga.classified(), level_set())
        drawn(work)
        saga.keep(work, "a", level_set(by="konto-nora", hours=1))
        work.commit()

    with store_factory() as work:
        assert [it.place for it in work.ratings.waiting("konto-nora")] == [2]


def test_levels_are_told_case_by_case_of_those_that_the_time_touches(
    store_factory: WorkFactory,
) -> None:
    early, late, after = level_set(hours=1), level_set(hours=2), level_set(hours=9)
    with store_factory() as work:
        saga.keep(work, "b", saga.registered("2026-b"), saga.classified(), saga.clock(), late)
        saga.keep(work, "a", saga.registered("2026-a"), saga.classified(), early, saga.closed())
        saga.keep(work, "c", saga.registered("2026-c"), saga.classified(), late, after)
        saga.keep(work, "d", saga.registered("2026-d"))
        work.commit()

    with store_factory() as work:
        told = list(work.history.levels(saga.after(hours=2), saga.after(hours=9)))

    assert told == [
        LevelRow("b", "2026-b", closed=False, event=saga.classified()),
        LevelRow("b", "2026-b", closed=False, event=late),
        LevelRow("c", "2026-c", closed=False, event=saga.classified()),
        LevelRow("c", "2026-c", closed=False, event=late),
    ]


def test_a_closed_case_is_told_as_closed(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        saga.keep(work, "a", saga.registered(), saga.classified(), saga.closed())
        work.commit()

    with store_factory() as work:
        (row,) = work.history.levels(saga.NOON, saga.after(days=1))
    assert row.closed


def test_a_row_of_a_level_that_cannot_be_read_is_told_and_not_skipped(
    postgres_engine: Engine, owner: Engine
) -> None:
    damaged = (
        "INSERT INTO journal (case_id, seq, kind, actor, recorded_at, event, hash)"
        " VALUES ('x', 1, 'level_set', 'konto-mira', :at, '{', '')"
    )
    with owner.begin() as connection:
        connection.execute(text(damaged), {"at": saga.NOON})

    with postgres_work(postgres_engine)() as work:
        told = list(work.history.levels(saga.NOON, saga.after(hours=1)))

    assert told == [LevelRow("x", "x", closed=False, event=None)]


RATED = text(
    "INSERT INTO ratings (sample_id, place, turn, hands, rater, level, reason, rated_at)"
    " VALUES (:sample, 1, :turn, :hands, :rater, 'röd', '', now())"
)


@pytest.mark.parametrize(
    ("turn", "hands", "rater", "why"),
    [
        (3, ["konto-mira"], "konto-oskar", "two_raters"),
        (1, ["konto-mira"], "konto-mira", "not_their_own_level"),
        (1, [], "konto-mira", "fk_ratings_sample_id_place_hands"),
    ],
)
def test_the_database_itself_refuses_a_third_rater_and_whoever_set_the_level(
    postgres_engine: Engine, owner: Engine, turn: int, hands: list[str], rater: str, why: str
) -> None:
    """Neither openly nor by leaving the hand unnamed."""
    with postgres_work(postgres_engine)() as work:
        sample = drawn(work)
        work.commit()
    row = {"sample": sample.id, "turn": turn, "hands": hands, "rater": rater}

    with owner.connect() as connection, pytest.raises(IntegrityError, match=why):
        connection.execute(RATED, row)


def test_of_three_who_rate_at_once_two_are_heard(
    postgres_engine: Engine,
) -> None:
    with postgres_work(postgres_engine)() as work:
        sample = drawn(work)
        work.commit()
    ready = Barrier(3)

    def rate(rater: str) -> str:
        with postgres_work(postgres_engine)() as work:
            ready.wait()
            try:
                work.ratings.rate(rating(sample, rater))
            except RatedByTwo:
                return "för sent"
            work.commit()
        return "hörd"

    with ThreadPoolExecutor(3) as pool:
        said = sorted(pool.map(rate, ("konto-nora", "konto-anna", "konto-oskar")))

    assert said == ["för sent", "hörd", "hörd"]
    with postgres_work(postgres_engine)() as work:
        assert len(work.ratings.ratings(sample.id)) == 2

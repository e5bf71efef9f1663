"""Blind double rating: an even draw, two raters with clean hands, and nothing given away."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from rules.case import Case
from rules.days import Days
from rules.errors import Invalid, NotAllowed, NotVisible
from rules.level import Level
from rules.people import Actor, Role
from rules.ratings import (
    AlreadyRated,
    NothingToDraw,
    OwnLevel,
    RatedByTwo,
    draw,
)
from tests.people import (
    BEA,
    EVERYONE,
    GREEN,
    GRY,
    MIRA,
    NORA,
    ORANGE,
    OSKAR,
    RED,
    RUT,
    VIVI,
    World,
    actor,
    report,
)
from tests.workflows.course import new_world
from workflows import assessing, ratings
from workflows.judgements import stories
from workflows.registering import register

MARCH = Days(date(2026, 3, 1), date(2026, 3, 31))
ANNA = actor("Anna", Role.INTAKE, unit="mottagning")


def judged(world: World, level: Level | None = None, *, red: bool = True) -> Case:
    """A case whose level Mira has set."""
    answers = RED if red else ORANGE
    (case,) = register(world.office, MIRA, report(answers=answers))
    assessing.assess_protection(world.office, MIRA, case.id, needed=False, reasons="Tryggt.")
    wanted = level or case.level
    return assessing.set_level(world.office, MIRA, case.id, level=wanted, reason="Skäl.")


def drawn_world(*levels: Level | None) -> tuple[World, int]:
    world = new_world()
    world.admit(ANNA)
    for level in levels or (None,):
        judged(world, level, red=False)
    sample = ratings.draw_sample(world.office, RUT, size=10, days=MARCH)
    return world, sample.id


def test_only_cases_whose_level_people_set_in_the_period_are_drawn() -> None:
    world = new_world()
    register(world.office, MIRA, report(answers=GREEN))
    case = judged(world)

    sample = ratings.draw_sample(world.office, RUT, size=10, days=MARCH)

    with world.office.uow() as work:
        assert [it.case_id for it in work.ratings.chosen(sample.id)] == [case.id]
    line = world.store.access[max(world.store.access)]
    assert set(line.case_ids) == set(world.store.journal)
    april = Days(date(2026, 4, 1), date(2026, 4, 2))
    with pytest.raises(NothingToDraw):
        ratings.draw_sample(world.office, RUT, size=10, days=april)


def test_two_people_rate_and_then_nobody() -> None:
    world, sample = drawn_world()

    ratings.rate(world.office, NORA, (sample, 1), level=Level.RED, reason="Rädd.")
    with pytest.raises(AlreadyRated):
        ratings.rate(world.office, NORA, (sample, 1), level=Level.RED)
    ratings.rate(world.office, OSKAR, (sample, 1), level=Level.ORANGE)

    for again in (ANNA, OSKAR, NORA):
        assert ratings.waiting(world.office, again) == ()
    with pytest.raises(RatedByTwo):
        ratings.read_blind(world.office, ANNA, (sample, 1))


def test_whoever_had_a_hand_in_the_level_does_not_rate_it_then_or_later() -> None:
    world, sample = drawn_world()
    case_id = next(iter(world.store.journal))
    assert ratings.waiting(world.office, MIRA) == ()
    with pytest.raises(OwnLevel):
        ratings.rate(world.office, MIRA, (sample, 1), level=Level.RED)

    assessing.set_level(world.office, NORA, case_id, level=Level.RED, reason="Nya uppgifter.")

    assert ratings.waiting(world.office, NORA) == ()
    with pytest.raises(OwnLevel):
        ratings.read_blind(world.office, NORA, (sample, 1))


@pytest.mark.parametrize(
    "who", [it for it in EVERYONE if not it.has(Role.INTAKE)], ids=lambda who: who.name
)
def test_only_the_intake_rates(who: Actor) -> None:
    world, sample = drawn_world()

    assert ratings.waiting(world.office, who) == ()
    with pytest.raises(NotAllowed):
        ratings.read_blind(world.office, who, (sample, 1))
    with pytest.raises(NotAllowed):
        ratings.rate(world.office, who, (sample, 1), level=Level.RED)


@pytest.mark.parametrize("who", [MIRA, VIVI, GRY, BEA], ids=lambda who: who.name)
def test_only_a_rule_owner_draws(who: Actor) -> None:
    with pytest.raises(NotAllowed):
        ratings.draw_sample(new_world().office, who, size=10, days=MARCH)


@pytest.mark.parametrize("where", [(1, 99), (99, 1)])
def test_what_was_not_drawn_does_not_exist(where: tuple[int, int]) -> None:
    world, sample = drawn_world()
    where = (sample if where[0] == 1 else where[0], where[1])

    with pytest.raises(NotVisible):
        ratings.read_blind(world.office, NORA, where)


def test_a_case_that_is_gone_does_not_exist() -> None:
    world, sample = drawn_world()
    chosen = replace(world.store.sampled[sample, 1], place=2, case_id="borta")
    world.store.sampled[sample, 2] = chosen

    with pytest.raises(NotVisible):
        ratings.read_blind(world.office, NORA, (sample, 2))


def test_every_reading_and_every_rating_is_logged_on_its_case() -> None:
    world, sample = drawn_world()
    case_id = next(iter(world.store.journal))

    ratings.read_blind(world.office, NORA, (sample, 1))
    ratings.rate(world.office, NORA, (sample, 1), level=Level.RED)

    lines = [it for it in world.store.access.values() if it.action == "bedöma blint"]
    assert [(it.account_id, it.case_ids) for it in lines] == [(NORA.id, (case_id,))] * 2


def test_what_a_rater_sees_is_the_same_whatever_was_set_proposed_later_or_rated() -> None:
    seen = []
    for level in (Level.ORANGE, Level.RED):
        world, sample = drawn_world(level)
        case_id = next(iter(world.store.journal))
        seen.append(ratings.read_blind(world.office, NORA, (sample, 1)))
        assessing.answer_questions(world.office, MIRA, case_id, answers=RED)
        seen.append(ratings.read_blind(world.office, NORA, (sample, 1)))
        ratings.rate(world.office, OSKAR, (sample, 1), level=level, reason="Hemligt skäl.")
        seen.append(ratings.read_blind(world.office, NORA, (sample, 1)))

    assert all(it == seen[0] for it in seen)
    assert set(seen[0].answers) == set(ORANGE)
    assert not {"level", "proposed", "confirmed", "hands", "number"} & set(asdict(seen[0]))


def test_a_reason_with_a_sign_that_cannot_be_kept_is_refused_by_field() -> None:
    world, sample = drawn_world()

    with pytest.raises(Invalid) as refused:
        ratings.rate(world.office, NORA, (sample, 1), level=Level.RED, reason="\x01")
    assert set(refused.value.faults) == {"reason"}


def test_a_pair_counts_when_both_have_rated_and_not_before() -> None:
    world, sample = drawn_world(None, Level.RED)
    for place in (1, 2):
        ratings.rate(world.office, NORA, (sample, place), level=Level.RED)
    ratings.rate(world.office, OSKAR, (sample, 1), level=Level.ORANGE)

    found = ratings.likeness(world.office, RUT, sample)

    assert found.between.count == 1
    assert found.between.table[Level.RED, Level.ORANGE] == 1
    assert (found.progress.drawn, found.progress.rated, found.progress.begun) == (2, 1, 1)
    assert [it.count for it in (*found.with_confirmed, *found.with_proposed)] == [1] * 4
    line = world.store.access[max(world.store.access)]
    assert len(line.case_ids) == 1


def test_each_rater_is_held_against_what_people_set_and_what_the_rules_proposed() -> None:
    world, sample = drawn_world(Level.RED)
    ratings.rate(world.office, NORA, (sample, 1), level=Level.RED)
    ratings.rate(world.office, OSKAR, (sample, 1), level=Level.ORANGE)

    found = ratings.likeness(world.office, VIVI, sample)

    assert [it.alike.count for it in found.with_confirmed] == [1, 0]
    assert [it.alike.count for it in found.with_proposed] == [0, 1]
    assert found.between.kappa is not None


def test_what_the_other_found_is_shown_when_both_have_answered_otherwise_and_not_before() -> None:
    world, sample = drawn_world(None, Level.RED)
    for place in (1, 2):
        ratings.rate(world.office, OSKAR, (sample, place), level=Level.RED, reason="Rädd.")
    assert ratings.differing(world.office, NORA) == ()
    assert ratings.differing(world.office, OSKAR) == ()

    ratings.rate(world.office, NORA, (sample, 1), level=Level.RED)
    ratings.rate(world.office, NORA, (sample, 2), level=Level.GREEN)

    (found,) = ratings.differing(world.office, NORA)
    assert (found.place, found.mine.level, found.other.reason) == (2, Level.GREEN, "Rädd.")
    line = world.store.access[max(world.store.access)]
    assert (line.account_id, len(line.case_ids)) == (NORA.id, 1)
    assert ratings.differing(world.office, ANNA) == ()


def test_agreement_is_for_those_who_answer_for_the_rules() -> None:
    world, sample = drawn_world()

    assert [it.sample.id for it in ratings.samples(world.office, GRY)] == [sample]
    for who in (MIRA, BEA):
        with pytest.raises(NotAllowed):
            ratings.samples(world.office, who)
        with pytest.raises(NotAllowed):
            ratings.likeness(world.office, who, sample)
    with pytest.raises(NotVisible):
        ratings.likeness(world.office, RUT, sample + 1)


def test_the_seed_is_kept_so_that_the_draw_can_be_made_again() -> None:
    world, sample = drawn_world(None, Level.RED, None)
    with world.office.uow() as work:
        (kept,) = work.ratings.samples()
        chosen = work.ratings.chosen(sample)
        told = tuple(stories(work.history.levels(MARCH.since, MARCH.until)))
        found = ratings._candidates(told, MARCH)

    again = draw(found, size=kept.size, seed=kept.seed)
    assert [it.case_id for it in again] == [it.case_id for it in chosen]

"""Who may rate a past concern: somebody of the intake, with clean hands, once, and two at most."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rules.errors import NotAllowed, Refusal
from rules.level import Level
from rules.people import Actor, Role
from rules.ratings import AlreadyRated, Chosen, OwnLevel, RatedByTwo, Rating, require_rater

NORA = Actor(id="nora", name="Nora", roles=frozenset({Role.INTAKE}))
CHOSEN = Chosen(
    sample_id=1,
    place=1,
    case_id="a",
    proposed=Level.ORANGE,
    confirmed=Level.RED,
    hands=("mira",),
)
BY_ANNA = Rating(
    sample_id=1,
    place=1,
    rater="anna",
    level=Level.RED,
    rated_at=datetime(2026, 3, 10, tzinfo=UTC),
)
BY_OSKAR = replace(BY_ANNA, rater="oskar")


def test_one_of_the_intake_with_clean_hands_rates() -> None:
    require_rater(NORA, CHOSEN, [BY_ANNA], hands=["mira"])


def test_ratings_of_another_place_do_not_count() -> None:
    others = [replace(it, place=2) for it in (BY_ANNA, BY_OSKAR, replace(BY_ANNA, rater="nora"))]

    require_rater(NORA, CHOSEN, others, hands=[])


@pytest.mark.parametrize(
    ("actor", "given", "hands", "refusal"),
    [
        (replace(NORA, roles=frozenset({Role.RULE_OWNER})), [], [], NotAllowed),
        (replace(NORA, id="mira"), [], [], OwnLevel),
        (NORA, [], ["nora"], OwnLevel),
        (NORA, [replace(BY_ANNA, rater="nora")], [], AlreadyRated),
        (NORA, [BY_ANNA, BY_OSKAR], [], RatedByTwo),
    ],
)
def test_nobody_else_does(
    actor: Actor, given: list[Rating], hands: list[str], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        require_rater(actor, CHOSEN, given, hands=hands)

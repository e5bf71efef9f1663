"""Blind double rating: which past concerns are drawn, and who may rate one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from rules.days import Days
from rules.errors import Invalid, NotAllowed, Refusal
from rules.level import Level
from rules.people import Actor, Role

RATERS = 2
LARGEST = 200


class AlreadyRated(Refusal):
    """Du har redan bedömt den här anmälan."""


class RatedByTwo(Refusal):
    """Två personer har redan bedömt den här anmälan."""


class OwnLevel(Refusal):
    """Du har varit med och satt nivån i det här ärendet. Någon annan bedömer det."""


class NothingToDraw(Refusal):
    """Ingen anmälan i perioden har en nivå som en människa har satt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A draw of `size` concerns at most; `seed` makes the same draw again from the same cases."""

    id: int = 0
    drawn_by: str
    drawn_at: datetime
    days: Days
    size: int
    seed: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that people have set the level of: what the rules proposed, what people set, and
    whose hands were in it."""

    case_id: str
    proposed: Level
    confirmed: Level
    closed: bool
    hands: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A concern of a sample, known to raters by its place alone, from 1."""

    sample_id: int
    place: int
    case_id: str
    proposed: Level
    confirmed: Level
    hands: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What one person, who saw neither proposal nor outcome, found that the level should be."""

    sample_id: int
    place: int
    rater: str
    level: Level
    reason: str = ""
    rated_at: datetime


def draw(candidates: Iterable[Candidate], *, size: int, seed: str) -> tuple[Candidate, ...]:
    """As many of each confirmed level as there are, evenly, so that the rare ones are not drowned.

    Closed cases first: fewer remember them. In an order that says nothing of the level.
    """
    if not 1 <= size <= LARGEST:
        raise Invalid({"size": f"Skriv ett antal från 1 till {LARGEST}."})
    strata: dict[Level, list[Candidate]] = {level: [] for level in Level}
    for it in sorted(candidates, key=lambda it: (not it.closed, _lot(seed, it.case_id))):
        strata[it.confirmed].append(it)
    deepest = max(len(of_level) for of_level in strata.values())
    turns = (
        of_level[turn]
        for turn in range(deepest)
        for level in reversed(Level)
        if turn < len(of_level := strata[level])
    )
    chosen = [candidate for candidate, _ in zip(turns, range(size), strict=False)]
    return tuple(sorted(chosen, key=lambda it: _lot(f"{seed}:plats", it.case_id)))


def _lot(seed: str, case_id: str) -> bytes:
    return sha256(f"{seed}:{case_id}".encode()).digest()


def require_rater(
    actor: Actor, chosen: Chosen, ratings: Sequence[Rating], *, hands: Iterable[str]
) -> None:
    """Two people of the intake rate, none of whom had a hand in the level, then or since."""
    if not actor.has(Role.INTAKE):
        raise NotAllowed
    if actor.id in chosen.hands or actor.id in hands:
        raise OwnLevel
    mine = [it for it in ratings if it.place == chosen.place]
    if any(it.rater == actor.id for it in mine):
        raise AlreadyRated
    if len(mine) >= RATERS:
        raise RatedByTwo

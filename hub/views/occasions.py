"""What a person may note that has happened, and which clocks start and stop by it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.milestone import Occasion, Point
from rules.policy import Policy


@dataclass(frozen=True, slots=True)
class OccasionChoice:
    """One occasion of the rules, with what it does to the clocks."""

    id: str
    name: str
    law: str
    effects: tuple[str, ...]


def occasion_choices(policy: Policy) -> tuple[OccasionChoice, ...]:
    """In the order of the rules."""
    return tuple(
        OccasionChoice(name, it.name, it.law or "", tuple(_effects(name, policy)))
        for name, it in policy.occasions.items()
    )


def _effects(occasion: str, policy: Policy) -> Iterator[str]:
    for clock in policy.clocks.values():
        if _is(clock.begins, occasion):
            yield f"Startar {clock.name} ({clock.length})"
        if _is(clock.ends, occasion):
            yield f"Stoppar {clock.name}"


def _is(point: Point, occasion: str) -> bool:
    return isinstance(point, Occasion) and point.occasion == occasion

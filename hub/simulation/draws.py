"""Chance from a seed: every thing has draws of its own, so that nothing else can shift them.

That a case is drawn alike whatever the staffing is what makes two runs comparable (common random
numbers): they differ by the staffing and by nothing else.
"""

from dataclasses import dataclass
from math import exp, log
from random import Random

from hub.simulation.profile import Duration


@dataclass(frozen=True, slots=True)
class Draws:
    """All the draws of one seed, by the name of what is drawn."""

    seed: int

    def of(self, *names: object) -> Random:
        """The same numbers each time for the same names."""
        return Random(":".join(map(str, (self.seed, *names))))  # noqa: S311  a game, no secret

    def length(self, duration: Duration, *names: object) -> float:
        """A log-normal length, in the unit of `duration`."""
        normal = self.of(*names).gauss(0, 1)
        return duration.median * exp(normal * log(duration.spread))

    def chance(self, *names: object) -> float:
        """A number from 0 to 1."""
        return self.of(*names).random()

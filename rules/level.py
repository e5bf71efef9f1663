"""The three levels of urgency and their order; what a level promises lives in rules.yaml."""

from enum import StrEnum


class Level(StrEnum):
    """How urgently a concern is handled; the values are the words that people read."""

    GREEN = "grön"
    ORANGE = "orange"
    RED = "röd"

    @property
    def rank(self) -> int:
        """0 for the lowest level, 2 for the highest."""
        return _ORDER.index(self)

    def above(self, other: "Level") -> bool:
        """True when this level is more urgent than `other`."""
        return self.rank > other.rank


_ORDER = tuple(Level)


def highest(*levels: Level) -> Level:
    """The most urgent of `levels`; grön when there are none (the highest level wins)."""
    return max(levels, key=lambda level: level.rank, default=Level.GREEN)

"""A share of something counted, and how sure one may be of it."""

from dataclasses import dataclass
from math import sqrt

# With fewer than this a share says more than it knows; the counts are told instead.
LEAST = 20
# The normal quantile of a two-sided interval of 95 per cent.
SURENESS = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`; both are whole numbers, and count is never more than of."""

    count: int
    of: int

    @property
    def tellable(self) -> bool:
        """Whether there are enough to speak of a share at all."""
        return self.of >= LEAST

    @property
    def value(self) -> float:
        """From 0 to 1; 0 when nothing was counted."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 per cent; from 0 to 1 when nothing was counted."""
        if not self.of:
            return 0.0, 1.0
        square = SURENESS**2
        middle = self.value + square / (2 * self.of)
        spread = self.value * (1 - self.value) / self.of + square / (4 * self.of**2)
        width, whole = SURENESS * sqrt(spread), 1 + square / self.of
        # At the ends the formula gives 0 and 1 but for the last digits.
        low = (middle - width) / whole if self.count else 0.0
        high = (middle + width) / whole if self.count < self.of else 1.0
        return max(0.0, low), min(1.0, high)

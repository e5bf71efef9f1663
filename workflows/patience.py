"""How long the delivery waits, and how many times it tries: every number of it in one place."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Waits double from `first` to `longest` until `tries` have been made: half a day in all.

    A wait is shortened by at most `spread` of itself, by the key, so that what failed together is
    not tried together. A message is held for `lease`; a round takes on nothing new after `round`.
    """

    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(minutes=15)
    tries: int = 50
    spread: float = 0.2
    lease: timedelta = timedelta(minutes=2)
    round: timedelta = timedelta(minutes=1)
    batch: int = 20

    def wait(self, key: str, tries: int) -> timedelta:
        """Until the next try of the message with `key` after `tries` have failed."""
        times: int = 2 ** min(tries - 1, 30)
        whole = min(self.first * times, self.longest)
        return whole * (1 - self.spread * _share(f"{key}:{tries}"))

    def is_over(self, tries: int) -> bool:
        """Whether `tries` were the last."""
        return tries >= self.tries


def _share(text: str) -> float:
    """From 0 to 1, the same for the same text."""
    return int.from_bytes(sha256(text.encode()).digest()[:8]) / 2**64

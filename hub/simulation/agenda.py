"""The driven clock: time jumps from one thing that happens to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Happening = Callable[[], None]


@dataclass(slots=True)
class Agenda:
    """What is going to happen, in the order of time; of two at once, what was said first."""

    at: datetime
    _ahead: list[tuple[datetime, int, Happening]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def __call__(self) -> datetime:
        """The time: the clock of the office."""
        return self.at

    def put(self, at: datetime, happening: Happening) -> None:
        """`happening` takes place at `at`, or now when that has been."""
        heappush(self._ahead, (max(at, self.at), next(self._order), happening))

    def run(self, until: datetime) -> None:
        """Let everything up to and including `until` happen."""
        while self._ahead and self._ahead[0][0] <= until:
            self.at, _, happening = heappop(self._ahead)
            happening()
        self.at = until

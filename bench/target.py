"""What the hub promises of speed and memory, and whether it held in this run."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.table import number, table


@dataclass(frozen=True, slots=True)
class Target:
    """A promise and what was found; `limit` is the least when a ratio, else what is kept under."""

    name: str
    limit: float
    found: float
    unit: str = "×"

    @property
    def met(self) -> bool:
        """Whether this run kept the promise; it says nothing of another machine."""
        return self.found >= self.limit if self.unit == "×" else self.found < self.limit

    @property
    def words(self) -> tuple[str, str, str, str]:
        """The promise as a row: what, how much, what was found, and whether it was met."""
        sign = "minst" if self.unit == "×" else "under"
        promised = f"{sign} {number(self.limit)} {self.unit}"
        found = f"{number(self.found, 0 if self.found >= 100 else 2)} {self.unit}"
        return self.name, promised, found, "ja" if self.met else "NEJ"


def told(targets: Iterable[Target]) -> str:
    """Every promise, met or not."""
    heads = ("", "mål", "i den här körningen", "nått")
    return table("Mål för hastighet och minne", heads, (target.words for target in targets))

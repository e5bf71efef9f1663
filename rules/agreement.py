"""How alike two raters judge, beyond what chance alone would give: Cohen's kappa.

Kappa and its large-sample error are those of Fleiss, Cohen and Everitt (1969), with the weights of
Cicchetti and Allison: 1 for the same level, one half for the next, nothing for the one beyond it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from rules.level import Level
from rules.share import LEAST, SURENESS, Share

Pair = tuple[Level, Level]
_LEVELS = tuple(Level)
_CELLS = tuple((a, b) for a in _LEVELS for b in _LEVELS)
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Kappa:
    """From -1 to 1, where 0 is what chance gives; without an interval when too few were rated.

    Nor is there one when nothing differed: the formula would then claim to be sure.
    """

    value: float
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The pairs counted, what was alike, and kappa without and with weights.

    A kappa is None when both raters gave all the same single level: then nothing varied, and
    there is no telling agreement from habit.
    """

    table: Mapping[Pair, int]
    alike: Share
    kappa: Kappa | None
    weighted: Kappa | None

    @property
    def count(self) -> int:
        return self.alike.of


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """How the first of each pair agrees with the second."""
    table = dict.fromkeys(_CELLS, 0)
    for pair in pairs:
        table[pair] += 1
    count = sum(table.values())
    same = sum(table[level, level] for level in _LEVELS)
    return Agreement(table, Share(same, count), _kappa(table, _alike), _kappa(table, _linear))


def _alike(first: Level, second: Level) -> float:
    return float(first is second)


def _linear(first: Level, second: Level) -> float:
    return 1 - abs(first.rank - second.rank) / (len(_LEVELS) - 1)


def _kappa(table: Mapping[Pair, int], weigh: Callable[[Level, Level], float]) -> Kappa | None:
    count = sum(table.values())
    first = {a: sum(table[a, b] for b in _LEVELS) for a in _LEVELS}
    second = {b: sum(table[a, b] for a in _LEVELS) for b in _LEVELS}
    if max(first.values()) == count and first == second:
        return None
    seen = sum(weigh(a, b) * table[a, b] for a, b in _CELLS) / count
    chance = sum(weigh(a, b) * first[a] * second[b] for a, b in _CELLS) / count**2
    value = (seen - chance) / (1 - chance)
    across = {a: sum(weigh(a, b) * second[b] for b in _LEVELS) / count for a in _LEVELS}
    down = {b: sum(weigh(a, b) * first[a] for a in _LEVELS) / count for b in _LEVELS}
    squares = sum(
        (table[a, b] / count)
        * (weigh(a, b) * (1 - chance) - (across[a] + down[b]) * (1 - seen)) ** 2
        for a, b in _CELLS
    )
    rest = squares - (seen * chance - 2 * chance + seen) ** 2
    error = sqrt(max(rest, 0.0) / count) / (1 - chance) ** 2
    return Kappa(value, _interval(value, error, count))


def _interval(value: float, error: float, count: int) -> tuple[float, float] | None:
    if count < LEAST or error < _NOTHING:
        return None
    width = SURENESS * error
    return max(-1.0, value - width), min(1.0, value + width)

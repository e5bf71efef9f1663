"""What a chart shows, as numbers and Swedish words; how it is drawn is for an adapter."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a series is drawn."""

    BAR = "stapel"
    LINE = "linje"
    STEP = "trappa"


@dataclass(frozen=True, slots=True)
class Series:
    """Points under one name in the legend; a line is broken where nothing is known."""

    name: str
    mark: Mark
    points: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of a chart; bars in it stand on each other."""

    title: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart of one or several panels on the same axes, `across` of them beside each other."""

    name: str
    title: str
    x: str
    y: str
    panels: tuple[Panel, ...]
    across: int = 1
    hours: bool = False

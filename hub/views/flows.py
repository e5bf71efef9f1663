"""How concerns flow between levels from one version to another, as a picture and as numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.views.words import LevelTag, level_tag
from rules.level import Level

WIDTH = 640
_TOP, _HEIGHT, _GAP = 8, 220, 22
_LEFT, _RIGHT = 150, WIDTH - 150
_BAR = 14
# A single child must be seen beside a thousand.
_THINNEST = 3.0

Flows = Mapping[tuple[Level, Level], int]
_Thick = Mapping[tuple[Level, Level], float]
_ORDER = tuple(reversed(Level))


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Those who go from one level to another; `shape` is the path of an SVG."""

    before: LevelTag
    after: LevelTag
    count: int
    course: str
    shape: str


@dataclass(frozen=True, slots=True)
class Bar:
    """All who have one level on one side."""

    tag: LevelTag
    count: int
    x: float
    y: float
    height: float
    text_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The flows as an SVG of `width` by `height`; drawn from the widest ribbon to the thinnest."""

    width: int
    height: int
    bar: int
    bars: tuple[Bar, ...]
    ribbons: tuple[Ribbon, ...]


def picture(flows: Flows) -> Picture:
    """The picture; empty flows give one without ribbons."""
    whole = sum(flows.values()) or 1
    thick = {key: max(_THINNEST, _HEIGHT * n / whole) for key, n in flows.items() if n}
    left = _stacked({level: _sum(thick, level, side=0) for level in _ORDER})
    right = _stacked({level: _sum(thick, level, side=1) for level in _ORDER})
    bottoms = [
        y + _sum(thick, level, side=side)
        for side, places in ((0, left), (1, right))
        for level, y in places.items()
    ]
    bars = (*_bars(flows, thick, left, side=0), *_bars(flows, thick, right, side=1))
    return Picture(
        WIDTH, int(max(bottoms)) + _TOP, _BAR, bars, _ribbons(flows, thick, left=left, right=right)
    )


def _sum(numbers: Mapping[tuple[Level, Level], float], level: Level, *, side: int) -> float:
    return sum(number for key, number in numbers.items() if key[side] is level)


def _stacked(heights: Mapping[Level, float]) -> dict[Level, float]:
    """Where each level begins, the most urgent at the top."""
    places: dict[Level, float] = {}
    y = float(_TOP)
    for level, height in heights.items():
        places[level] = y
        y += height + _GAP
    return places


def _bars(
    flows: Flows, thick: _Thick, places: Mapping[Level, float], *, side: int
) -> tuple[Bar, ...]:
    x = _RIGHT if side else _LEFT - _BAR
    text_x, anchor = (x + _BAR + 8, "start") if side else (x - 8, "end")
    return tuple(
        Bar(
            level_tag(level),
            int(_sum(flows, level, side=side)),
            x,
            round(y, 1),
            round(max(_sum(thick, level, side=side), 1), 1),
            text_x,
            anchor,
        )
        for level, y in places.items()
    )


def _ribbons(
    flows: Flows, thick: _Thick, *, left: Mapping[Level, float], right: Mapping[Level, float]
) -> tuple[Ribbon, ...]:
    from_, to = dict(left), dict(right)
    found = []
    for before in _ORDER:
        for after in _ORDER:
            height = thick.get((before, after), 0.0)
            if height:
                shape = _shape(from_[before], to[after], height)
                count = flows[before, after]
                course = _course(before, after)
                found.append(Ribbon(level_tag(before), level_tag(after), count, course, shape))
            from_[before] += height
            to[after] += height
    return tuple(sorted(found, key=lambda ribbon: -ribbon.count))


def _course(before: Level, after: Level) -> str:
    if before is after:
        return "same"
    return "raised" if after.above(before) else "lowered"


def _shape(start: float, end: float, height: float) -> str:
    """A ribbon of even height that leaves and arrives level."""
    middle = (_LEFT + _RIGHT) / 2
    a, b = round(start, 1), round(end, 1)
    c, d = round(start + height, 1), round(end + height, 1)
    over = f"M{_LEFT},{a} C{middle},{a} {middle},{b} {_RIGHT},{b}"
    return f"{over} L{_RIGHT},{d} C{middle},{d} {middle},{c} {_LEFT},{c} Z"

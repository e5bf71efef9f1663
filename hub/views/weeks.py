"""How many were confirmed, raised and lowered each week, as a picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workflows.drift import Answered

WIDTH, HEIGHT = 640, 150
_TOP, _BOTTOM, _LEFT = 18, 24, 4
_WIDEST = 26.0
_GAP = 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a week's bar."""

    course: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Week:
    """One week's bar, built from the bottom; a quiet week has no parts."""

    label: str
    told: str
    x: float
    width: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Weeks:
    """The picture as an SVG; `most` is the tallest bar's count."""

    width: int
    height: int
    floor: int
    most: int
    weeks: tuple[Week, ...]


def week_label(monday: date) -> str:
    """`2026 v. 11`."""
    iso = monday.isocalendar()
    return f"{iso.year} v. {iso.week}"


def weeks(found: Mapping[date, Answered]) -> Weeks:
    """The picture; every week has its place, also a quiet one."""
    most = max((it.count for it in found.values()), default=0)
    step = min(_WIDEST, (WIDTH - 2 * _LEFT) / max(len(found), 1))
    floor = HEIGHT - _BOTTOM
    tall = (floor - _TOP) / max(most, 1)
    return Weeks(
        WIDTH,
        HEIGHT,
        floor,
        most,
        tuple(
            Week(
                week_label(monday),
                told(it),
                round(_LEFT + step * place, 2),
                round(step * (1 - _GAP), 2),
                _parts(it, floor, tall),
            )
            for place, (monday, it) in enumerate(found.items())
        ),
    )


def told(it: Answered) -> str:
    """`12 bedömda, 2 höjda, 1 sänkt`."""
    lowered = "sänkt" if it.lowered == 1 else "sänkta"
    raised = "höjd" if it.raised == 1 else "höjda"
    judged = "bedömd" if it.count == 1 else "bedömda"
    return f"{it.count} {judged}, {it.raised} {raised}, {it.lowered} {lowered}"


def _parts(it: Answered, floor: int, tall: float) -> tuple[Part, ...]:
    parts, y = [], float(floor)
    for course, count in (
        ("lowered", it.lowered),
        ("raised", it.raised),
        ("same", it.confirmed),
    ):
        if count:
            y -= count * tall
            parts.append(Part(course, round(y, 1), round(count * tall, 1)))
    return tuple(parts)

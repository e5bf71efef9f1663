"""How alike two people judge, as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.views.shares import share
from hub.views.times import moment
from hub.views.words import LevelTag, level_tag
from rules.agreement import Agreement, Kappa
from rules.level import Level
from workflows.ratings import Likeness, Progress

UNDEFINED = "går inte att räkna: alla fick samma nivå av båda, så inget skiljer enighet från vana"


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A sample in the list, with how far it has come."""

    id: int
    drawn: str
    days: str
    count: int
    rated: int
    begun: int
    seed: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two who have judged the same concerns."""

    name: str
    alike: str
    kappa: str
    weighted: str


@dataclass(frozen=True, slots=True)
class SquareRow:
    """One row of the table of levels: what the other said when this one said `tag`."""

    tag: LevelTag
    cells: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class AgreementView:
    """One sample."""

    line: SampleLine
    count: int
    comparisons: tuple[Comparison, ...]
    tags: tuple[LevelTag, ...]
    square: tuple[SquareRow, ...]


def sample_line(it: Progress, names: Mapping[str, str]) -> SampleLine:
    """Who drew it and when, and of which days."""
    sample = it.sample
    return SampleLine(
        id=sample.id,
        drawn=f"{names.get(sample.drawn_by, 'okänd')}, {moment(sample.drawn_at)}",
        days=f"{sample.days.first}–{sample.days.last}",
        count=it.drawn,
        rated=it.rated,
        begun=it.begun,
        seed=sample.seed,
    )


def agreement_view(found: Likeness, names: Mapping[str, str]) -> AgreementView:
    """The sample, and each comparison in words."""
    compared = {
        "De två med varandra": found.between,
        "Den första med nivån som sattes": found.with_confirmed[0],
        "Den andra med nivån som sattes": found.with_confirmed[1],
        "Den första med reglernas förslag": found.with_proposed[0],
        "Den andra med reglernas förslag": found.with_proposed[1],
    }
    return AgreementView(
        line=sample_line(found.progress, names),
        count=found.between.count,
        comparisons=tuple(_comparison(name, it) for name, it in compared.items()),
        tags=tuple(level_tag(level) for level in _ORDER),
        square=tuple(_row(found.between, level) for level in _ORDER),
    )


def _comparison(name: str, it: Agreement) -> Comparison:
    return Comparison(name, share(it.alike), kappa(it.kappa), kappa(it.weighted))


def kappa(found: Kappa | None) -> str:
    """`0,68 (0,50–0,85)`; the value alone when there is no telling how sure it is."""
    if found is None:
        return UNDEFINED
    if found.interval is None:
        return _number(found.value)
    low, high = found.interval
    return f"{_number(found.value)} ({_number(low)}–{_number(high)})"


def _number(value: float) -> str:
    """With a decimal comma, and a real minus sign; nothing is never less than nothing."""
    text = f"{abs(value):.2f}".replace(".", ",")
    return f"−{text}" if value < 0 and text != "0,00" else text


_ORDER = tuple(reversed(Level))


def _row(found: Agreement, level: Level) -> SquareRow:
    cells = tuple((found.table[level, other], other is level) for other in _ORDER)
    return SquareRow(level_tag(level), cells)

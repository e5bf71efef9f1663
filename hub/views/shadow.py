"""How a version fared in shadow beside the one in force, by case number."""

from dataclasses import dataclass

from hub.views.times import moment
from hub.views.words import LevelTag, level_tag
from rules.level import Level
from workflows.rule_ports import ShadowResult
from workflows.shadowing import Comparison


@dataclass(frozen=True, slots=True)
class ShadowLine:
    """A classification in which the shadow said otherwise, or nothing."""

    number: str
    at: str
    live: LevelTag | None
    shadow: LevelTag | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShadowView:
    """One time in shadow."""

    since: str
    until: str
    count: int
    other: int
    failed: int
    lines: tuple[ShadowLine, ...]


def shadow_view(found: Comparison) -> ShadowView:
    """The running comparison."""
    ended = found.shadow.ended_at
    return ShadowView(
        since=moment(found.shadow.started_at),
        until=moment(ended) if ended else "",
        count=found.count,
        other=found.other_level,
        failed=found.failed,
        lines=tuple(_line(it) for it in found.differing),
    )


def _line(it: ShadowResult) -> ShadowLine:
    return ShadowLine(
        it.number, moment(it.at), _tag(it.live_level), _tag(it.shadow_level), it.shadow_rules
    )


def _tag(level: Level | None) -> LevelTag | None:
    return level_tag(level) if level else None

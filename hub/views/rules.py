"""The rules in force as people read them."""

from dataclasses import dataclass

from hub.views.words import LevelTag, level_tag
from rules.language.ruleset import RuleSet
from rules.level import Level
from rules.policy import ClockKind, ClockPolicy, Policy


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with its reason and what it rests on."""

    id: str
    level: LevelTag
    because: str
    ground: str


@dataclass(frozen=True, slots=True)
class LevelLine:
    """What a level promises."""

    tag: LevelTag
    name: str
    within: str
    ground: str


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock of the policy."""

    name: str
    kind: str
    length: str
    ground: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """Everything on the page about the rules."""

    name: str
    version: str
    levels: tuple[LevelLine, ...]
    rules: tuple[RuleLine, ...]
    clocks: tuple[ClockLine, ...]
    sources: tuple[tuple[str, str], ...]


def rules_view(instrument: RuleSet, policy: Policy) -> RulesView:
    """The rules, the most urgent first."""
    ordered = sorted(instrument.all_rules, key=lambda rule: -rule.level.rank)
    return RulesView(
        name=instrument.name,
        version=instrument.version,
        levels=tuple(_level(level, instrument) for level in reversed(Level)),
        rules=tuple(
            RuleLine(it.id, level_tag(it.level), it.because, it.law or it.source or "")
            for it in ordered
        ),
        clocks=tuple(_clock(clock) for clock in policy.clocks.values()),
        sources=tuple(instrument.sources.items()),
    )


def _level(level: Level, instrument: RuleSet) -> LevelLine:
    promise = instrument.levels[level]
    ground = promise.law or promise.source or ""
    return LevelLine(level_tag(level), promise.name, str(promise.handle_within), ground)


def _clock(clock: ClockPolicy) -> ClockLine:
    kind = "Lagens gräns" if clock.kind is ClockKind.LEGAL else "Lokalt löfte"
    return ClockLine(clock.name, kind, _length(clock), clock.law or clock.source or "")


def _length(clock: ClockPolicy) -> str:
    lengths = {str(clock.span_for(level)): level for level in reversed(Level)}
    if len(lengths) == 1:
        return next(iter(lengths))
    return ", ".join(f"{level.value} {clock.span_for(level)}" for level in reversed(Level))

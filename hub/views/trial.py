"""A made-up concern as the rules see it: the level, how far it can move, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.views.words import LevelTag, level_tag
from rules.classification import Classification
from rules.engines.explanation import explanation
from rules.engines.reasons import Passage, passages
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType
from rules.level import Level

_TRUTH = (("ja", "Ja"), ("nej", "Nej"))


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact as a field: a list to choose from, or something to type where there is none."""

    name: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One level of the scale: what is proposed, and what what is unanswered still allows."""

    tag: LevelTag
    proposed: bool
    possible: bool


@dataclass(frozen=True, slots=True)
class TrialView:
    """What the rules say, part by part; the scale begins with the lowest level."""

    tag: LevelTag
    within: str
    scale: tuple[Step, ...]
    passages: tuple[Passage, ...]


def fact_fields(ruleset: RuleSet) -> tuple[FactField, ...]:
    """The facts in the order of the file."""
    return tuple(_field(fact) for fact in ruleset.words.facts.values())


def _field(fact: Fact) -> FactField:
    label = (fact.name or fact.note or fact.id).rstrip(".")
    name, hint = label[:1].upper() + label[1:], ""
    choices: tuple[tuple[str, str], ...] = ()
    match fact.type:
        case FactType.YES_OR_NO:
            choices = _TRUTH
        case FactType.WORD:
            choices = tuple((value, fact.words.get(value, value)) for value in fact.values)
        case FactType.NUMBER:
            hint = f"{fact.min}–{fact.max} {fact.unit or ''}".strip()
        case FactType.DATE:
            hint = "ÅÅÅÅ-MM-DD"
    return FactField(fact.id, name, hint, choices)


def trial_view(found: Classification, ruleset: RuleSet, units: Mapping[str, str]) -> TrialView:
    """The answer of the rules to one made-up concern."""
    low, high = found.possible
    return TrialView(
        tag=level_tag(found.level),
        within=str(ruleset.levels[found.level].handle_within),
        scale=tuple(
            Step(level_tag(level), level is found.level, low.rank <= level.rank <= high.rank)
            for level in Level
        ),
        passages=passages(explanation(found, ruleset), ruleset, units),
    )

"""A past concern as somebody rates it: what was told and known, and nothing of what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.views import words
from hub.views.questions import Area, areas
from hub.views.words import LevelTag, level_tag
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact
from rules.policy import Policy
from workflows.ratings import Blind, Differing

_TRUTH: Mapping[bool, str] = {True: "Ja", False: "Nej"}


@dataclass(frozen=True, slots=True)
class BlindView:
    """The text, the facts in words, the answers by area, and answers to questions since gone."""

    text: str
    facts: tuple[tuple[str, str], ...]
    areas: tuple[Area, ...]
    gone: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DifferingLine:
    """What I found and what another found, once both have."""

    name: str
    mine: LevelTag
    my_reason: str
    other: LevelTag
    other_reason: str


def differing_line(it: Differing) -> DifferingLine:
    """By sample and place; neither the case nor the other is named."""
    return DifferingLine(
        f"Urval {it.sample_id}, nummer {it.place}",
        level_tag(it.mine.level),
        it.mine.reason,
        level_tag(it.other.level),
        it.other.reason,
    )


def blind_view(found: Blind, instrument: RuleSet, policy: Policy) -> BlindView:
    """The concern in the words of the instrument as it is today."""
    said = {name: {it.source: it} for name, it in found.answers.items()}
    known = instrument.words.facts
    return BlindView(
        text=found.text,
        facts=tuple(_fact(name, value, known.get(name)) for name, value in found.facts.items()),
        areas=tuple(
            area for area in areas(instrument, said, words.sources(policy)) if area.answered
        ),
        gone=tuple(
            (name, words.VALUES[it.value])
            for name, it in found.answers.items()
            if name not in instrument.indicators
        ),
    )


def _fact(name: str, value: int | bool | str | None, fact: Fact | None) -> tuple[str, str]:
    label = (fact.name or fact.note or name).rstrip(".") if fact else name
    return label[:1].upper() + label[1:], _value(value, fact)


def _value(value: int | bool | str | None, fact: Fact | None) -> str:
    match value:
        case None:
            return "Okänt"
        case bool():
            return _TRUTH[value]
        case str():
            return fact.words.get(value, value) if fact else value
        case _:
            return f"{value} {fact.unit or ''}".strip() if fact else str(value)

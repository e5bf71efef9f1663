"""The instrument as a form: areas, questions, and what has been answered by whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.views import words
from rules.answer import Answer
from rules.language.ruleset import RuleSet

_KINDS: Mapping[str, str] = {"risk": "", "skydd": "skyddsfaktor", "handelse": "händelse"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what has been said to it."""

    name: str
    ask: str
    kind: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """The questions of one area."""

    name: str
    questions: tuple[Question, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(question.name for question in self.questions)

    @property
    def answered(self) -> int:
        return sum(bool(question.said) for question in self.questions)


def areas(
    instrument: RuleSet,
    said: Mapping[str, Mapping[str, Answer]] | None = None,
    sources: Mapping[str, str] | None = None,
) -> tuple[Area, ...]:
    """The questions by area, in the order of the rules file."""
    given, named = said or {}, sources or {}
    return tuple(
        Area(
            text,
            tuple(
                Question(
                    it.id,
                    it.ask,
                    _KINDS[it.kind.value],
                    tuple(_said(answer, named) for answer in given.get(it.id, {}).values()),
                )
                for it in instrument.indicators.values()
                if it.area == area
            ),
        )
        for area, text in instrument.words.areas.items()
    )


def _said(answer: Answer, sources: Mapping[str, str]) -> str:
    value = words.VALUES[answer.value]
    return f"{value} ({sources.get(answer.source, answer.source)})"

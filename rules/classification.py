"""What the engine says of a concern; a proposal that a person confirms, never a decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.answer import Answer, Value
from rules.level import Level


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that held, with the reason that a person reads."""

    rule: str
    level: Level
    because: str
    law: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An unanswered question whose answer could raise the level to `level`."""

    indicator: str
    answer: str
    level: Level


@dataclass(frozen=True, slots=True)
class Disregarded:
    """An answer that was not counted, and why (a nej that only the child or a guardian gave)."""

    indicator: str
    source: str
    because: str


@dataclass(frozen=True, slots=True)
class Classification:
    """The proposed level with all that is needed to explain it and to recompute it bit for bit."""

    level: Level
    possible: tuple[Level, Level]
    findings: tuple[Finding, ...]
    ask_next: tuple[Question, ...]
    disregarded: tuple[Disregarded, ...]
    engines_agree: bool
    rules_version: str
    facts: Mapping[str, int | bool | str | None]
    answers: Mapping[str, Answer]
    incident: str | None = None

    @property
    def nothing_was_known(self) -> bool:
        """True when no question had a ja or a nej: the level was precaution only."""
        return all(answer.value is Value.UNKNOWN for answer in self.answers.values())

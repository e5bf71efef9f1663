"""A classification in the outside form: the same as a line from `hub rules classify`."""

from typing import Self

from pydantic import BaseModel, Field

from rules.classification import Classification, Disregarded, Finding, Question
from rules.level import Level


class Classified(BaseModel):
    """The proposal, what is still possible, why, and what to ask next."""

    id: str | None
    level: Level
    possible: tuple[Level, Level] = Field(description="Lägsta och högsta nivå som är möjliga.")
    engines_agree: bool
    rules_version: str
    findings: tuple[Finding, ...]
    ask_next: tuple[Question, ...] = Field(description="Frågor som kan höja nivån, kortast först.")
    disregarded: tuple[Disregarded, ...]
    incident: str | None

    @classmethod
    def of(cls, name: str | None, found: Classification) -> Self:
        """From the engine."""
        return cls(
            id=name,
            level=found.level,
            possible=found.possible,
            engines_agree=found.engines_agree,
            rules_version=found.rules_version,
            findings=found.findings,
            ask_next=found.ask_next,
            disregarded=found.disregarded,
            incident=found.incident,
        )

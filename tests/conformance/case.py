"""The cases of the conformance suite, read from its folders: rules, and what follows of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from adapters.rulesfile import parse_language
from rules.answer import Answer, Value
from rules.classification import Question
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar
from rules.level import Level

HERE = Path(__file__).parent
# Who answered, where the case does not say: somebody whose nej counts.
SOMEBODY = "mottagning"
# The day of a case whose rules are the same on every day.
ANY_DAY = date(2026, 3, 2)

_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a concern, and all that the rules say of it; `why` is the reason for it.

    What to ask next is None, and the explanation empty, when the case does not state it.
    """

    id: str
    why: str
    facts: Mapping[str, Scalar | None]
    answers: Mapping[str, Answer]
    day: date | None
    level: Level
    findings: tuple[str, ...]
    interval: tuple[Level, Level]
    ask_next: tuple[Question, ...] | None
    explanation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder: rules that need nothing else, and cases about one thing."""

    name: str
    about: str
    rules: str
    ruleset: RuleSet
    cases: tuple[Case, ...]

    @property
    def tree(self) -> Any:
        """The rules file as plain text values, for those who do not trust the reader of rules."""
        return yaml.load(self.rules, Loader=yaml.BaseLoader)


@cache
def topics() -> tuple[Topic, ...]:
    """Every folder of the suite, also what the fuzzing has found."""
    return tuple(read(file.parent) for file in sorted(HERE.rglob("cases.yaml")))


def read(folder: Path) -> Topic:
    """The topic in a folder."""
    rules = (folder / "rules.yaml").read_text("utf-8")
    raw = yaml.load((folder / "cases.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    name = folder.relative_to(HERE).as_posix()
    explained = _explained(folder / "explanations.yaml")
    cases = tuple(_case(item, explained) for item in raw["cases"])
    return Topic(name, raw["about"], rules, parse_language(rules), cases)


def _explained(file: Path) -> Mapping[str, list[str]]:
    if not file.exists():
        return {}
    return dict(yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader))


def _case(item: Mapping[str, Any], explained: Mapping[str, list[str]]) -> Case:
    low, high = item["interval"]
    return Case(
        id=item["case"],
        why=item["why"],
        facts={name: _value(text) for name, text in item.get("facts", {}).items()},
        answers=dict(_answers(item.get("answers", {}))),
        day=date.fromisoformat(item["day"]) if "day" in item else None,
        level=Level(item["level"]),
        findings=tuple(item["findings"]),
        interval=(Level(low), Level(high)),
        ask_next=_asked(item["ask_next"]) if "ask_next" in item else None,
        explanation=tuple(explained.get(item["case"], ())),
    )


def _asked(listed: list[Mapping[str, str]]) -> tuple[Question, ...]:
    return tuple(Question(it["question"], it["answer"], Level(it["level"])) for it in listed)


def _answers(given: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    for question, said in given.items():
        value, source = (
            (said, SOMEBODY) if isinstance(said, str) else (said["value"], said["source"])
        )
        yield question, Answer(Value(value), source)


def _value(text: str) -> Scalar | None:
    return _WORDS[text] if text in _WORDS else int(text) if text.isdigit() else text

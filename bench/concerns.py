"""The concerns that are measured: the shipped examples, and variants of each that do not change."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from rules.answer import Answer, Value
from rules.engines.situation import Situation, counted
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar

EXAMPLES = Path(__file__).parents[1] / "examples" / "concerns.jsonl"


@dataclass(frozen=True, slots=True)
class Concern:
    """What the engine is given, and the same as the bare evaluations take it."""

    facts: Mapping[str, Scalar | None]
    answers: Mapping[str, Answer]

    @property
    def situation(self) -> Situation:
        return Situation(counted(self.answers), self.facts)


def concerns(ruleset: RuleSet, *, variants: int) -> tuple[Concern, ...]:
    """Every example, and `variants` of each in which answers are kept, turned, dropped or added."""
    random = Random(2026)  # the same concerns every time
    found = [
        concern
        for line in EXAMPLES.read_text("utf-8").splitlines()
        for concern in _with_variants(_read(line), ruleset, variants, random)
    ]
    return tuple(found)


def _read(line: str) -> Concern:
    data = json.loads(line)
    return Concern(data["facts"], {name: _answer(said) for name, said in data["answers"].items()})


def _answer(said: Mapping[str, str]) -> Answer:
    return Answer(Value(said["value"]), said["source"])


def _with_variants(
    concern: Concern, ruleset: RuleSet, count: int, random: Random
) -> Iterator[Concern]:
    yield concern
    questions = tuple(ruleset.indicators)
    for _ in range(count):
        yield Concern(_varied_facts(concern, random), _varied(concern, questions, random))


def _varied(concern: Concern, questions: Sequence[str], random: Random) -> dict[str, Answer]:
    values = tuple(Value)
    varied = {
        name: answer if random.random() < 0.7 else Answer(random.choice(values), answer.source)
        for name, answer in concern.answers.items()
        if random.random() < 0.8
    }
    for name in random.sample(questions, k=3):
        varied[name] = Answer(random.choice(values), random.choice(("skola", "polis", "barnet")))
    return varied


def _varied_facts(concern: Concern, random: Random) -> dict[str, Any]:
    """Some unknown, some another number; never a value that the instrument does not know."""
    facts: dict[str, Any] = dict(concern.facts)
    facts["alder"] = random.choice((None, 0, 3, 6, 11, 13, 14, 15, 17, 19, 20))
    facts["tidigare_anmalningar_12m"] = random.choice((0, 0, 1, 2, 3))
    for name in ("pagaende_utredning", "pagaende_insats", "syskon_aktuella"):
        facts[name] = random.choice((None, False, False, True))
    return facts

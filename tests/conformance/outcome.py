"""What an engine says of a case, the same for all of them, and how it differs from the case."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from rules.answer import Answer
from rules.classification import Question
from rules.engines.situation import Situation, counted
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar
from rules.language.vocabulary import as_scalar, measured
from rules.level import Level, highest
from tests.conformance.case import Case

Facts = Mapping[str, Scalar | None]
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The level, the rules that hold in the order of the file, and the levels still possible.

    What an engine has no way to say (what to ask, how to explain it) is None.
    """

    level: Level
    findings: tuple[str, ...]
    interval: tuple[Level, Level]
    ask_next: tuple[Question, ...] | None = None
    explain: Callable[[], tuple[str, ...]] | None = None

    def differences(self, case: Case) -> list[str]:
        """Each thing that is said otherwise than in the case."""
        return [
            f"{name}: {_shown(said)}, ska vara {_shown(expected)}"
            for name, said, expected in self._pairs(case)
            if None not in (said, expected) and said != expected
        ]

    def _pairs(self, case: Case) -> Iterator[tuple[str, object, object]]:
        yield "level", self.level, case.level
        yield "findings", self.findings, case.findings
        yield "interval", self.interval, case.interval
        yield "ask_next", self.ask_next, case.ask_next
        if self.explain and case.explanation:
            said, expected = self.explain(), case.explanation
            # Only the sentences that differ, but all of them if it is their order that does.
            new = tuple(it for it in said if it not in expected)
            gone = tuple(it for it in expected if it not in said)
            yield "explanation", new if new or gone else said, gone if new or gone else expected


Evaluate = Callable[[Facts, Answers], Outcome]


@dataclass(frozen=True, slots=True)
class Compilation:
    """A way to run rules: `start` compiles those of one day, and gives them back afterwards."""

    name: str
    about: str
    start: Callable[[RuleSet], AbstractContextManager[Evaluate]]


def situation(ruleset: RuleSet, facts: Facts, answers: Answers) -> Situation:
    """What counts of what is known; the facts as conditions compare them."""
    words = ruleset.words.facts
    known = {name: measured(fact, as_scalar(facts.get(name))) for name, fact in words.items()}
    return Situation(counted(answers), known)


def outcome(ruleset: RuleSet, fired: frozenset[str], interval: tuple[Level, Level]) -> Outcome:
    """The level that follows: the highest of the rules, and no lower than every answer gives."""
    findings = [rule for rule in ruleset.all_rules if rule.id in fired]
    low, high = interval
    level = highest(low, *(rule.level for rule in findings))
    return Outcome(level, tuple(rule.id for rule in findings), (low, highest(high, level)))


def _shown(said: object) -> str:
    match said:
        case tuple():
            return "[" + ", ".join(map(_shown, said)) + "]"
        case Question(indicator, answer, level):
            return f"{indicator}={answer}→{level}"
        case _:
            return str(said)

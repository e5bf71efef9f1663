"""The rules as DMN, decided by SpiffWorkflow: what a table can say, and no more."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rules.language.ruleset import RuleSet
from rules.level import Level, highest
from tests.adapters_edge.foreign import foreign
from tests.conformance.case import ANY_DAY, Case, Topic
from tests.conformance.outcome import (
    Answers,
    Compilation,
    Evaluate,
    Facts,
    Outcome,
    situation,
)


@dataclass(frozen=True, slots=True)
class Collected(Outcome):
    """The rules of the rows that were collected, and the highest level among them.

    A table has no interval, and no level that only follows from every answer: they are listed by
    name in workflows/interchange.py, and not compared here.
    """

    def _pairs(self, case: Case) -> Iterator[tuple[str, object, object]]:
        yield "findings", self.findings, case.findings
        if not follows_from_every_answer(case, self.level):
            yield "level", self.level, case.level


def follows_from_every_answer(case: Case, level: Level) -> bool:
    """True where the level is higher than that of any rule, because every answer gives it."""
    return case.level.above(level) and case.level is case.interval[0]


def unexpressed(every: Iterable[Topic]) -> Iterator[str]:
    """The cases whose level no table of DMN can say."""
    for topic in every:
        for case in topic.cases:
            rules = topic.ruleset.on(case.day or ANY_DAY).all_rules
            level = highest(*(rule.level for rule in rules if rule.id in case.findings))
            if follows_from_every_answer(case, level):
                yield f"{topic.name}/{case.id}"


@contextmanager
def start(ruleset: RuleSet) -> Iterator[Evaluate]:
    """The file written by the exporter, read by SpiffWorkflow."""
    spiff = foreign(ruleset)

    def evaluate(facts: Facts, answers: Answers) -> Outcome:
        known = situation(ruleset, facts, answers)
        fired, level = spiff.fire(known), spiff.level(known)
        findings = tuple(rule.id for rule in ruleset.all_rules if rule.id in fired)
        return Collected(level, findings, (level, level))

    yield evaluate


DMN = Compilation("DMN (Spiff)", "skriven som DMN 1.3, avgjord av en främmande motor", start)

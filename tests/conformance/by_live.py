"""The whole live engine, as the hub uses it: both engines, the explainer and the sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from rules.classification import Classification
from rules.engines.engine import Engine
from rules.engines.explanation import Explaining
from rules.engines.reasons import sentences
from rules.language.ruleset import RuleSet
from tests.conformance.outcome import Answers, Compilation, Evaluate, Facts, Outcome


@contextmanager
def start(ruleset: RuleSet) -> Iterator[Evaluate]:
    """The engine of one day."""
    engine, explaining = Engine(ruleset), Explaining(ruleset)

    def explain(found: Classification) -> tuple[str, ...]:
        return sentences(explaining.explain(found), ruleset)

    def evaluate(facts: Facts, answers: Answers) -> Outcome:
        found = engine.classify(facts, answers)
        return Outcome(
            found.level,
            tuple(finding.rule for finding in found.findings),
            found.possible,
            found.ask_next,
            partial(explain, found),
        )

    try:
        yield evaluate
    finally:
        engine.retire()


LIVE = Compilation("hela motorn", "som hubben kör den, med förklaring och frågor", start)

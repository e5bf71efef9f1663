"""The closures alone: the rules that hold, with the explainer's interval and questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from rules.engines.explain import Explainer
from rules.engines.oracle import Oracle
from rules.language.ruleset import RuleSet
from tests.conformance.outcome import (
    Answers,
    Compilation,
    Evaluate,
    Facts,
    Outcome,
    outcome,
    situation,
)


@contextmanager
def start(ruleset: RuleSet) -> Iterator[Evaluate]:
    """The oracle and the explainer, without the live engine."""
    oracle = Oracle(ruleset.all_rules)
    explainer = Explainer(ruleset.all_rules, ruleset.indicators)

    def evaluate(facts: Facts, answers: Answers) -> Outcome:
        known = situation(ruleset, facts, answers)
        view = explainer.view(known)
        found = outcome(ruleset, oracle.fire(known), view.possible())
        return replace(found, ask_next=view.ask_next(found.level))

    yield evaluate


ORACLE = Compilation("Python", "de vanliga funktionerna, med förklararen", start)

"""durable_rules alone: the rules it fires, and its interval from the completions it is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from rules.engines.durable import Durable
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.syntax import Not
from rules.level import Level, highest
from tests.conformance.completions import completions
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
    """Two networks: what is certainly true, and what is certainly false."""
    rules = ruleset.all_rules
    true = Durable(rules)
    false = Durable(replace(rule, when=Not(rule.when)) for rule in rules)

    def interval(known: Situation) -> tuple[Level, Level]:
        low, high = [], []
        for whole in completions(ruleset, known):
            held = true.fire(whole)
            low.append(highest(*(it.level for it in rules if it.id in held)))
            # Everything is answered, so only an unknown fact leaves a rule neither true nor false.
            refuted = frozenset(it.id for it in rules if it.id not in held) & false.fire(whole)
            high.append(highest(*(it.level for it in rules if it.id not in refuted)))
        return min(low, key=lambda level: level.rank), highest(*high)

    def evaluate(facts: Facts, answers: Answers) -> Outcome:
        known = situation(ruleset, facts, answers)
        return outcome(ruleset, true.fire(known), interval(known))

    try:
        yield evaluate
    finally:
        true.retire()
        false.retire()


DURABLE = Compilation("durable_rules", "den levande motorn, ensam", start)

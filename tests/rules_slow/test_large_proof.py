"""A rules file as large as any board will write is proved to its end."""

from bench.generated import generated
from rules.engines.situation import Situation
from rules.proofs.proof import prove
from rules.proofs.subject import subject


def test_a_hundred_rules_over_sixty_questions_are_decided_in_every_part() -> None:
    ruleset = generated(rules=100, questions=60)

    proof = prove(ruleset)

    assert [outcome.check.name for outcome in proof.outcomes if outcome.unproved] == []
    assert [fault.message for fault in proof.faults] == []
    assert sum(outcome.obligations for outcome in proof.outcomes) > 1000


def test_a_witness_of_a_large_count_is_no_larger_than_the_count() -> None:
    found = subject(generated(rules=100, questions=60))
    count = next(it for it in found.claims if it.rule.id == "regel-4")

    witness = found.search.witness(count.true)

    assert isinstance(witness, Situation)
    assert len(witness.answers) == 5
    assert all(witness.answers.values())

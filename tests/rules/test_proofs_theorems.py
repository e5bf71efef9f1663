"""The theorems: what violates them is shown with a concern, and nothing else is."""

import dataclasses
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engines.ends import Ends
from rules.engines.oracle import compile_test
from rules.engines.situation import Situation
from rules.language.fault import Path
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    OneOf,
    Side,
    Unanswered,
)
from rules.level import Level, highest
from rules.proofs import theorems, unknowns
from rules.proofs.check import Flaw
from rules.proofs.subject import subject
from tests.rules import language

NOTHING = {"n": None, "flag": None, "word": None}
A, B = Answered("a"), Answered("b")
FEWER = ("a", "b", "c")
CHECKS = {check.name: check for check in (*theorems.CHECKS, *unknowns.CHECKS)}


def flaws(ruleset: RuleSet, name: str) -> list[Flaw]:
    found = subject(ruleset)
    return [flaw for it in CHECKS[name].obligations(found) if (flaw := it.refute())]


def red(when: Condition, name: str = "r") -> Rule:
    return language.rule(name, Level.RED, when)


def declared(fact: str, *rules: Rule) -> RuleSet:
    """The rules, where more of the fact is more risk."""
    ruleset = language.ruleset(rules)
    facts = dict(ruleset.words.facts)
    facts[fact] = facts[fact].model_copy(update={"more_is_risk": True})
    return dataclasses.replace(ruleset, words=dataclasses.replace(ruleset.words, facts=facts))


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets(language.monotone))
def test_rules_without_a_not_are_never_lowered_by_more_risk(ruleset: RuleSet) -> None:
    assert flaws(ruleset, "mer-risk") == []


def test_a_not_that_lowers_is_told_at_its_rule_with_a_concern() -> None:
    lower = language.rule("b", Level.ORANGE, B)

    (flaw,) = flaws(language.ruleset([lower, red(All((B, Not(A))))]), "mer-risk")

    assert flaw.path == ("rules", 1, "when")
    assert flaw.witness == Situation({"b": True, "a": False}, NOTHING)
    assert flaw.message.startswith("mer risk sänker nivån: a nej ger röd men ja ger orange")


def test_a_not_that_another_rule_makes_up_for_lowers_nothing() -> None:
    assert flaws(language.ruleset([red(Not(A)), red(A, "s")]), "mer-risk") == []


def test_the_first_answer_replaces_the_precaution_and_that_is_no_lowering() -> None:
    precaution = language.rule("inget", Level.ORANGE, Unanswered(language.QUESTIONS))

    assert flaws(language.ruleset([red(AtLeast(2, ("a", "b")))], precaution), "mer-risk") == []


def test_a_rule_other_than_the_precaution_may_not_be_lost_by_an_answer() -> None:
    (flaw,) = flaws(language.ruleset([red(Unanswered(("a",)))]), "mer-risk")

    assert flaw.witness == Situation({}, NOTHING)
    assert "a okänt ger röd men ja ger grön" in flaw.message


@pytest.mark.parametrize(
    ("fact", "when", "before"),
    [
        ("n", Bound("n", Side.BELOW, 3), 0),
        ("n", AnyOf((Bound("n", Side.AT_LEAST, 4), Bound("n", Side.BELOW, 2))), 0),
        ("flag", OneOf("flag", (False,)), False),
    ],
)
def test_a_fact_where_more_is_risk_may_not_lower_as_it_grows(
    fact: str, when: Condition, before: int
) -> None:
    (flaw,) = flaws(declared(fact, red(when)), "mer-risk-i-uppgifter")

    assert flaw.path == ("rules", 0, "when")
    assert flaw.witness == Situation({}, {**NOTHING, fact: before})
    assert flaws(language.ruleset([red(when)]), "mer-risk-i-uppgifter") == []


@pytest.mark.parametrize(
    ("fact", "when"),
    [("n", Bound("n", Side.AT_LEAST, 3)), ("flag", OneOf("flag", (True,))), ("n", A)],
)
def test_a_fact_that_only_raises_is_let_be(fact: str, when: Condition) -> None:
    assert flaws(declared(fact, red(when)), "mer-risk-i-uppgifter") == []


few = st.sampled_from(FEWER)
small: st.SearchStrategy[Condition] = st.recursive(
    st.builds(Answered, few)
    | st.builds(AtLeast, st.just(2), st.just(FEWER))
    | st.builds(Unanswered, st.just(FEWER)),
    language.trees,
    max_leaves=4,
)


@settings(max_examples=4 * language.FEW)
@given(ruleset=language.rulesets(small))
def test_the_proof_that_more_risk_never_lowers_agrees_with_trying_everything(
    ruleset: RuleSet,
) -> None:
    tests = [(rule.level, compile_test(rule.when)) for rule in ruleset.rules]

    def level(answers: dict[str, bool | None]) -> Level:
        given_ = {name: yes for name, yes in answers.items() if yes is not None}
        situation = Situation(given_, NOTHING)
        return highest(*(level for level, test in tests if test(situation)))

    lowered = any(
        level({**answers, name: answers[name]}).above(level({**answers, name: True}))
        for values in product((True, False, None), repeat=3)
        for answers in [dict(zip(FEWER, values, strict=True))]
        for name in FEWER
    )
    assert bool(flaws(ruleset, "mer-risk")) == lowered


def test_the_highest_level_wins_in_any_order() -> None:
    ruleset = language.ruleset([red(A), language.rule("o", Level.ORANGE, Not(A))])

    assert flaws(ruleset, "högst-vinner") == []


@pytest.mark.parametrize(
    "wins",
    [
        lambda *levels: levels[0] if levels else Level.GREEN,
        lambda *levels: min(levels, key=lambda level: level.rank, default=Level.GREEN),
        lambda *_: Level.RED,
    ],
)
def test_anything_else_that_won_would_be_found(wins: Callable[..., Level]) -> None:
    pairs = [theorems.misjudged(pair, wins) for pair in product(Level, repeat=2)]

    assert any(pairs)
    assert all(theorems.misjudged(pair, highest) is None for pair in product(Level, repeat=2))


def test_a_rule_that_did_not_bind_the_level_would_be_found() -> None:
    found = subject(language.ruleset([language.rule("o", Level.ORANGE, A)]))

    flaw = theorems.overruled(found, Level.RED, found.claims[0].true)

    assert flaw
    assert flaw.witness == Situation({"a": True}, NOTHING)


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets())
def test_the_interval_is_proved_of_any_rules(ruleset: RuleSet) -> None:
    assert flaws(ruleset, "säkert-består") == []
    assert flaws(ruleset, "intervallet") == []


def test_a_wrong_end_of_the_interval_would_be_found() -> None:
    found = subject(language.ruleset([red(A)]))
    turned = Ends(frozenset(), best={"a": True}, worst={"a": False})

    flaw = unknowns.outside(found, turned, "a")

    assert flaw
    assert set(flaw.witness.answers if flaw.witness else ()) == {"b", "c", "d", "e"}


def test_a_rule_whose_certainty_an_answer_takes_back_would_be_found() -> None:
    found = subject(language.ruleset([red(Unanswered(("a", "b")))]))

    flaw = unknowns.undone(found, found.claims[0], "a")

    assert flaw
    assert flaw.witness == Situation({}, NOTHING)


def test_more_questions_that_pull_both_ways_than_are_tried_are_told() -> None:
    names = tuple(f"q{number}" for number in range(9))
    ruleset = language.ruleset(
        [red(AnyOf(tuple(map(Answered, names)))), red(Not(AtLeast(9, names)), "s")]
    )
    one = language.WORDS.indicators["a"]
    words = dataclasses.replace(ruleset.words, indicators=dict.fromkeys(names, one))
    fewer = dataclasses.replace(ruleset, words=words, rules=ruleset.rules[:1])

    (flaw,) = flaws(dataclasses.replace(ruleset, words=words), "båda-hållen")

    path: Path = ("rules",)
    assert flaw.path == path
    assert flaw.message.startswith("9 frågor kan både höja och sänka (q0, q1")
    assert flaws(fewer, "båda-hållen") == []

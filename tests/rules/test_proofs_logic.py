"""The formulas that proofs are made of say what the oracle says, of every concern."""

import pytest
from hypothesis import given, settings

from rules.engines.oracle import compile_test
from rules.engines.situation import Situation
from rules.language.syntax import Answered, AtLeast, Bound, Condition, Not, OneOf, Scalar, Side
from rules.level import Level
from rules.proofs.logic import AnyConcern
from rules.proofs.search import Search, Unproved
from tests.rules import language

NOTHING = {"n": None, "flag": None, "word": None}


@settings(max_examples=language.FEW)
@given(when=language.anything, situation=language.situations)
def test_a_formula_is_true_of_a_concern_exactly_when_the_oracle_says_so(
    when: Condition, situation: Situation
) -> None:
    concern = AnyConcern.over(language.WORDS)
    search, truth = Search(concern), compile_test(when)(situation)
    this = concern.is_just(situation)

    assert search.possible(this, concern.true(when)) == (truth is True)
    assert search.possible(this, concern.false(when)) == (truth is False)
    assert search.witness(this) == situation


@settings(max_examples=language.FEW)
@given(when=language.anything)
def test_a_witness_is_a_concern_of_which_the_oracle_says_the_same(when: Condition) -> None:
    concern = AnyConcern.over(language.WORDS)
    search = Search(concern)

    for claim, wanted in ((concern.true(when), True), (concern.false(when), False)):
        found = search.witness(claim)
        assert found is None or compile_test(when)(found) is wanted


@pytest.mark.parametrize(
    ("when", "answers", "facts"),
    [
        (Answered("c"), {"c": True}, {}),
        (Not(Answered("c")), {"c": False}, {}),
        (AtLeast(3, language.QUESTIONS), {"a": True, "b": True, "c": True}, {}),
        (Bound("n", Side.AT_LEAST, 4), {}, {"n": 4}),
        (Bound("n", Side.BELOW, 4), {}, {"n": 0}),
        (Bound("n", Side.BELOW, 4, if_unknown=True), {}, {}),
        (OneOf("word", ("z", "y")), {}, {"word": "y"}),
        (OneOf("flag", (True,)), {}, {"flag": True}),
    ],
)
def test_a_witness_says_no_more_than_is_needed(
    when: Condition, answers: dict[str, bool], facts: dict[str, Scalar]
) -> None:
    concern = AnyConcern.over(language.WORDS)

    found = Search(concern).witness(concern.true(when))

    assert found == Situation(answers, {**NOTHING, **facts})


def test_a_witness_does_not_bind_the_next_question() -> None:
    concern = AnyConcern.over(language.WORDS)
    search, yes = Search(concern), concern.true(Answered("a"))

    assert search.witness(yes) is not None
    assert search.possible(concern.false(Answered("a")))
    assert not search.possible(yes, concern.false(Answered("a")))


def test_no_question_has_two_answers_and_no_fact_a_value_outside_its_span() -> None:
    concern = AnyConcern.over(language.WORDS)
    search, number = Search(concern), concern.facts["n"].value

    assert not search.possible(concern.answers["a"].yes, concern.answers["a"].no)
    assert not search.possible(number > 5)
    assert not search.possible(concern.facts["flag"].value > 1)


def test_a_level_is_reached_by_any_rule_that_gives_it_or_a_higher_one() -> None:
    concern = AnyConcern.over(language.WORDS)
    search = Search(concern)
    rules = (
        language.rule("en", Level.ORANGE, Answered("a")),
        language.rule("två", Level.RED, Answered("b")),
    )
    orange, red = (concern.at_least(rules, level) for level in (Level.ORANGE, Level.RED))

    assert search.possible(concern.true(Answered("a")), orange)
    assert search.witness(red) == Situation({"b": True}, NOTHING)
    assert not search.possible(
        red, concern.every([concern.pinned("b", None).at_least(rules, Level.RED)])
    )


def test_what_was_not_decided_within_the_limits_is_not_proved() -> None:
    concern = AnyConcern.over(language.WORDS)
    search = Search(concern, steps=1)

    with pytest.raises(Unproved):
        search.possible(concern.true(AtLeast(3, language.QUESTIONS)))


def test_a_search_that_has_used_up_its_steps_proves_nothing_more() -> None:
    concern = AnyConcern.over(language.WORDS)

    hard = concern.true(AtLeast(2, ("a", "b", "c")))

    assert Search(concern).possible(hard)
    with pytest.raises(Unproved):
        Search(concern, in_all=0).possible(hard)

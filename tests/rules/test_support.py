"""What makes a rule hold is the least that does; every part of what is known is tried."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.engines.oracle import compile_test
from rules.engines.situation import Situation
from rules.engines.support import Support, support
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    Side,
    Unanswered,
)
from rules.level import Level
from tests.rules import language, shipped

# Without what holds by being unknown: that is named as such, and tried by itself below.
certain_bounds = st.builds(Bound, st.just("n"), st.sampled_from(Side), st.integers(1, 5))
plain: st.SearchStrategy[Condition] = st.recursive(
    st.builds(Answered, language.questions) | language.counts | certain_bounds,
    language.trees,
    max_leaves=6,
)


def of(condition: Condition, situation: Situation) -> Support | None:
    one = language.rule("r", Level.RED, condition)
    return support(one, situation, language.ruleset([one]))


def alone(situation: Situation, names: tuple[str, ...]) -> Situation:
    """The same with nothing else known."""
    return Situation(
        {name: said for name, said in situation.answers.items() if name in names},
        {name: value for name, value in situation.facts.items() if name in names},
    )


@settings(max_examples=4 * language.FEW)
@given(condition=plain, situation=language.situations)
def test_it_alone_makes_the_rule_hold_and_nothing_smaller_does(
    condition: Condition, situation: Situation
) -> None:
    test, found = compile_test(condition), of(condition, situation)
    known = [*situation.answers, *(n for n, v in situation.facts.items() if v is not None)]

    if test(situation) is not True:
        assert found is None
        return
    assert found is not None
    rests = (*found.answers, *found.facts)
    assert test(alone(situation, rests)) is True
    for size in range(len(rests)):
        assert all(test(alone(situation, it)) is not True for it in combinations(known, size))


def test_of_answers_that_would_do_the_first_of_the_file_are_named() -> None:
    two_of_three = AtLeast(2, ("c", "b", "a"))

    assert of(two_of_three, Situation(dict.fromkeys("cba", True), {})) == Support(("a", "b"))


def test_one_answer_that_serves_two_counts_is_named_once() -> None:
    both = All((AtLeast(1, ("a", "b")), AtLeast(1, ("b", "c"))))

    assert of(both, Situation(dict.fromkeys("abc", True), {})) == Support(("b",))


def test_the_shorter_of_two_ways_is_named() -> None:
    either = AnyOf((All((Answered("a"), Answered("b"))), Not(Answered("c"))))

    assert of(either, Situation({"a": True, "b": True, "c": False}, {})) == Support(("c",))


def test_a_known_fact_is_named_also_where_unknown_would_do_and_an_unknown_one_as_unknown() -> None:
    young = All((Answered("a"), Bound("n", Side.BELOW, 3, if_unknown=True)))

    assert of(young, Situation({"a": True}, {"n": 2})) == Support(("a",), ("n",))
    assert of(young, Situation({"a": True}, {"n": None})) == Support(("a",), unknown=("n",))


def test_that_nothing_is_answered_is_a_support_of_its_own() -> None:
    assert of(Unanswered(("a", "b")), Situation({"c": True}, {})) == Support(empty=("a", "b"))
    assert of(Not(Unanswered(("a", "b"))), Situation({"b": False}, {})) == Support(("b",))


def test_what_no_live_engine_takes_has_no_support() -> None:
    pairs = (
        AnyOf((Bound("n", Side.BELOW, limit), Bound("n", Side.AT_LEAST, limit + 20)))
        for limit in range(1, 10)
    )

    assert of(All(tuple(pairs)), Situation({}, {"n": 0})) is None


def test_every_rule_that_fires_on_the_examples_has_a_support_that_makes_it_hold() -> None:
    ruleset = shipped.file().ruleset
    tried = 0
    for situation in map(shipped.situation_of, shipped.examples()):
        for rule in ruleset.rules:
            found = support(rule, situation, ruleset)
            holds = compile_test(rule.when)(situation) is True
            assert (found is not None) == holds
            if found:
                rests = alone(situation, (*found.answers, *found.facts))
                assert compile_test(rule.when)(rests) is True
                tried += 1
    assert tried > 50

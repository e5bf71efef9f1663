"""The shortcuts of the explanation say exactly what trying every answer says."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.classification import Question
from rules.engines.alone import compile_alone
from rules.engines.explain import Explainer
from rules.engines.oracle import Oracle, compile_test
from rules.engines.situation import Situation
from rules.language.syntax import Answered, Condition, Not, indicators_of
from rules.level import Level
from tests.rules import language, shipped


def tried(condition: Condition, situation: Situation) -> set[tuple[str, bool]]:
    """Each open question that the condition reads, answered both ways."""
    test = compile_test(condition)
    open_ = indicators_of(condition) - situation.answers.keys()
    return {
        (name, yes)
        for name, yes in product(open_, (True, False))
        if test(language.answering(situation, **{name: yes})) is True
    }


def agree(condition: Condition, situation: Situation) -> None:
    found = compile_alone(condition)(situation)
    replies = tried(condition, situation)

    if found is None:
        open_ = indicators_of(condition) - situation.answers.keys()
        assert compile_test(condition)(situation) is True
        assert replies == set(product(open_, (True, False)))
    else:
        assert {reply for reply in found if reply[0] not in situation.answers} == replies


@settings(max_examples=2 * language.FEW)
@given(condition=language.anything, situation=language.situations)
def test_the_answers_that_alone_make_a_condition_hold_are_those_found_by_trying(
    condition: Condition, situation: Situation
) -> None:
    agree(condition, situation)


def test_in_every_example_they_are_those_found_by_trying() -> None:
    for situation in map(shipped.situation_of, shipped.examples()):
        for rule in shipped.file().ruleset.all_rules:
            agree(rule.when, situation)


@settings(max_examples=language.FEW)
@given(
    conditions=st.lists(language.anything, min_size=1, max_size=5), situation=language.situations
)
def test_the_rules_that_are_not_tried_are_those_that_do_not_hold(
    conditions: list[Condition], situation: Situation
) -> None:
    rules = [language.rule(f"r{n}", Level.RED, when) for n, when in enumerate(conditions)]

    expected = {rule.id for rule in rules if compile_test(rule.when)(situation) is True}

    assert Oracle(rules).fire(situation) == expected


def test_a_question_that_raises_both_ways_is_asked_for_the_higher_level() -> None:
    rules = [
        language.rule("ja", Level.ORANGE, Answered("a")),
        language.rule("nej", Level.RED, Not(Answered("a"))),
    ]

    view = Explainer(rules, language.QUESTIONS).view(Situation({}, {}))

    assert view.ask_next(Level.GREEN) == (Question("a", "nej", Level.RED),)

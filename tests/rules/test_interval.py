"""What is unanswered: the interval is every level that it still allows, and what to ask next."""

from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import given, settings

from rules.answer import Answer, Value
from rules.classification import Question
from rules.engines.ends import MOST_TRIED
from rules.engines.engine import Engine
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.syntax import All, Answered, AnyOf, AtLeast, Not
from rules.level import Level, highest
from tests.rules import language, shipped


def level(ruleset: RuleSet, situation: Situation) -> Level:
    fired = Oracle(ruleset.all_rules).fire(situation)
    return highest(*(rule.level for rule in ruleset.all_rules if rule.id in fired))


def completions(ruleset: RuleSet, situation: Situation) -> list[Level]:
    open_ = [name for name in language.QUESTIONS if name not in situation.answers]
    return [
        level(ruleset, language.answering(situation, **dict(zip(open_, values, strict=True))))
        for values in product((True, False), repeat=len(open_))
    ]


def classify(ruleset: RuleSet, situation: Situation) -> Any:
    oracle = Oracle(ruleset.all_rules)
    engine = Engine(ruleset, live=oracle, oracle=oracle)
    return engine.classify(situation.facts, language.said(situation))


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets(), situation=language.situations)
def test_the_interval_holds_every_way_to_answer(ruleset: RuleSet, situation: Situation) -> None:
    low, high = classify(ruleset, situation).possible

    ranks = [reached.rank for reached in completions(ruleset, situation)]

    assert low.rank <= min(ranks)
    assert max(ranks) <= high.rank


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets(), situation=language.certain_situations)
def test_the_interval_is_no_wider_than_that_when_the_facts_are_known(
    ruleset: RuleSet, situation: Situation
) -> None:
    found = classify(ruleset, situation)

    ranks = [reached.rank for reached in completions(ruleset, situation)]

    assert [it.rank for it in found.possible] == [min(ranks), max(ranks)]
    assert min(ranks) <= found.level.rank <= max(ranks)


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets(), situation=language.situations)
def test_a_question_that_raises_alone_is_asked_with_the_level_it_gives(
    ruleset: RuleSet, situation: Situation
) -> None:
    found = classify(ruleset, situation)
    asked = {question.indicator: question for question in found.ask_next}

    for name in set(language.QUESTIONS) - situation.answers.keys():
        ja, nej = (
            level(ruleset, language.answering(situation, **{name: yes})) for yes in (True, False)
        )
        if ja.above(found.level):
            assert asked[name] == Question(name, "ja", ja)
        elif nej.above(found.level):
            assert asked[name] == Question(name, "nej", nej)


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets(language.monotone), situation=language.situations)
def test_when_the_level_can_rise_by_answers_something_is_asked(
    ruleset: RuleSet, situation: Situation
) -> None:
    found = classify(ruleset, situation)
    best = highest(*completions(ruleset, situation))

    assert bool(found.ask_next) == best.above(found.level)


def test_the_shortest_way_is_asked_first_and_a_longer_one_only_for_a_higher_level() -> None:
    ruleset = language.ruleset(
        [
            language.rule("en", Level.ORANGE, Answered("a")),
            language.rule("tre", Level.RED, AtLeast(3, ("a", "b", "c", "d"))),
            language.rule("två", Level.RED, All((Answered("d"), Answered("e")))),
        ]
    )

    found = classify(ruleset, Situation({}, {}))

    assert found.ask_next == (
        Question("a", "ja", Level.ORANGE),
        Question("d", "ja", Level.RED),
        Question("e", "ja", Level.RED),
    )


def test_a_nej_that_would_raise_is_asked_for_as_a_nej() -> None:
    ruleset = language.ruleset([language.rule("inte", Level.RED, Not(Answered("a")))])

    assert classify(ruleset, Situation({}, {})).ask_next == (Question("a", "nej", Level.RED),)


def test_a_question_that_pulls_both_ways_is_tried_both_ways() -> None:
    either = AnyOf((Answered("a"), Not(Answered("a"))))
    ruleset = language.ruleset([language.rule("alltid", Level.ORANGE, either)])

    assert classify(ruleset, Situation({}, {})).possible == (Level.ORANGE, Level.ORANGE)


@settings(max_examples=language.FEW)
@given(facts=shipped.facts(), answers=shipped.answers())
def test_what_the_shipped_rules_ask_next_does_raise_when_it_is_answered(
    facts: dict[str, Any], answers: dict[str, Answer]
) -> None:
    engine = shipped.engine()
    found = engine.classify(facts, answers)

    alone = [question for question in found.ask_next if question.level is Level.RED][:3]
    for question in alone:
        given_ = {**answers, question.indicator: Answer(Value(question.answer), "skola")}
        after = engine.classify(facts, given_)
        assert after.level.above(found.level) or after.possible[1] is Level.RED


def test_more_questions_than_are_tried_never_give_less_than_every_answer_would() -> None:
    """Whatever is answered, some rule gives orange: so it is orange before anything is answered."""
    names = tuple(f"q{number}" for number in range(MOST_TRIED + 1))
    word = language.WORDS.indicators["a"]
    rules = [
        language.rule("nagon", Level.ORANGE, AnyOf(tuple(map(Answered, names)))),
        language.rule("ingen", Level.ORANGE, AnyOf(tuple(Not(Answered(name)) for name in names))),
    ]
    indicators = {name: word.model_copy(update={"id": name}) for name in names}
    words = replace(language.WORDS, indicators=indicators)

    found = Engine(replace(language.ruleset(rules), words=words)).classify({}, {})

    assert found.level is Level.ORANGE
    assert found.findings == ()
    assert found.possible == (Level.ORANGE, Level.ORANGE)

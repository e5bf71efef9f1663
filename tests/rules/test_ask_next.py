"""What to ask next is found again by trying every set of answers, the smallest first."""

from hypothesis import given, settings

from rules.classification import Question
from rules.engines.explain import Explainer
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.syntax import All, Answered, AtLeast, Not
from rules.level import Level, highest
from tests.rules import language
from tests.rules.asking import Tried


def said(ruleset: RuleSet, situation: Situation) -> tuple[Level, tuple[Question, ...]]:
    view = Explainer(ruleset.all_rules, ruleset.indicators).view(situation)
    fired = Oracle(ruleset.all_rules).fire(situation)
    certain = (rule.level for rule in ruleset.all_rules if rule.id in fired)
    level = highest(view.possible()[0], *certain)
    return level, view.ask_next(level)


@settings(max_examples=language.FEW * 4)
@given(ruleset=language.with_precaution, situation=language.situations)
def test_every_question_of_a_shortest_way_is_asked_and_no_other(
    ruleset: RuleSet, situation: Situation
) -> None:
    level, questions = said(ruleset, situation)
    expected = Tried(ruleset, situation).asked(level)

    assert {it.indicator: it.level for it in questions} == {
        name: reached for name, (reached, _) in expected.items()
    }
    assert all(it.answer in expected[it.indicator][1] for it in questions)


def test_an_answer_that_serves_two_counts_makes_the_way_shorter() -> None:
    both = All((AtLeast(2, ("a", "b", "c")), AtLeast(2, ("b", "c", "d"))))
    ruleset = language.ruleset([language.rule("båda", Level.RED, both)])

    _, questions = said(ruleset, Situation({}, {}))

    assert [it.indicator for it in questions] == ["b", "c"]


def test_a_count_that_the_way_meets_anyway_asks_for_nothing_more() -> None:
    twice = All((Answered("a"), Answered("b"), AtLeast(1, ("b", "c"))))
    ruleset = language.ruleset([language.rule("b två gånger", Level.RED, twice)])

    _, questions = said(ruleset, Situation({}, {}))

    assert [it.indicator for it in questions] == ["a", "b"]


def test_a_way_that_would_need_two_answers_to_one_question_is_none() -> None:
    torn = All((Not(Answered("a")), Not(Answered("b")), AtLeast(2, ("a", "b", "c"))))
    ruleset = language.ruleset([language.rule("omöjlig", Level.RED, torn)])

    assert said(ruleset, Situation({}, {}))[1] == ()


def test_a_longer_way_is_asked_only_for_a_higher_level() -> None:
    ruleset = language.ruleset(
        [
            language.rule("tre", Level.ORANGE, AtLeast(3, ("a", "b", "c"))),
            language.rule("två", Level.RED, AtLeast(2, ("d", "e"))),
        ]
    )

    _, questions = said(ruleset, Situation({}, {}))

    assert [it.indicator for it in questions] == ["d", "e"]

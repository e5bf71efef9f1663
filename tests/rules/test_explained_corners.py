"""What small made-up rules are explained as: the corners that the shipped rules seldom reach."""

from dataclasses import replace
from types import MappingProxyType

from rules.answer import Answer, Value
from rules.engines.counterfactual import Counterfactuals, Way
from rules.engines.engine import Engine
from rules.engines.explanation import Explanation, explanation
from rules.engines.oracle import Oracle
from rules.engines.phrases import Phrases
from rules.engines.reasons import Passage, passages
from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.shape import Indicator, Kind
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
)
from rules.level import Level
from tests.rules import language

NOTHING = Situation({}, {})


def rules(*pairs: tuple[Level, Condition]) -> RuleSet:
    each = (language.rule(f"r{n}", level, when) for n, (level, when) in enumerate(pairs))
    return language.ruleset(replace(rule, source="praxis") for rule in each)


def explained(ruleset: RuleSet, **answers: str) -> Explanation:
    oracle = Oracle(ruleset.all_rules)
    given = {name: Answer(Value(said), "skola") for name, said in answers.items()}
    found = Engine(ruleset, live=oracle, oracle=oracle).classify({}, given)
    return explanation(found, ruleset)


def part(key: str, ruleset: RuleSet, **answers: str) -> tuple[str, ...]:
    said = passages(explained(ruleset, **answers), ruleset)
    return next((it.sentences for it in said if it.key == key), ())


def test_one_two_and_more_questions_that_raise_are_named_as_so_many() -> None:
    one = rules((Level.RED, Answered("a")))
    two = rules((Level.RED, Answered("a")), (Level.RED, Answered("b")))
    many = rules(*((Level.RED, Answered(name)) for name in "abcde"))

    assert part("why_not_red", one)[-1] == "Nivån blir röd om frågan ”?” besvaras med ja."
    assert "om en av frågorna ”?” eller ”?” besvaras" in part("why_not_red", two)[-1]
    assert "om en av fem frågor som inte är besvarade får svaret ja" in str(
        part("why_not_red", many)
    )


def test_a_question_that_builds_on_what_is_answered_is_told_before_the_others() -> None:
    known = rules((Level.RED, All((Answered("a"), Answered("b")))), (Level.RED, Answered("c")))

    assert part("why_not_red", known, a="ja")[1:] == (
        "Nivån blir röd, tillsammans med det som redan är svarat, om frågan ”?” besvaras med ja.",
        "Nivån blir också röd om frågan ”?” besvaras med ja.",
    )
    assert explained(known, a="ja").near == {"b"}


def test_a_yes_that_is_enough_without_any_one_rule_holding_is_told_as_well() -> None:
    either = rules(
        (Level.RED, All((Answered("a"), Answered("b")))),
        (Level.RED, All((Not(Answered("a")), Answered("b")))),
    )

    assert part("why_not_red", either)[-1] == "Nivån blir röd om frågan ”?” besvaras med ja."


def test_several_changes_are_counted_and_told_together() -> None:
    both = rules((Level.RED, All((Answered("a"), Not(Answered("b"))))))

    said = part("why_not_red", both)

    assert said[1] == "Minst två saker måste vara annorlunda för att nivån ska bli röd."
    assert said[2] == (
        "Nivån blir röd om frågan ”?” besvaras med ja och frågan ”?” besvaras med nej."
    )
    assert part("together", both) == ("Svaren ja på ”?” och nej på ”?” ger tillsammans nivån röd.",)


def test_a_level_that_nothing_small_gives_is_said_to_be_so() -> None:
    said = part("why_not_red", rules((Level.ORANGE, Answered("a"))))

    assert said[1] == (
        "Nivån hade inte blivit röd av någon ändring av högst fem saker i det som är känt."
    )


def test_a_level_that_any_answer_would_give_is_said_to_rest_on_what_is_not_known() -> None:
    either = rules((Level.RED, Answered("a")), (Level.RED, Not(Answered("a"))))

    assert part("why", either) == (
        "Nivån är röd för att det som inte är känt inte får ge en lägre nivå.",
    )


def test_a_number_between_two_limits_is_told_with_both() -> None:
    between = All((Bound("n", Side.AT_LEAST, 2), Bound("n", Side.BELOW, 4)))
    found = Counterfactuals(rules((Level.RED, between), (Level.GREEN, Bound("n", Side.BELOW, 3))))

    below, above = (found.up(Situation({}, {"n": n}), Level.RED)[0] for n in (0, 5))

    assert [way.changes[0].between for way in (below, above)] == [(2, 3), (2, 3)]
    assert [way.changes[0].then for way in (below, above)] == [2, 3]


def test_where_several_rules_together_make_a_level_certain_the_smaller_change_is_found() -> None:
    whatever_a_is = rules(
        (Level.RED, All((Answered("a"), Answered("b")))),
        (Level.RED, All((Not(Answered("a")), Answered("b")))),
    )

    (way, *_) = Counterfactuals(whatever_a_is).up(NOTHING, Level.RED)

    assert isinstance(way, Way)
    assert [(change.name, change.then) for change in way.changes] == [("b", True)]
    assert way.rule is None


def test_a_condition_that_no_live_engine_takes_is_left_out_without_a_fault() -> None:
    wide = All(
        tuple(
            AnyOf((Bound("n", Side.BELOW, limit), Bound("n", Side.AT_LEAST, limit + 20)))
            for limit in range(1, 10)
        )
    )

    assert Counterfactuals(rules((Level.RED, wide))).up(NOTHING, Level.RED) == ()


def large(count: int) -> RuleSet:
    """Rules over so many questions that not every change of them can be tried."""
    names = [f"q{n}" for n in range(count)]
    asked = {
        name: Indicator.model_validate(
            {"id": name, "area": "x", "kind": Kind.RISK, "ask": "?", "from": "praxis"}
        )
        for name in names
    }
    both = rules((Level.ORANGE, AtLeast(3, tuple(names))), (Level.RED, Not(Answered("q0"))))
    return replace(both, words=replace(both.words, indicators=MappingProxyType(asked)))


def test_where_not_every_change_can_be_tried_that_is_said() -> None:
    said = part("why_not_lower", large(60), q0="nej")

    assert said[-1] == (
        "Reglerna är så sammansatta att det kan finnas en mindre ändring än de som nämns."
    )
    assert explained(large(3), q0="nej").exact
    assert not explained(large(60), q0="nej").exact


def test_where_not_every_change_can_be_tried_the_change_that_a_rule_demands_is_told() -> None:
    (way,) = Counterfactuals(large(60)).up(Situation({"q0": True}, {}), Level.ORANGE)

    assert [change.name for change in way.changes] == ["q1", "q2"]
    (way,) = Counterfactuals(large(500)).up(Situation({"q0": True}, {}), Level.ORANGE)
    assert [change.name for change in way.changes] == ["q1", "q2"]


def test_a_fact_without_a_name_for_people_is_said_by_its_own() -> None:
    flagged = rules((Level.RED, OneOf("flag", (True,))))
    (way,) = Counterfactuals(flagged).up(Situation({}, {"flag": False}), Level.RED)

    assert Phrases(flagged, {}).changes(way.changes, open_=False) == (
        "uppgiften ”flag” hade varit ja i stället för nej"
    )


def test_the_passages_are_the_same_whenever_they_are_asked_for() -> None:
    both = rules((Level.RED, All((Answered("a"), Answered("b")))))

    assert passages(explained(both), both) == passages(explained(both), both)
    assert all(isinstance(it, Passage) for it in passages(explained(both), both))


def test_a_rule_is_a_rule_of_its_own_level_only() -> None:
    red = Rule("r", Level.RED, Answered("a"), because="Därför.", source="praxis")
    found = Counterfactuals(language.ruleset([red]))

    assert found.up(NOTHING, Level.ORANGE) == ()
    assert [way.rule for way in found.up(NOTHING, Level.RED)] == ["r"]

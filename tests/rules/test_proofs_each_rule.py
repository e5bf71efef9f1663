"""Of each rule is proved that it can fire, need not, and decides; a witness shows it if not."""

import dataclasses

import pytest

from rules.engines.situation import Situation
from rules.language.rule import Rule
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
from rules.level import Level
from rules.proofs.each_rule import CHECKS
from rules.proofs.subject import subject
from tests.rules import language

NOTHING = {"n": None, "flag": None, "word": None}
A, B, C = (Answered(name) for name in "abc")


def told(*rules: Rule) -> dict[str, list[tuple[object, str, Situation | None]]]:
    """What each check that found something said: the rule, the sentence and the witness."""
    found = subject(language.ruleset(rules))
    flaws = {
        check.name: [flaw for it in check.obligations(found) if (flaw := it.refute())]
        for check in CHECKS
    }
    return {
        name: [(rules[int(flaw.path[1])].id, flaw.message, flaw.witness) for flaw in each]
        for name, each in flaws.items()
        if each
    }


def rule(name: str, when: Condition, level: Level = Level.RED) -> Rule:
    return language.rule(name, level, when)


def test_rules_that_each_say_something_of_their_own_are_left_alone() -> None:
    assert told(rule("en", A), rule("två", AtLeast(2, ("b", "c", "d"))), rule("tre", Not(A))) == {}


@pytest.mark.parametrize(
    "when",
    [
        All((A, Not(A))),
        All((Bound("n", Side.BELOW, 2), Bound("n", Side.AT_LEAST, 3))),
        All((AtLeast(5, language.QUESTIONS), Not(C))),
        All((OneOf("word", ("x",)), OneOf("word", ("y", "z")))),
        All((Unanswered(("a", "b")), A)),
    ],
)
def test_a_rule_that_can_never_hold_is_found(when: Condition) -> None:
    found = told(rule("aldrig", when), rule("annan", A))

    ((name, message, witness),) = found.pop("kan-slå-till")
    assert (name, witness, found) == ("aldrig", None, {})
    assert message.startswith("villkoret kan aldrig bli sant")


@pytest.mark.parametrize(
    "when", [Not(All((A, Not(B)))), Not(Unanswered(("a", "b"))), Unanswered(("a",))]
)
def test_a_rule_that_can_hold_is_not_said_never_to(when: Condition) -> None:
    assert told(rule("ibland", when)) == {}


def test_a_rule_that_always_holds_is_found_also_where_nothing_is_known() -> None:
    young = Bound("n", Side.BELOW, 3, if_unknown=True)
    always = AnyOf((young, Bound("n", Side.AT_LEAST, 3)))

    found = told(rule("alltid", always), rule("nästan", AnyOf((A, Not(A)))))

    assert [it[0] for it in found["kan-vara-tyst"]] == ["alltid"]
    assert found["kan-vara-tyst"][0][2] == Situation({}, NOTHING)


def test_a_rule_that_repeats_another_names_the_first_of_them() -> None:
    found = told(rule("först", AnyOf((A, B))), rule("sedan", AtLeast(1, ("b", "a"))))

    assert found == {
        "säger-inte-om": [
            (
                "sedan",
                'villkoret säger det samma som "först"; ta bort den ena regeln',
                Situation({"a": True}, NOTHING),
            )
        ]
    }


def test_one_condition_with_two_levels_is_told_at_the_lower() -> None:
    found = told(rule("låg", All((A, B)), Level.ORANGE), rule("hög", AtLeast(2, ("a", "b"))))

    ((name, message, witness),) = found.pop("motsägs-inte")
    assert (name, witness, found) == ("låg", Situation({"a": True, "b": True}, NOTHING), {})
    assert '"hög", som ger röd, så orange gäller aldrig' in message


def test_a_rule_that_another_outdoes_names_it_with_a_concern_where_both_hold() -> None:
    found = told(rule("smal", All((A, B))), rule("vid", A))

    ((name, message, witness),) = found.pop("avgör")
    assert (name, witness, found) == ("smal", Situation({"a": True, "b": True}, NOTHING), {})
    assert message.startswith('när regeln stämmer gör "vid" det också, och ger minst röd')


def test_a_rule_that_several_outdo_only_together_names_those_that_are_needed() -> None:
    found = told(
        rule("smal", All((A, Bound("n", Side.BELOW, 5)))),
        rule("ung", All((A, Bound("n", Side.BELOW, 3)))),
        rule("äldre", All((A, Bound("n", Side.AT_LEAST, 2)))),
        rule("annat", B),
    )

    (message,) = (message for name, message, _ in found["avgör"] if name == "smal")
    assert 'gör alltid någon av "ung" och "äldre" det också' in message


def test_a_rule_is_not_outdone_by_a_wider_one_at_a_lower_level() -> None:
    assert told(rule("smal", All((A, B))), rule("vid", A, Level.ORANGE)) == {}


def test_a_green_rule_informs_and_need_not_decide() -> None:
    assert told(rule("upplyser", All((A, B)), Level.GREEN), rule("vid", A)) == {}


def test_a_count_is_not_outdone_by_one_of_its_questions() -> None:
    assert told(rule("två", AtLeast(2, ("a", "b", "c"))), rule("en", A)) == {}


def test_the_order_of_the_rules_changes_only_which_of_two_equals_is_told() -> None:
    rules = (rule("smal", All((A, B))), rule("vid", A), rule("aldrig", All((B, Not(B)))))

    forwards, backwards = told(*rules), told(*reversed(rules))

    assert forwards == backwards


def test_what_is_told_is_placed_at_the_rule_in_the_file() -> None:
    placed = dataclasses.replace(rule("aldrig", All((A, Not(A)))), path=("rules", 7))
    found = subject(language.ruleset([placed]))

    flaws = [flaw for check in CHECKS for it in check.obligations(found) if (flaw := it.refute())]

    assert [flaw.path for flaw in flaws] == [("rules", 7, "when")]

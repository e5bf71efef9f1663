"""Of the whole is proved that each level can be given, and no question or value is forgotten."""

import dataclasses

from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.shape import Indicator, Kind
from rules.language.syntax import All, Answered, AnyOf, AtLeast, Condition, Not, OneOf, Unanswered
from rules.level import Level
from rules.proofs.coverage import CHECKS
from rules.proofs.subject import subject
from tests.rules import language

NOTHING = {"n": None, "flag": None, "word": None}
WHOLE = (
    language.rule("två", Level.ORANGE, AtLeast(2, language.QUESTIONS)),
    language.rule("fyra", Level.RED, AtLeast(4, language.QUESTIONS)),
)


def precaution(when: Condition | None = None) -> Rule:
    empty = Unanswered(language.QUESTIONS)
    return language.rule("inget", Level.ORANGE, All((empty, when)) if when else empty)


def told(ruleset: RuleSet, name: str) -> list[tuple[object, Situation | None]]:
    """The places and the witnesses of what one check found."""
    (check,) = (it for it in CHECKS if it.name == name)
    flaws = [it.refute() for it in check.obligations(subject(ruleset))]
    return [(flaw.path, flaw.witness) for flaw in flaws if flaw]


def of_kind(kind: Kind, *rules: Rule) -> RuleSet:
    """The rules where the question a is of that kind."""
    ruleset = language.ruleset(rules)
    changed = {**ruleset.indicators, "a": _question(kind)}
    return dataclasses.replace(
        ruleset, words=dataclasses.replace(ruleset.words, indicators=changed)
    )


def _question(kind: Kind) -> Indicator:
    return Indicator.model_validate(
        {"id": "a", "area": "x", "kind": kind, "ask": "?", "from": "praxis"}
    )


def test_a_whole_set_of_rules_has_no_gap() -> None:
    ruleset = language.ruleset(WHOLE, precaution())

    assert [told(ruleset, check.name) for check in CHECKS] == [[], [], [], []]


def test_a_level_that_no_rule_gives_is_found() -> None:
    assert told(language.ruleset(WHOLE[:1]), "nivåer") == [(("levels", "röd"), None)]


def test_a_level_whose_rules_are_always_outdone_is_found() -> None:
    low = language.rule("låg", Level.ORANGE, AtLeast(5, language.QUESTIONS))

    assert told(language.ruleset([low, WHOLE[1]]), "nivåer") == [(("levels", "orange"), None)]


def test_that_nothing_can_be_green_is_found() -> None:
    either = AnyOf((Answered("a"), Not(Answered("a"))))

    found = told(
        language.ruleset([*WHOLE, language.rule("alltid", Level.ORANGE, either)]), "nivåer"
    )

    assert found == [(("levels", "grön"), None)]


def test_a_question_of_risk_that_no_rule_reads_is_found_also_when_the_precaution_does() -> None:
    rules = [language.rule("fyra", Level.RED, AtLeast(2, ("a", "b", "c", "d")))]

    found = told(language.ruleset(rules, precaution()), "frågor")

    assert found == [(("indicators", 4), Situation({"e": True}, {}))]


def test_a_question_whose_answer_never_changes_the_level_is_found() -> None:
    idle = AnyOf((Answered("b"), All((Answered("a"), Answered("b")))))

    assert told(of_kind(Kind.RISK, *WHOLE, language.rule("r", Level.RED, idle)), "frågor") == []
    found = told(of_kind(Kind.RISK, language.rule("r", Level.RED, idle)), "frågor")
    assert found[0] == (("indicators", 0), Situation({"b": True}, NOTHING))


def test_an_event_may_inform_and_protection_need_do_nothing() -> None:
    others = language.rule("r", Level.RED, AtLeast(2, ("b", "c", "d", "e")))
    informs = language.rule("g", Level.GREEN, Answered("a"))

    assert told(of_kind(Kind.EVENT, others, informs), "frågor") == []
    assert told(of_kind(Kind.PROTECTION, others), "frågor") == []
    assert [path for path, _ in told(of_kind(Kind.EVENT, others), "frågor")] == [("indicators", 0)]
    assert [path for path, _ in told(of_kind(Kind.RISK, others, informs), "frågor")] == [
        ("indicators", 0)
    ]


def test_a_concern_of_which_nothing_is_known_and_that_may_be_green_is_shown() -> None:
    without = language.ruleset(WHOLE)
    narrow = language.ruleset(WHOLE, precaution(OneOf("word", ("x", "y"), if_unknown=True)))

    assert told(without, "inget-känt") == [(("precaution",), Situation({}, NOTHING))]
    assert told(narrow, "inget-känt") == [
        (("precaution",), Situation({}, {**NOTHING, "word": "z"}))
    ]


def test_a_value_that_no_rule_names_is_found_when_others_are_named() -> None:
    one = language.rule("r", Level.RED, OneOf("word", ("y",)))
    all_ = language.rule("s", Level.RED, OneOf("word", ("x", "z")))

    assert told(language.ruleset([one]), "värden") == [
        (("facts", 2, "values"), Situation({}, {"word": "x"}))
    ]
    assert told(language.ruleset([one, all_]), "värden") == []

"""More risk never lowers, unknown never lowers, and a fault in an engine raises."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.answer import Answer, Value
from rules.engines.durable import EngineFault
from rules.engines.engine import Engine
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.errors import Invalid
from rules.language.ruleset import RuleSet
from rules.language.shape import Kind
from rules.language.syntax import All, Answered, AnyOf
from rules.level import Level
from tests.rules import language, shipped

INDICATORS = sorted(shipped.file().ruleset.indicators)
RISKS = [n for n in INDICATORS if shipped.file().ruleset.indicators[n].kind is not Kind.PROTECTION]
PROTECTION = sorted(set(INDICATORS) - set(RISKS))


def level(facts: dict[str, Any], answers: dict[str, Answer]) -> Level:
    return shipped.engine().classify(facts, answers).level


@settings(max_examples=language.FEW)
@given(facts=shipped.facts(), answers=shipped.answers(), name=st.sampled_from(RISKS))
def test_a_nej_that_becomes_ja_never_lowers(
    facts: dict[str, Any], answers: dict[str, Answer], name: str
) -> None:
    denied = level(facts, {**answers, name: Answer(Value.NO, "skola")})

    assert not denied.above(level(facts, {**answers, name: Answer(Value.YES, "skola")}))


@settings(max_examples=language.FEW)
@given(facts=shipped.facts(), answers=shipped.answers(), name=st.sampled_from(INDICATORS))
def test_unknown_is_never_lower_than_nej(
    facts: dict[str, Any], answers: dict[str, Answer], name: str
) -> None:
    denied = level(facts, {**answers, name: Answer(Value.NO, "skola")})

    assert not denied.above(level(facts, {**answers, name: Answer(Value.UNKNOWN, "skola")}))


@settings(max_examples=language.FEW)
@given(facts=shipped.facts(), answers=shipped.answers(), name=st.sampled_from(PROTECTION))
def test_protection_never_lowers(
    facts: dict[str, Any], answers: dict[str, Answer], name: str
) -> None:
    without = {question: answer for question, answer in answers.items() if question != name}

    protected = {**without, name: Answer(Value.YES, "skola")}

    assert level(facts, protected) is level(facts, without)


@settings(max_examples=language.FEW)
@given(
    facts=shipped.facts(),
    answers=shipped.answers(),
    name=st.sampled_from(INDICATORS),
    source=st.sampled_from(["barnet", "vardnadshavare"]),
)
def test_a_nej_from_the_child_or_a_guardian_is_the_same_as_unknown(
    facts: dict[str, Any], answers: dict[str, Answer], name: str, source: str
) -> None:
    denied = shipped.engine().classify(facts, {**answers, name: Answer(Value.NO, source)})
    unknown = shipped.engine().classify(facts, {**answers, name: Answer(Value.UNKNOWN, source)})

    assert denied.level is unknown.level
    assert denied.ask_next == unknown.ask_next
    assert (name, source) in {(item.indicator, item.source) for item in denied.disregarded}


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets(), situation=language.situations, seed=st.randoms())
def test_the_order_of_the_rules_does_not_matter(
    ruleset: RuleSet, situation: Situation, seed: Any
) -> None:
    shuffled = list(ruleset.rules)
    seed.shuffle(shuffled)
    levels = [
        Engine(language.ruleset(rules)).classify(situation.facts, language.said(situation))
        for rules in (ruleset.rules, shuffled)
    ]

    assert levels[0].level is levels[1].level
    assert levels[0].possible == levels[1].possible
    assert set(levels[0].findings) == set(levels[1].findings)


ORANGE = language.ruleset([language.rule("o", Level.ORANGE, Answered("a"))])
YES = {"a": Answer(Value.YES, "skola")}


@dataclass
class Fake:
    """An engine that says what a test tells it to, or breaks."""

    fires: frozenset[str] = frozenset()
    error: Exception | None = None

    def fire(self, situation: Situation, /) -> frozenset[str]:
        if self.error:
            raise self.error
        return self.fires


@pytest.mark.parametrize("error", [EngineFault("trasig"), RuntimeError("oväntat"), MemoryError()])
def test_a_broken_live_engine_raises_the_level_one_step_and_is_told(error: Exception) -> None:
    found = Engine(ORANGE, live=Fake(error=error)).classify({}, YES)

    assert found.level is Level.RED
    assert not found.engines_agree
    assert found.incident is not None
    assert found.possible[1] is Level.RED
    assert [finding.rule for finding in found.findings] == ["o"]


def test_a_broken_live_engine_gives_orange_and_never_green() -> None:
    found = Engine(ORANGE, live=Fake(error=EngineFault("trasig"))).classify({}, {})

    assert found.level is Level.ORANGE


def test_a_broken_oracle_is_no_better() -> None:
    assert Engine(ORANGE, oracle=Fake(error=KeyError("a"))).classify({}, YES).level is Level.RED


def test_two_broken_engines_give_red() -> None:
    broken = Fake(error=EngineFault("trasig"))

    found = Engine(ORANGE, live=broken, oracle=broken).classify({}, {})

    assert found.level is Level.RED
    assert found.findings == ()


@pytest.mark.parametrize("silent_one", ["live", "oracle"])
def test_when_the_engines_disagree_the_higher_level_holds(silent_one: str) -> None:
    engines = {"live": Fake(frozenset({"o"})), "oracle": Fake(frozenset({"o"})), silent_one: Fake()}

    found = Engine(ORANGE, live=engines["live"], oracle=engines["oracle"]).classify({}, YES)

    assert found.level is Level.ORANGE
    assert not found.engines_agree
    assert "oense" in str(found.incident)
    assert "o" in str(found.incident)


def test_rules_that_the_live_engine_cannot_hold_are_still_classified() -> None:
    pairs = [AnyOf((Answered(x), Answered(y))) for x, y in combinations("abcdefghijkl", 2)]
    wide = language.ruleset([language.rule("bred", Level.ORANGE, All(tuple(pairs)))])

    found = Engine(wide).classify({}, {name: Answer(Value.YES, "skola") for name in "abcde"})

    assert not found.engines_agree
    assert found.level.above(Level.GREEN)


@pytest.mark.parametrize(
    ("facts", "answers", "field"),
    [
        ({"kon": "x"}, {}, "kon"),
        ({"n": "5"}, {}, "n"),
        ({"n": True}, {}, "n"),
        ({"n": 6}, {}, "n"),
        ({"flag": 1}, {}, "flag"),
        ({"word": "w"}, {}, "word"),
        ({}, {"okänd": Answer(Value.YES, "skola")}, "okänd"),
    ],
)
def test_what_the_instrument_does_not_know_is_refused(
    facts: dict[str, Any], answers: dict[str, Answer], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        Engine(ORANGE, live=Oracle(ORANGE.all_rules)).classify(facts, answers)

    assert list(refused.value.faults) == [field]


def test_what_was_classified_can_be_classified_again_to_the_same() -> None:
    for concern in shipped.examples():
        first = shipped.engine().classify(concern["facts"], shipped.answers_of(concern))

        assert shipped.engine().classify(first.facts, first.answers) == first

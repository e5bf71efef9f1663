"""The two engines, the interval and the direction of risk, searched for longer."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.answer import Answer, Value
from rules.durable import Durable
from rules.level import Level, highest
from rules.oracle import Oracle
from rules.ruleset import RuleSet
from rules.situation import Situation
from tests.rules import language, shipped

RULES = shipped.file().ruleset.all_rules
NAMES = sorted(shipped.file().ruleset.indicators)
TYPES = (*shipped.file().ruleset.words.facts["anmalartyp"].values, None)


def concerns(count: int) -> list[Situation]:
    """Concerns as they come: a few answers, some of them nej, and facts that may be unknown."""
    draw = random.Random(20260310)
    return [
        Situation(
            {name: draw.random() < 0.7 for name in draw.sample(NAMES, draw.randrange(9))},
            {
                "alder": draw.choice((None, *range(24))),
                "tidigare_anmalningar_12m": draw.randrange(4),
                "pagaende_insats": draw.choice((True, False, None)),
                "barn_i_samma_sammanhang_30d": draw.randrange(4),
                "anmalartyp": draw.choice(TYPES),
            },
        )
        for _ in range(count)
    ]


def level(fired: frozenset[str]) -> Level:
    return highest(*(rule.level for rule in RULES if rule.id in fired))


def test_the_engines_agree_on_ten_thousand_concerns() -> None:
    live, oracle = Durable(RULES), Oracle(RULES)

    different = [it for it in concerns(10_000) if live.fire(it) != oracle.fire(it)]

    live.retire()
    assert different == []


def test_the_engines_agree_when_any_two_questions_are_ja() -> None:
    live, oracle = Durable(RULES), Oracle(RULES)
    pairs = [(one, other) for one in NAMES for other in NAMES if one < other]

    different = [
        pair
        for pair in pairs
        for age in (3, 16)
        if live.fire(it := Situation(dict.fromkeys(pair, True), {"alder": age})) != oracle.fire(it)
    ]

    live.retire()
    assert different == []


def test_no_ja_lowers_any_of_two_thousand_concerns() -> None:
    oracle = Oracle(RULES)

    lowered = [
        (it, name)
        for it in concerns(2_000)
        for name in it.answers
        if level(oracle.fire(language.answering(it, **{name: False}))).above(
            level(oracle.fire(language.answering(it, **{name: True})))
        )
    ]

    assert lowered == []


@settings(max_examples=600)
@given(ruleset=language.rulesets(), situation=language.situations)
def test_the_engines_agree_on_any_rules(ruleset: RuleSet, situation: Situation) -> None:
    live = Durable(ruleset.all_rules)
    try:
        assert live.fire(situation) == Oracle(ruleset.all_rules).fire(situation)
    finally:
        live.retire()


@settings(max_examples=400)
@given(facts=shipped.facts(), answers=shipped.answers(), name=st.sampled_from(NAMES))
def test_every_answer_leads_to_a_level_inside_the_interval(
    facts: dict[str, object], answers: dict[str, Answer], name: str
) -> None:
    engine = shipped.engine()
    found = engine.classify(facts, answers)  # type: ignore[arg-type]
    if name in answers and answers[name].value is not Value.UNKNOWN:
        return

    for value in (Value.YES, Value.NO):
        after = engine.classify(facts, {**answers, name: Answer(value, "skola")})  # type: ignore[arg-type]
        assert found.possible[0].rank <= after.level.rank <= found.possible[1].rank

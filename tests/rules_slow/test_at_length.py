"""The two engines, the interval and the direction of risk, searched for longer."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.answer import Answer, Value
from rules.engines.durable import Durable
from rules.engines.engine import Engine
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.syntax import Condition
from rules.level import Level, highest
from tests.rules import language, shipped, test_alone, test_interval

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


@settings(max_examples=400)
@given(condition=language.anything, situation=language.situations)
def test_the_answers_that_alone_make_a_condition_hold_are_those_found_by_trying(
    condition: Condition, situation: Situation
) -> None:
    test_alone.agree(condition, situation)


@settings(max_examples=200)
@given(ruleset=language.rulesets(), situation=language.certain_situations)
def test_the_interval_is_as_wide_as_the_ways_to_answer(
    ruleset: RuleSet, situation: Situation
) -> None:
    found = test_interval.classify(ruleset, situation)

    ranks = [reached.rank for reached in test_interval.completions(ruleset, situation)]

    assert [it.rank for it in found.possible] == [min(ranks), max(ranks)]


@settings(max_examples=200)
@given(ruleset=language.rulesets(language.monotone), situation=language.situations)
def test_when_the_level_can_rise_by_answers_something_is_asked(
    ruleset: RuleSet, situation: Situation
) -> None:
    found = test_interval.classify(ruleset, situation)

    best = highest(*test_interval.completions(ruleset, situation))

    assert bool(found.ask_next) == best.above(found.level)


@settings(max_examples=60)
@given(ruleset=language.rulesets(), situation=language.situations, seed=st.randoms())
def test_the_order_of_the_rules_does_not_matter(
    ruleset: RuleSet, situation: Situation, seed: random.Random
) -> None:
    shuffled = list(ruleset.rules)
    seed.shuffle(shuffled)

    one, other = (
        Engine(language.ruleset(rules)).classify(situation.facts, language.said(situation))
        for rules in (ruleset.rules, shuffled)
    )

    assert (one.level, one.possible) == (other.level, other.possible)
    assert set(one.findings) == set(other.findings)

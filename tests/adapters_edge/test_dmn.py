"""The rules as DMN: valid, in words that FEEL and Python share, and decided alike by a stranger."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from adapters.dmn.document import NAMESPACE, dmn
from adapters.rulesfile import parse_language
from rules.engines.engine import Engine
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.syntax import All, Answered, AnyOf, AtLeast, Not, OneOf
from rules.level import Level
from tests.adapters_edge.foreign import foreign, require_valid
from tests.rules import language, shipped
from workflows.interchange import NOT_EXPRESSED, Inexpressible

RULESET = shipped.file().ruleset
FILE = dmn(RULESET)
SPIFF = foreign(RULESET)
ORACLE = Oracle(RULESET.all_rules)
TAG = "{" + NAMESPACE + "}"
# Everything that stands in a cell: all of it means the same in FEEL and in Python.
SHARED = re.compile(
    r'"[^"\\]*"|max\(|in \[|\b(?:and|or)\b|[a-z_][a-z0-9_]*|-?\d+|[<>]=?|[-+?,()\]]'
)
RESERVED = """
name: prov
version: "1"
levels: {röd: {name: R, handle_within: 4 h, hub: true},
 orange: {name: O, handle_within: 12 h, hub: true}, grön: {name: G, handle_within: 4 h, hub: false}}
areas: {x: X}
indicators:
  - {id: in, area: x, kind: risk, ask: "In?", from: praxis}
  - {id: in_, area: x, kind: risk, ask: "In igen?", from: praxis}
  - {id: max, area: x, kind: risk, ask: "Max?", from: praxis}
facts:
  - {id: day, type: date, earliest: 2020-01-01, latest: 2030-01-01}
rules:
  - {rule: r, level: röd, when: {all: [in, {at_least: 2, of: [in, in_, max]}]}, because: R.,
     source: praxis, fires: [{in: ja, max: ja}], silent: [{in: ja}]}
  - {rule: before, level: orange, when: {fact: day, before: 2026-01-01}, because: B.,
     source: praxis, fires: [{day: 2025-12-31}], silent: [{day: 2026-01-01}, {day: null}]}
  - {rule: from, level: orange, when: {fact: day, from: 2026-01-01}, because: F.,
     source: praxis, fires: [{day: 2026-01-01}], silent: [{day: 2025-12-31}, {day: null}]}
  - {rule: either, level: grön, when: {fact: day, before: 2026-01-01, if_unknown: true},
     because: E., source: praxis, fires: [{day: null}], silent: [{day: 2026-01-01}]}
"""


def test_the_file_is_valid_by_the_schema_of_dmn_1_3() -> None:
    require_valid(FILE)


@pytest.mark.parametrize("concern", shipped.examples(), ids=lambda it: it["id"])
def test_a_foreign_engine_gives_every_example_the_level_of_the_hub(concern: Mapping) -> None:
    facts, answers = concern["facts"], shipped.answers_of(dict(concern))
    situation = shipped.situation_of(dict(concern))

    assert SPIFF.level(situation) is shipped.engine().classify(facts, answers).level
    assert SPIFF.fire(situation) == ORACLE.fire(situation)


@settings(max_examples=language.FEW, deadline=None)
@given(ruleset=language.rulesets(), situation=language.situations)
def test_a_foreign_engine_collects_the_rules_that_hold_of_any_rules(
    ruleset: RuleSet, situation: Situation
) -> None:
    assert foreign(ruleset).fire(situation) == Oracle(ruleset.all_rules).fire(situation)


@settings(max_examples=language.FEW, deadline=None)
@given(ruleset=language.rulesets(language.anything))
def test_any_rules_become_a_valid_file(ruleset: RuleSet) -> None:
    require_valid(dmn(ruleset))


@settings(max_examples=language.FEW, deadline=None)
@given(ruleset=language.rulesets(language.anything), situation=language.situations)
def test_a_foreign_engine_also_knows_when_nothing_is_answered(
    ruleset: RuleSet, situation: Situation
) -> None:
    assert foreign(ruleset).fire(situation) == Oracle(ruleset.all_rules).fire(situation)


def test_every_cell_is_in_words_that_feel_and_python_share() -> None:
    root = ET.fromstring(FILE)
    texts = [it.text or "" for kind in ("inputExpression", "inputEntry", "outputEntry")
             for it in root.iterfind(f".//{TAG}{kind}/{TAG}text")]  # fmt: skip

    assert len(texts) > 1000
    assert {text for text in texts if SHARED.sub("", text).strip()} == set()


def test_a_name_that_is_a_word_of_the_language_has_a_name_of_its_own() -> None:
    ruleset = parse_language(RESERVED)
    oracle, spiff = Oracle(ruleset.all_rules), foreign(ruleset)

    require_valid(dmn(ruleset))
    for answers in ({}, {"in": True}, {"in": True, "max": True}, {"in_": True, "max": True}):
        for day in (None, 739251, 739252, 739253):
            situation = Situation(answers, {"day": day})
            assert spiff.fire(situation) == oracle.fire(situation)


def test_what_the_board_writes_is_never_read_as_markup() -> None:
    because = '<rule/> & "x" ]]> \x01 \ud800'
    ruleset = replace(RULESET, rules=(replace(RULESET.rules[0], because=because),))

    root = ET.fromstring(dmn(ruleset))

    said = [it.text or "" for it in root.iterfind(f".//{TAG}rule/{TAG}description")]
    assert any(text.startswith('<rule/> & "x" ]]> \ufffd \ufffd') for text in said)


def test_a_rule_that_can_never_hold_has_no_row() -> None:
    either = OneOf("flag", (True, False))
    rule = language.rule("r", Level.RED, either)

    assert b"regel.r." in dmn(language.ruleset([rule]))
    assert b"regel.r." not in dmn(language.ruleset([replace(rule, when=Not(either))]))


def test_a_rule_that_no_table_can_hold_stops_the_export_and_is_named() -> None:
    rule = language.rule("bred", Level.RED, spread())

    with pytest.raises(Inexpressible, match="Regeln bred har för många alternativ"):
        dmn(language.ruleset([rule]))


def spread() -> All:
    """More alternatives than any table: ten times one of two numbers."""
    words = [OneOf("word", (it,)) for it in "xyz"]
    counts = [AtLeast(2, pair) for pair in combinations(language.QUESTIONS, 2)]
    return All(tuple(AnyOf((count, words[n % 3])) for n, count in enumerate(counts)))


def test_the_file_tells_everything_that_it_cannot_say() -> None:
    description = ET.fromstring(FILE).findtext(f"{TAG}description") or ""

    assert NOT_EXPRESSED
    assert all(f"- {name}: {why}" in description for name, why in NOT_EXPRESSED.items())


def test_a_level_that_follows_from_every_answer_is_lower_in_the_table_as_it_says() -> None:
    yes = language.rule("r", Level.RED, Answered("a"))
    no = language.rule("o", Level.ORANGE, Not(Answered("a")))
    ruleset = language.ruleset([yes, no])
    engine = Engine(ruleset)

    assert engine.classify({}, {}).level is Level.ORANGE
    assert foreign(ruleset).level(Situation({}, {})) is Level.GREEN
    assert "nivå som följer av varje svar" in NOT_EXPRESSED
    engine.retire()

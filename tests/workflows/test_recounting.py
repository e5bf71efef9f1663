"""A past concern is read by another version as the live engine would read it."""

from datetime import date

import pytest

from adapters.columns.past import ColumnConcerns
from adapters.rulesfile import parse_language
from rules.answer import Answer, Value
from rules.engines.carried import carried_answers, carried_facts
from rules.engines.engine import Engine
from rules.level import Level
from workflows.common_words import common_words
from workflows.concern_line import Concern
from workflows.recounting import Recount

TODAY = date(2026, 11, 21)
TEXT = """
name: Prov
version: "1"
levels:
  röd: {name: Akut, handle_within: 4 h, hub: true}
  orange: {name: Oroande, handle_within: 12 h, hub: true}
  grön: {name: Normal, handle_within: 14 dagar, hub: false}
areas: {skydd: Skydd}
indicators: [{id: a, area: skydd, kind: risk, ask: "A?", from: praxis}]
facts: [{id: antal, type: int, min: 0, max: 10}]
rules:
  - rule: manga
    level: röd
    when: {fact: antal, at_least: 5}
    because: Det är många.
    source: praxis
    fires: [{antal: 5}]
    silent: [{antal: 4}]
"""
WIDE, NARROW = TEXT.replace("max: 10", "max: 1000"), TEXT.replace("max: 10", "max: 6")


@pytest.mark.parametrize("number", [4, 5, 6, 7, 1000])
def test_a_number_beyond_the_ends_passes_every_limit_in_every_reading(number: int) -> None:
    old, new = parse_language(WIDE), parse_language(NARROW)
    concern = Concern("1", {"antal": number}, {"b": Answer(Value.YES, "skola")}, None)
    past = ColumnConcerns.of([concern], common_words(old.words, new.words))
    engine = Engine(new)

    live = engine.classify(
        carried_facts(new.words, concern.facts), carried_answers(new.words, concern.answers)
    )

    expected = Level.RED if number >= 5 else Level.GREEN
    ((_, columns),) = past.compared(old, new, today=TODAY).outcomes([0])
    assert live.level is expected
    assert Recount(new, TODAY).outcome(concern).level is expected
    assert columns.level is expected
    engine.retire()

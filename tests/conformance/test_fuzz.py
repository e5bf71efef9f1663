"""The compilations say the same of rules that nobody wrote; a difference becomes a case."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from rules.answer import Answer, Value
from rules.language.ruleset import RuleSet
from rules.level import Level
from tests.conformance import case, writing
from tests.conformance.by_oracle import ORACLE
from tests.conformance.case import read
from tests.conformance.differing import differences, keep, topic_of
from tests.conformance.fuzz import SEARCH, smallest
from tests.conformance.generated import Drawn, drawn
from tests.conformance.outcome import Answers, Compilation, Evaluate, Facts, Outcome
from tests.rules import language


@settings(max_examples=language.FEW * 2)
@given(made_up=drawn)
def test_every_compilation_says_what_the_file_says(made_up: Drawn) -> None:
    assert differences(topic_of(made_up)) == {}


@contextmanager
def deaf(ruleset: RuleSet) -> Iterator[Evaluate]:
    """A compilation that never finds anything."""

    def evaluate(facts: Facts, answers: Answers) -> Outcome:
        return Outcome(Level.GREEN, (), (Level.GREEN, Level.GREEN))

    yield evaluate


@contextmanager
def broken(ruleset: RuleSet) -> Iterator[Evaluate]:
    def evaluate(facts: Facts, answers: Answers) -> Outcome:
        raise RuntimeError("trasig")

    yield evaluate


RULES = """\
name: Prov
version: "1"
levels:
  röd: {name: N, handle_within: 4 h, hub: true, source: praxis}
  orange: {name: N, handle_within: 4 h, hub: true, source: praxis}
  grön: {name: N, handle_within: 4 h, hub: true, source: praxis}
areas: {hem: Hemmet}
indicators: [{id: a, area: hem, kind: risk, ask: "A?", from: praxis}]
rules: [{rule: r, level: röd, when: a, because: Så., source: praxis, fires: [{}], silent: [{}]}]
"""
A_IS_YES = Drawn(RULES, {}, {"a": Answer(Value.YES, "skola")}, date(2026, 3, 1))


def test_a_compilation_that_misses_a_rule_or_breaks_is_told_by_name() -> None:
    topic = topic_of(A_IS_YES)

    found = differences(
        topic,
        (ORACLE, Compilation("döv", "", deaf), Compilation("bruten", "", broken)),
    )

    assert found == {
        "döv": (
            "level: grön, ska vara röd",
            "findings: [], ska vara [r]",
            "interval: [grön, grön], ska vara [röd, röd]",
        ),
        "bruten": ("RuntimeError: trasig",),
    }


def test_what_is_found_is_read_back_as_the_same_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "HERE", tmp_path)
    monkeypatch.setattr(case, "HERE", tmp_path)
    topic = topic_of(A_IS_YES)

    keep(topic)

    kept = read(tmp_path / topic.name)
    assert kept.cases == topic.cases
    assert kept.rules == topic.rules
    assert replace(kept, ruleset=topic.ruleset) == topic


def test_what_differs_is_shrunk_to_one_rule_and_one_answer_or_fact() -> None:
    found = smallest(settings(SEARCH, derandomize=True), (Compilation("döv", "", deaf),))

    assert found is not None
    topic = topic_of(found)
    assert len(topic.ruleset.all_rules) == 1
    assert len(found.answers) + len(found.facts) <= 1


def test_compilations_that_agree_give_nothing_to_keep() -> None:
    few = settings(SEARCH, derandomize=True, max_examples=5)

    assert smallest(few, (ORACLE,)) is None

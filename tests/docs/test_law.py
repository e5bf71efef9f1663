"""The page of the law follows the rules: every clock, gate and delegation stands there as it is."""

import re
from datetime import datetime

import pytest

from adapters.calendar import rest_day
from rules.clock_policy import ClockKind
from rules.local_time import STOCKHOLM, last_moment
from rules.policy import GatePolicy
from rules.span import Span, Unit, due, parse_span
from rules.statement import DecisionKind
from tests.docs.reading import CODED, rows
from tests.rules import shipped
from tests.shape.source import ROOT

PAGE = ROOT / "docs" / "law.md"
POLICY = shipped.file().policy
MOMENT = re.compile(r"\d{4}-\d\d-\d\d kl\. ")
SECTION = re.compile(r"(?:(?:SoL|OSL|KL|lag \(2024:79\)) \d+:\d+|(?:LVU|FL) \d+(?: [a-z])? §)")


def by_name() -> dict[str, list[str]]:
    """The rows whose first cell is a name in code."""
    return {row[0].strip("`"): row for row in rows(PAGE) if CODED.fullmatch(row[0])}


def test_every_clock_and_every_gate_of_the_rules_is_told_of_and_no_other() -> None:
    gates = {gate.gate for gate in POLICY.gates}

    assert set(by_name()) == set(POLICY.clocks) | gates


@pytest.mark.parametrize("name", POLICY.clocks)
def test_a_legal_clock_names_its_section_and_a_local_one_says_that_it_is_a_promise(
    name: str,
) -> None:
    clock, told = POLICY.clocks[name], by_name()[name][3]

    if clock.kind is ClockKind.LEGAL:
        assert set(SECTION.findall(clock.law or "")) <= set(SECTION.findall(told)) != set()
    else:
        assert "lokalt löfte" in told


@pytest.mark.parametrize("name", POLICY.clocks)
def test_the_length_that_is_told_is_the_length_in_the_rules(name: str) -> None:
    clock, told = POLICY.clocks[name], by_name()[name][2]

    lengths = {clock.length} if isinstance(clock.length, Span) else set(clock.length.values())
    if name != "hubbmote":  # its length is the slot's
        for length in lengths:
            assert str(length) in told


@pytest.mark.parametrize("gate", POLICY.gates, ids=lambda gate: gate.gate)
def test_a_gate_is_told_as_open_or_shut_with_its_sections(gate: GatePolicy) -> None:
    _, answer, law, _ = by_name()[gate.gate]

    assert answer == ("ja" if gate.allowed else "nej")
    assert set(SECTION.findall(gate.law)) <= set(SECTION.findall(law))


def counted() -> list[list[str]]:
    """The rows that count from a moment to an end."""
    return [row for row in rows(PAGE) if MOMENT.match(row[0])]


@pytest.mark.parametrize("row", counted(), ids=lambda row: f"{row[0]} + {row[1]}")
def test_time_is_counted_as_the_page_shows(row: list[str]) -> None:
    begins, length, ends, because = row
    anchor = datetime.strptime(begins, "%Y-%m-%d kl. %H.%M").replace(tzinfo=STOCKHOLM)
    end = due(anchor, parse_span(length), rest_day)

    assert last_moment(end.at) == ends
    assert because in end.why


def test_the_page_shows_each_way_of_counting() -> None:
    units = {parse_span(row[1]).unit for row in counted()}

    assert units == set(Unit) - {Unit.MINUTES}


def test_every_delegation_is_told_of() -> None:
    text = PAGE.read_text("utf-8")

    assert {item.decision for item in POLICY.delegation} == set(DecisionKind)
    for item in POLICY.delegation:
        assert f"`{item.requires}`" in text

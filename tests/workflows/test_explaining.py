"""A line explained as data: dates are days, and a fact out of range is told in its place."""

from dataclasses import replace
from datetime import date
from typing import Any

from rules.engines.engine import Engine
from rules.engines.explanation import Explaining
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact
from rules.language.syntax import Bound, Side
from rules.level import Level
from tests.rules import language
from workflows.explaining import explain_line

FIRST = date(2026, 6, 1)


def dated() -> RuleSet:
    """One rule about a day."""
    day = Fact.model_validate_json(
        '{"id": "dag", "name": "dagen", "type": "date",'
        ' "earliest": "2026-01-01", "latest": "2026-12-31"}'
    )
    late = Bound("dag", Side.AT_LEAST, FIRST.toordinal())
    rules = language.ruleset([replace(language.rule("sen", Level.RED, late), source="praxis")])
    return replace(rules, words=replace(rules.words, facts={"dag": day}))


def test_a_date_that_would_have_changed_the_level_is_told_as_a_day() -> None:
    ruleset = dated()
    engine, explaining = Engine(ruleset), Explaining(ruleset)

    found = explain_line(
        engine, explaining, '{"id": "1", "facts": {"dag": "2026-05-01"}, "answers": {}}'
    )

    assert found.data is not None
    (other,) = (it for it in as_list(found.data["why_not_higher"]) if it["level"] == "röd")
    assert other["ways"][0]["changes"] == [
        {"fact": "dag", "was": "2026-05-01", "then": "2026-06-01", "from": "2026-06-01", "to": None}
    ]
    red = next(it for it in found.passages if it.key == "why_not_red")
    assert red.sentences[-1] == (
        "Nivån hade varit röd om dagen hade varit tidigast 2026-06-01 i stället för 2026-05-01."
    )
    engine.retire()


def test_a_date_of_no_such_day_is_an_error_with_its_id() -> None:
    ruleset = dated()
    engine = Engine(ruleset)

    found = explain_line(
        engine, Explaining(ruleset), '{"id": "1", "facts": {"dag": "2031-05-01"}, "answers": {}}'
    )

    assert (found.id, found.data) == ("1", None)
    assert "ska vara ett datum" in (found.error or "")
    engine.retire()


def as_list(value: object) -> list[dict[str, Any]]:
    assert isinstance(value, list)
    return value

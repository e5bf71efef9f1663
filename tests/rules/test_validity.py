"""A rule with dates counts on its days, both included, and is otherwise as if it were not there."""

from datetime import date

import pytest

from rules.answer import Answer, Value
from rules.engines.editions import Editions
from rules.language.rule import Rule
from rules.language.syntax import Answered
from rules.level import Level
from tests.rules import language

YES = {"a": Answer(Value.YES, "skola")}
SUMMER = Rule(
    "sommar",
    Level.RED,
    Answered("a"),
    because="Därför.",
    valid_from=date(2026, 6, 1),
    valid_until=date(2026, 8, 31),
)


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date(2026, 5, 31), Level.GREEN),
        (date(2026, 6, 1), Level.RED),
        (date(2026, 8, 31), Level.RED),
        (date(2026, 9, 1), Level.GREEN),
    ],
)
def test_a_rule_counts_on_its_days(day: date, level: Level) -> None:
    found = Editions(language.ruleset([SUMMER])).classify({}, YES, on=day)

    assert found.level is level
    assert found.possible == (level, level)
    assert found.engines_agree


def test_a_rule_out_of_force_asks_for_nothing() -> None:
    found = Editions(language.ruleset([SUMMER])).classify({}, {}, on=date(2026, 12, 24))

    assert found.ask_next == ()
    assert found.possible == (Level.GREEN, Level.GREEN)

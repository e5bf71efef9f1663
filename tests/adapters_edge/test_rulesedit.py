"""A value is changed where it stands, and nothing else in the file moves."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from adapters.rulesedit import NotThere, Value, rewrite
from adapters.rulesfile import parse
from tests.rules import shipped

TEXT = (shipped.ROOT / "rules.yaml").read_text("utf-8")
MANY = ("parameters", "manga", "value")


def test_a_number_is_another_and_every_other_line_is_the_same() -> None:
    changed = rewrite(TEXT, {MANY: 6})

    pairs = zip(TEXT.splitlines(), changed.splitlines(), strict=True)
    ((before, after),) = [pair for pair in pairs if pair[0] != pair[1]]
    assert before.replace("value: 7", "value: 6") == after
    assert parse(changed).ruleset.words.parameters["manga"] == 6


def test_several_values_change_at_once_wherever_they_stand() -> None:
    changed = rewrite(TEXT, {("version",): "2027.1", MANY: 45, ("rules", 0, "because"): "Så: nu"})

    file = parse(changed)
    assert file.version.startswith("2027.1-")
    assert file.ruleset.words.parameters["manga"] == 45
    assert file.ruleset.rules[0].because == "Så: nu"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_any_text_is_read_back_as_it_was_written(text: str) -> None:
    small = "a: {b: [1, 'två'], c: x} # anmärkning\nd: |\n  text\n"

    changed = rewrite(small, {("a", "b", 1): text, ("d",): text})

    assert yaml.safe_load(changed) == {"a": {"b": [1, text], "c": "x"}, "d": text}
    assert "# anmärkning" in changed


@pytest.mark.parametrize("old", ["[{a: ja}, {b: nej}]", "\n  - {a: ja}\n  - b: nej\n    c: ja"])
def test_the_rows_of_a_list_are_others_whether_they_stand_on_one_line_or_on_several(
    old: str,
) -> None:
    small = f"fires: {old}\nsilent: [] # inga\n"
    rows: list[dict[str, object]] = [
        {"a": "ja", "alder": 3},
        {"b": {"value": "nej", "source": "barnet"}},
    ]

    values: dict[tuple[str | int, ...], Value] = {("fires",): rows, ("silent",): [{"c": True}]}
    changed = rewrite(small, values)

    assert yaml.safe_load(changed) == {"fires": rows, "silent": [{"c": True}]}
    assert changed.endswith(" # inga\n")


@pytest.mark.parametrize(
    "path", [("parameters", "okand", "value"), ("parameters",), ("rules", 999, "because"), ("x", 1)]
)
def test_a_place_that_is_not_there_is_said(path: tuple[str | int, ...]) -> None:
    with pytest.raises(NotThere):
        rewrite(TEXT, {path: 1})

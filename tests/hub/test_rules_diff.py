"""`hub rules diff` on the command line: what it says, in text and in JSON, and how it ends."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from adapters.rulesfile import load
from hub.rules_commands.diff import add_diff
from hub.rules_commands.files import rules_app
from tests.rules import shipped

APP = add_diff(rules_app(load, today=lambda: date(2026, 11, 21)), load)
RULES = (shipped.ROOT / "rules.yaml").read_text("utf-8")
SHIPPED = str(shipped.ROOT / "rules.yaml")
LOWER = ("litet barn, value: 7,", "litet barn, value: 6,")
HIGHER = ("litet barn, value: 7,", "litet barn, value: 8,")
REASON = ("because: Barnet är i omedelbar fara.", "because: Barnet är i fara nu.")
LONGER = ("length: 4 månader", "length: 5 månader")
DATED = (
    "litet_barn: {name: litet barn, value: 7, because: ",
    """litet_barn:
    values:
      - {value: 7, because: Nu, valid_until: 2027-06-30}
      - {value: 6, because: Sedan, valid_from: 2027-07-01}
  ett_till: {value: 2, because: """,
)


def edited(folder: Path, *edits: tuple[str, str]) -> str:
    text = RULES
    for before, after in edits:
        assert text.count(before) == 1
        text = text.replace(before, after)
    path = folder / "ny.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, ["diff", *words])
    return result.exit_code, result.stdout, result.stderr


def answer(*words: str) -> tuple[int, dict[str, Any]]:
    code, text, _ = run(*words, "--json")
    return code, json.loads(text)


def test_a_file_is_equal_to_itself() -> None:
    code, text, _ = run(SHIPPED, SHIPPED)

    assert code == 0
    assert "Lika: varje tänkbar anmälan får samma nivå" in text
    assert answer(SHIPPED, SHIPPED)[1] | {"old": "", "new": ""} == {
        "verdict": "equal",
        "alike": True,
        "old": "",
        "new": "",
        "witness": None,
        "levels": [],
        "rules": [],
        "fields": [],
        "lowering": [],
        "undecided": [],
    }


@pytest.mark.parametrize(
    ("edits", "code", "verdict", "moves"),
    [
        ([LOWER], 1, "laxer", {("röd", "orange"), ("orange", "grön")}),
        ([HIGHER], 1, "stricter", {("orange", "röd"), ("grön", "orange")}),
        ([REASON], 0, "equal", set()),
        ([LONGER], 1, "equal", set()),
        ([DATED], 1, "laxer", {("röd", "orange"), ("orange", "grön")}),
    ],
)
def test_the_verdict_and_the_ending(
    tmp_path: Path, edits: list[Any], code: int, verdict: str, moves: set[Any]
) -> None:
    ended, found = answer(SHIPPED, edited(tmp_path, *edits))

    assert (ended, found["verdict"]) == (code, verdict)
    assert found["alike"] is (code == 0)
    assert {(it["from"], it["to"]) for it in found["levels"]} == moves


def test_a_witness_is_a_line_that_classify_answers_as_it_says(tmp_path: Path) -> None:
    other = edited(tmp_path, DATED)
    _, found = answer(SHIPPED, other)

    assert found["witness"] == found["levels"][0]["witnesses"][0]
    for witness in (it for move in found["levels"] for it in move["witnesses"]):
        assert witness["day"] == "2027-07-01"
        line = {"id": "1", "facts": witness["facts"], "answers": witness["answers"]}
        for file, side in ((SHIPPED, "old"), (other, "new")):
            said = CliRunner().invoke(
                APP, ["classify", file, "--on", witness["day"]], input=json.dumps(line)
            )
            assert json.loads(said.stdout)["level"] == witness[side]["level"]


def test_the_text_says_what_changes_with_an_example_and_what_to_tick(tmp_path: Path) -> None:
    _, text, _ = run(SHIPPED, edited(tmp_path, DATED, LONGER))

    assert "Mildare: ingen anmälan får högre nivå än förut, och någon får lägre." in text
    assert "röd → orange: sänks, till exempel" in text
    assert "Gäller från och med 2027-07-01:" in text
    assert "- Barnets ålder är 6 år." in text
    assert "Förut röd, regel: vald-mot-litet-barn. Nu orange, regel: vald-mot-barnet." in text
    assert "Regeln vald-mot-litet-barn ändras: den slår till i färre fall än förut" in text
    assert "[ ] Fristen ”Utredning”: längden ändras från 4 månader till 5 månader." in text


def test_the_text_names_no_time_when_nothing_is_dated(tmp_path: Path) -> None:
    _, text, _ = run(SHIPPED, edited(tmp_path, HIGHER))

    assert "orange → röd: höjs, till exempel" in text
    assert "Gäller" not in text
    assert "bockas" not in text


def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    bad = edited(tmp_path, ("    when: hotbild\n", "    when: hotbld\n"))
    missing = str(tmp_path / "ingen.yaml")

    for order in ((bad, missing), (missing, bad)):
        code, text, told = run(*order)
        assert (code, text) == (2, "")
        assert f"{bad} rad " in told
        assert 'regeln "aktuell-hotbild", fältet "when"' in told
        assert f"{missing}: Regelfilen finns inte" in told

    code, found = answer(SHIPPED, bad)
    assert code == 2
    (fault,) = found["faults"]
    assert fault["file"] == bad
    assert fault["line"] > 0

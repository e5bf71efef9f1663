"""`hub rules explain`: each line explained in sentences, or as JSON; a bad line in its place."""

import json
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from adapters.rulesfile import load
from hub.rules_commands.explain import add_explain
from tests.rules import shipped


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    return add_explain(made, load, today=lambda: date(2026, 11, 21))


def run(app: typer.Typer, *words: str, given: str | bytes = "") -> tuple[int, str]:
    result = CliRunner().invoke(app, ["explain", *words], input=given)
    return result.exit_code, result.stdout


def line(**concern: object) -> str:
    return json.dumps({"id": "a", "facts": {}, "answers": {}} | concern) + "\n"


def test_every_example_is_explained_under_its_id_with_a_heading_for_each_part(
    app: typer.Typer,
) -> None:
    path = shipped.ROOT / "examples" / "concerns.jsonl"

    code, text = run(app, "--input", str(path))

    assert code == 0
    for concern in shipped.examples():
        assert f"{concern['id']}\n======\n" in text
    assert text.count("\nFörslaget\n") == len(shipped.examples())


def test_as_json_the_parts_have_names_and_the_sentences_go_along(app: typer.Typer) -> None:
    given = line(
        facts={"alder": 7},
        answers={"vald_mot_barnet": {"value": "ja", "source": "skola"}},
    )

    code, text = run(app, "--json", given=given)

    found = json.loads(text)
    assert code == 0
    assert (found["id"], found["level"], found["possible"]) == ("a", "orange", ["orange", "röd"])
    assert found["why"][0]["support"] == {
        "answers": ["vald_mot_barnet"], "facts": [], "unknown": [], "unanswered": [],
    }  # fmt: skip
    red = found["why_not_higher"][0]
    assert red["level"] == "röd"
    assert [{"fact": "alder", "was": 7, "then": 6, "from": None, "to": 6}] in [
        way["changes"] for way in red["ways"]
    ]
    assert found["why_not_lower"]["changes"] == [
        {"indicator": "vald_mot_barnet", "was": "ja", "then": "nej"}
    ]
    assert found["text"][0]["part"] == "proposal"
    assert found["text"][0]["sentences"][0].startswith("Reglerna föreslår nivån orange")


def test_answers_that_raise_only_together_are_told_as_a_set(app: typer.Typer) -> None:
    alone = json.loads(run(app, "--json", given=line(facts={"alder": 14}))[1])["ask"]
    answers = {it["indicator"]: {"value": "nej", "source": "polis"} for it in alone}

    together = json.loads(run(app, "--json", given=line(facts={"alder": 14}, answers=answers))[1])

    assert together["ask_together"]
    assert all(len(it["answers"]) == 2 for it in together["ask_together"])


def test_a_bad_line_stands_in_its_place_and_the_others_are_explained(app: typer.Typer) -> None:
    given = b"{\n" + line(id="b").encode() + b"\n\xff\n" + line(id="c", facts={"kon": 1}).encode()

    code, text = run(app, given=given)
    code_json, lines = run(app, "--json", given=given)

    assert (code, code_json) == (2, 2)
    assert "Raden: raden är inte riktig JSON" in text
    assert "raden är inte UTF-8" in text
    assert 'c: "kon" får aldrig användas' in text
    assert "b\n=\n" in text
    assert [("error" in json.loads(it)) for it in lines.splitlines()] == [True, False, True, True]


def test_rules_and_lines_that_cannot_be_read_end_with_two(app: typer.Typer, tmp_path: Path) -> None:
    broken = tmp_path / "mina.yaml"
    broken.write_text("rules: []", "utf-8")

    assert run(app, str(broken))[0] == 2
    assert run(app, "--input", str(tmp_path / "borta.jsonl"))[0] == 2

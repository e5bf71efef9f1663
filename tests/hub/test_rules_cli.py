"""`hub rules` on the command line: what it prints, and how it ends."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.rulesfile import load
from hub.rules_commands.files import rules_app
from tests.rules import shipped

APP = rules_app(load, today=lambda: date(2026, 11, 21))
RULES = (shipped.ROOT / "rules.yaml").read_text("utf-8")
LINE = '{"id": "a", "facts": {}, "answers": {}}\n'


def run(*words: str, given: str | bytes = "") -> tuple[int, str]:
    result = CliRunner().invoke(APP, words, input=given)
    return result.exit_code, result.stdout


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "mina.yaml"
    path.write_text(RULES.replace("    when: hotbild\n", "    when: hotbld\n"), "utf-8")
    return path


def test_the_shipped_rules_are_sound_and_the_certificate_is_written(tmp_path: Path) -> None:
    code, text = run("check", "--certificate", str(tmp_path / "intyg.json"))

    written = (tmp_path / "intyg.json").read_text("utf-8")
    assert code == 0
    assert "är sund" in text
    assert written == (shipped.ROOT / "rules.certificate.json").read_text("utf-8")


def test_an_unsound_file_ends_with_one_and_names_each_fault(broken: Path) -> None:
    code, text = run("check", str(broken))

    assert code == 1
    assert 'regeln "aktuell-hotbild", fältet "when"' in text
    assert "1 fel." in text


def test_without_a_file_the_one_of_the_environment_is_meant(broken: Path) -> None:
    result = CliRunner().invoke(APP, ["check"], env={"HUB_RULES": str(broken)})

    assert result.exit_code == 1


def test_examples_that_do_not_hold_are_faults(tmp_path: Path) -> None:
    path = tmp_path / "mina.yaml"
    path.write_text(RULES.replace("fires: [{hotbild: ja}]", "fires: [{hotbild: nej}]"), "utf-8")

    code, text = run("check", str(path))

    assert code == 1
    assert "regeln är tyst men ska slå till" in text
    assert "mina.yaml rad " in text


@pytest.mark.parametrize("content", [b"rules: [", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_ends_with_two(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mina.yaml"
    if content is not None:
        path.write_bytes(content)

    assert run("check", str(path))[0] == 2
    assert run("check", str(path), "--json")[0] == 2
    assert run("classify", str(path), given=LINE) == (2, "")


def test_check_answers_in_json_when_asked(broken: Path) -> None:
    sound, unsound = run("check", "--json"), run("check", str(broken), "--json")

    assert json.loads(sound[1])["sound"] is True
    assert json.loads(sound[1])["version"] == shipped.file().version
    (fault,) = json.loads(unsound[1])["faults"]
    assert fault["line"] > 0
    assert fault["field"].endswith("when")


def test_classify_answers_each_line_of_a_file() -> None:
    code, text = run("classify", "--input", str(shipped.ROOT / "examples" / "concerns.jsonl"))

    assert code == 0
    assert [json.loads(line)["id"] for line in text.splitlines()] == [
        concern["id"] for concern in shipped.examples()
    ]


def test_classify_reads_standard_in_and_writes_swedish() -> None:
    code, text = run("classify", "--input", "-", "--json", given=LINE)

    assert code == 0
    assert '"possible": ["grön", "röd"]' in text


def test_a_bad_line_ends_with_two_and_the_others_are_answered() -> None:
    code, text = run("classify", given=b"\xff\n" + LINE.encode() + b'{"id": "b"}\n\n')

    found = [json.loads(line) for line in text.splitlines()]
    assert code == 2
    assert [it["id"] for it in found] == [None, "a", "b"]
    assert ["error" in it for it in found] == [True, False, True]


def test_an_input_that_is_not_there_ends_with_two() -> None:
    assert run("classify", "--input", "finns-inte.jsonl")[0] == 2


def test_a_certificate_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(APP, ["check", "--certificate", str(tmp_path)])

    assert result.exit_code == 2
    assert "går inte att skriva" in result.stderr


def test_a_rule_that_lowers_as_risk_grows_makes_the_file_unsound(tmp_path: Path) -> None:
    path = tmp_path / "mina.yaml"
    wanted = "    when: hotbild\n"
    lowering = "    when: {all: [hotbild, {not: oppen_drogscen}]}\n"
    path.write_text(RULES.replace(wanted, lowering), "utf-8")

    code, text = run("check", str(path))

    assert code == 1
    assert 'regeln "aktuell-hotbild", fältet "when": mer risk sänker nivån: oppen_drogscen' in text
    assert "till exempel {hotbild: ja, oppen_drogscen: nej}" in text

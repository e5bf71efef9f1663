"""`hub rules replay` and `hub rules columns` on the command line: what they print, how they end."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from adapters.calendar import rest_day
from adapters.columns import conditions, files
from adapters.columns.past import ColumnConcerns
from adapters.rulesfile import load
from hub.rules_commands.files import rules_app
from hub.rules_commands.replay import Replays, add_replay
from rules.language.vocabulary import Vocabulary
from tests.rules import shipped
from workflows.concern_line import Concern
from workflows.past_concerns import PastConcerns

RULES = shipped.ROOT / "rules.yaml"
EXAMPLES = shipped.ROOT / "examples" / "concerns.jsonl"
TODAY = date(2026, 3, 2)


def own(words: Vocabulary) -> PastConcerns:
    """What the hub itself remembers: one case."""
    told = shipped.examples()[0]
    return ColumnConcerns.of([Concern("2026-0001", told["facts"], shipped.answers_of(told))], words)


REPLAYS = Replays(
    load=load,
    read=files.load,
    read_lines=files.load_lines,
    convert=files.convert,
    history=own,
    day=lambda: TODAY,
    rests=rest_day,
)


def run(*words: object, given: bytes = b"", replays: Replays = REPLAYS) -> Result:
    app: Typer = add_replay(rules_app(load, today=lambda: TODAY), replays)
    return CliRunner().invoke(app, [str(word) for word in words], input=given)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The shipped rules, with violence against a child under ten as röd and a shorter orange."""
    text = RULES.read_text("utf-8")
    changed = (
        text.replace("litet barn, value: 7", "litet barn, value: 10")
        .replace("handle_within: 12 h", "handle_within: 8 h")
        .replace("orange: 12 h, grön", "orange: 8 h, grön")
    )
    path = tmp_path / "nya.yaml"
    path.write_text(changed, "utf-8")
    return path


def test_the_same_rules_change_nothing() -> None:
    found = run("replay", RULES, RULES, "--input", EXAMPLES)

    assert found.exit_code == 0
    assert "ingen får en annan nivå" in found.stdout
    assert "Anmälningar med annan nivå" not in found.stdout


def test_each_concern_that_changes_is_a_line_with_level_rule_and_deadline(newer: Path) -> None:
    found = run("replay", RULES, newer, "--input", EXAMPLES)

    lines = [line.strip() for line in found.stdout.splitlines()]
    assert found.exit_code == 0
    assert (
        "ex-034: orange → röd (höjs);"
        " regel vald-mot-barnet, bevittnat-vald → vald-mot-litet-barn;"
        " frist 2026-02-17 kl. 20.20 → 2026-02-17 kl. 12.20 (kortare)"
    ) in lines
    assert any(line.startswith("orange: 12 h → 8 h, för ") for line in lines)
    assert any(line.startswith("vald-mot-litet-barn: ") for line in lines)
    assert any(line.split()[:2] == ["efter", "röd"] for line in lines)


def test_the_same_is_told_to_programs(newer: Path) -> None:
    found = json.loads(run("replay", RULES, newer, "--input", EXAMPLES, "--json").stdout)

    change = next(it for it in found["changes"] if it["id"] == "ex-034")
    assert (change["before"], change["after"], change["direction"]) == ("orange", "röd", "raised")
    assert change["rules_after"] == ["vald-mot-litet-barn"]
    assert change["deadline_after"] == "2026-02-17T11:20:00+00:00"
    assert sum(flow["count"] for flow in found["flows"]) == found["concerns"]
    assert len(found["changes"]) == found["changed"] == found["raised"] + found["lowered"]
    assert (found["left_out"], found["bad_lines"]) == (0, [])


def test_a_bad_line_ends_with_two_and_the_others_are_replayed() -> None:
    given = b"fel\n" + EXAMPLES.read_bytes()

    found = run("replay", RULES, RULES, "--input", "-", given=given)
    plain = json.loads(run("replay", RULES, RULES, "--input", "-", "--json", given=given).stdout)

    assert found.exit_code == 2
    assert f"{len(shipped.examples())} anmälningar" in found.stdout
    assert "rad 1: raden är inte riktig JSON" in found.stderr
    assert plain["left_out"] == 1
    assert plain["bad_lines"][0]["line"] == 1


def test_parquet_gives_the_same_answer_as_the_lines_it_was_made_of(
    tmp_path: Path, newer: Path
) -> None:
    target = tmp_path / "ut.parquet"

    written = run("columns", EXAMPLES, target, "--rules", RULES, "--rules", newer)

    assert (written.exit_code, written.stdout.split()[0]) == (0, str(len(shipped.examples())))
    lines, columns = (
        run("replay", RULES, newer, "--input", path, "--json").stdout for path in (EXAMPLES, target)
    )
    assert lines == columns


def test_a_bad_line_is_not_written_and_ends_with_two(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "ut.parquet"
    source.write_bytes(b'{"id": "a", "facts": {}, "answers": {}}\n{}\n')

    found = run("columns", source, target)

    assert (found.exit_code, "in.jsonl rad 2" in found.stderr) == (2, True)
    assert len(files.load(target, shipped.file().ruleset.words).concerns) == 1


def test_without_a_file_the_hubs_own_cases_are_replayed(newer: Path) -> None:
    found = run("replay", RULES, newer)

    assert found.exit_code == 0
    assert "1 anmälan, " in found.stdout


def test_what_cannot_be_read_or_written_ends_with_two(tmp_path: Path) -> None:
    broken = tmp_path / "x.yaml"
    broken.write_text("rules: [", "utf-8")

    for words in (
        ("replay", RULES, broken, "--input", EXAMPLES),
        ("replay", RULES, RULES, "--input", "finns-inte.jsonl"),
        ("replay", RULES, RULES, "--input", tmp_path),
        ("columns", "finns-inte.jsonl", tmp_path / "ut.parquet"),
        ("columns", EXAMPLES, tmp_path / "saknas" / "ut.parquet"),
    ):
        found = run(*words)
        assert (found.exit_code, found.stdout) == (2, "")
        assert "går inte att" in found.stderr


def test_a_single_difference_from_the_second_engine_ends_with_two_and_no_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A compiler that reads "not certainly false" as "certainly true"."""
    certain = conditions.Compiler.certain
    monkeypatch.setattr(
        conditions.Compiler,
        "certain",
        lambda self, condition, holds=True: ~certain(self, condition, not holds),
    )

    found = run("replay", RULES, RULES, "--input", EXAMPLES)

    assert (found.exit_code, found.stdout) == (2, "")
    assert "oense om" in found.stderr
    assert "Inget resultat lämnas" in found.stderr

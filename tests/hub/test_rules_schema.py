"""The schema for editors: by command, and on a page."""

import json
from pathlib import Path

from typer.testing import CliRunner

from hub.cli import commands
from rules.language.schema import written
from tests.hub.web import Web, enter
from tests.people import BEA


def test_the_command_writes_the_schema(tmp_path: Path) -> None:
    shown = CliRunner().invoke(commands, ["rules", "schema"])
    path = tmp_path / "schema.json"
    kept = CliRunner().invoke(commands, ["rules", "schema", "--output", str(path)])

    assert (shown.exit_code, shown.stdout) == (0, written())
    assert (kept.exit_code, path.read_text("utf-8")) == (0, written())


def test_a_schema_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    told = CliRunner().invoke(commands, ["rules", "schema", "--output", str(tmp_path)])

    assert told.exit_code == 2
    assert "går inte att skriva" in told.stderr


def test_everybody_who_has_logged_in_may_fetch_it(web: Web) -> None:
    answer = enter(web, BEA).get("/rules/schema")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/schema+json")
    assert json.loads(answer.text)["properties"]["rules"]["description"].startswith("Reglerna.")

"""`hub simulate`: what it answers, writes and refuses."""

import json
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner

from hub.simulation.command import add_simulate
from hub.starting import CannotStart
from hub.wiring.simulation import simulations
from tests.hub.played import shipped

RUN = CliRunner()
SMALL = ("--days", "1", "--seed", "5")


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    return add_simulate(made, simulations())


@pytest.fixture
def quiet(tmp_path: Path) -> str:
    """A municipality where little comes in, and nothing is down."""
    values = shipped().model_dump(mode="json")
    values["arrivals"]["per_week"] = 21
    values["outages"] = []
    values["search"] |= {"days": 1, "seeds": 1, "proof_seeds": 3, "most": 2}
    path = tmp_path / "liten.yaml"
    path.write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
    return str(path)


def test_the_tables_say_that_the_numbers_are_invented(app: typer.Typer, quiet: str) -> None:
    done = RUN.invoke(app, ["simulate", *SMALL, "--profile", quiet])

    assert done.exit_code == 0, done.output
    assert "TIDER FRÅN DET ATT ANMÄLAN KOM IN" in done.output
    assert "LÖFTET" in done.output
    assert "påhittad profil" in done.output


def test_everything_is_written_and_the_report_needs_nothing_else(
    app: typer.Typer, quiet: str, tmp_path: Path
) -> None:
    page, charts = tmp_path / "ut" / "svar.html", tmp_path / "diagram"
    where = ("--report", str(page), "--charts", str(charts))
    done = RUN.invoke(app, ["simulate", *SMALL, "--profile", quiet, "--json", *where])
    told = json.loads(done.output)
    text = page.read_text("utf-8")

    assert done.exit_code == 0
    assert told["invented"] is True
    assert told["promise"]["holds"] is True
    assert {it.name for it in charts.iterdir()} == {
        "tider-efter-timme.svg",
        "brott-per-vecka.svg",
        "belastning.svg",
    }
    assert text.count("<svg") == 3
    assert "<script" not in text
    assert "src=" not in text
    assert "href=" not in text.replace("xlink:href=", "")


def test_a_goal_gives_a_staffing_with_its_interval(app: typer.Typer, quiet: str) -> None:
    done = RUN.invoke(app, ["simulate", *SMALL, "--profile", quiet, "--goal", "10", "--json"])
    (found,) = json.loads(done.output)["staffing"]
    low, high = found["interval"]

    assert found["goal"] == 0.1
    assert 0 <= low <= found["share"] <= high <= 1
    assert len(found["blocks"]) == len(shipped().staffing)


@pytest.mark.parametrize(
    ("text", "said"),
    [("name: [", "riktig YAML"), ("name: x", "saknas"), ("\xff", "saknas|profilen|värde")],
)
def test_a_profile_that_cannot_be_used_is_told_before_anything_is_played(
    app: typer.Typer, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "fel.yaml"
    path.write_text(text, "utf-8")
    done = RUN.invoke(app, ["simulate", "--profile", str(path)])

    assert isinstance(done.exception, CannotStart)
    assert any(word in " ".join(done.exception.sentences) for word in said.split("|"))


def test_a_file_that_is_not_there_is_told_by_its_class(app: typer.Typer, tmp_path: Path) -> None:
    done = RUN.invoke(app, ["simulate", "--profile", str(tmp_path / "ingen.yaml")])

    assert isinstance(done.exception, CannotStart)
    assert "FileNotFoundError" in done.exception.sentences[0]

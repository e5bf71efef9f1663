"""`hub rules document` and `hub rules dmn`: the files they write, and how they end."""

from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from adapters.dmn.document import dmn
from adapters.document import rules_pdf
from adapters.rulesfile import load
from hub.rules_commands.exports import Exports, add_exports
from hub.rules_commands.files import rules_app
from hub.standalone import rules_html
from rules.language.ruleset import RuleSet
from tests.rules import shipped
from workflows.interchange import NOT_EXPRESSED, Inexpressible
from workflows.rules_document import rules_document

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
FILE = shipped.file()


def app(write: object = dmn) -> typer.Typer:
    made = rules_app(load, today=lambda: date(2026, 3, 10))
    return add_exports(made, Exports(load=load, clock=lambda: NOW, pdf=rules_pdf, dmn=write))  # type: ignore[arg-type]


def run(*words: str, given: typer.Typer | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(given or app(), words)
    return result.exit_code, result.output


def test_the_rules_become_a_pdf_or_an_html_file(tmp_path: Path) -> None:
    for name, begins in (("r.pdf", b"%PDF-"), ("r.html", b"<!doctype html>")):
        code, told = run("document", "--output", str(tmp_path / name))

        assert (code, told) == (0, f"{tmp_path / name} är skriven.\n")
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_file_of_another_kind_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    code, told = run("document", "--output", str(tmp_path / "r.txt"))

    assert code == 2
    assert ".pdf eller .html" in told
    assert not (tmp_path / "r.txt").exists()


def test_the_table_is_written_and_all_that_it_cannot_say_is_told(tmp_path: Path) -> None:
    code, told = run("dmn", "--output", str(tmp_path / "r.dmn"))

    assert code == 0
    assert (tmp_path / "r.dmn").read_bytes() == dmn(FILE.ruleset)
    assert all(f"- {name}: {why}\n" in told for name, why in NOT_EXPRESSED.items())


def test_the_table_is_of_the_day_that_is_asked_for(tmp_path: Path) -> None:
    given = tmp_path / "mina.yaml"
    text = (shipped.ROOT / "rules.yaml").read_text("utf-8")
    dated = "    when: hotbild\n    valid_from: 2026-06-01\n"
    given.write_text(text.replace("    when: hotbild\n", dated), "utf-8")

    for day, stands in (("2026-05-31", False), ("2026-06-01", True)):
        out = tmp_path / f"{day}.dmn"
        assert run("dmn", str(given), "--output", str(out), "--on", day)[0] == 0
        assert (b"regel.aktuell-hotbild." in out.read_bytes()) is stands


@pytest.mark.parametrize("command", ["document", "dmn"])
def test_rules_that_cannot_be_used_leave_the_file_that_was_there(
    command: str, tmp_path: Path
) -> None:
    broken, out = tmp_path / "trasig.yaml", tmp_path / "r.pdf"
    broken.write_text("rules: [", "utf-8")
    out.write_text("kvar", "utf-8")

    code, told = run(command, str(broken), "--output", str(out))

    assert code == 2
    assert "Reglerna går inte att använda" in told
    assert out.read_text("utf-8") == "kvar"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    code, told = run("document", "--output", str(tmp_path / "borta" / "r.pdf"))

    assert code == 2
    assert "går inte att skriva" in told


def test_a_rule_that_no_table_holds_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    def refuses(ruleset: RuleSet) -> bytes:
        raise Inexpressible(ruleset.rules[0].id)

    code, told = run("dmn", "--output", str(tmp_path / "r.dmn"), given=app(refuses))

    assert code == 1
    assert FILE.ruleset.rules[0].id in told
    assert not (tmp_path / "r.dmn").exists()


def test_the_html_file_needs_nothing_from_elsewhere() -> None:
    class Links(HTMLParser):
        found: tuple[str, ...] = ()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found += tuple(v or "" for name, v in attrs if name in ("href", "src"))

    page = rules_html(rules_document(FILE.ruleset, FILE.policy))
    links = Links()
    links.feed(page)

    assert links.found
    assert all(link.startswith("#") for link in links.found)
    assert all(f'id="{link[1:]}"' in page for link in links.found)
    assert "@import" not in page
    assert "url(" not in page

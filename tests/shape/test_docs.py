"""What the pages for readers promise is there."""

import re
from pathlib import Path

from tests.shape.source import ROOT, kept_files

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
COMMAND = re.compile(r"\bmake ([a-z]+)")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)
FRONT = ("README.md", "CONTRIBUTING.md")


def pages() -> list[Path]:
    return [file for file in kept_files() if file.suffix == ".md"]


def dead_links(page: Path, text: str) -> list[str]:
    links = [link for link in LINK.findall(text) if "://" not in link]
    return [link for link in links if not (page.parent / link).exists()]


def unknown_commands(text: str, makefile: str) -> set[str]:
    code = re.findall(r"`[^`]+`|^make .*$", text, re.MULTILINE)
    return set(COMMAND.findall("\n".join(code))) - set(TARGET.findall(makefile))


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = {page.name: dead_links(page, page.read_text("utf-8")) for page in pages()}

    assert {name: links for name, links in dead.items() if links} == {}


def test_every_make_command_that_is_told_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")

    for name in FRONT:
        assert unknown_commands((ROOT / name).read_text("utf-8"), makefile) == set()


def test_a_dead_link_and_an_unknown_command_would_be_seen() -> None:
    assert dead_links(ROOT / "README.md", "[x](docs/none.md)") == ["docs/none.md"]
    assert unknown_commands("`make coffee`", "test:\n") == {"coffee"}


def test_the_readme_fits_on_one_screen() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 70


def test_a_decision_has_context_choice_and_consequence() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert len(decisions) >= 3
    for page in decisions:
        text = page.read_text("utf-8")
        assert re.match(rf"# {page.name[:4]} ", text), page.name
        for heading in ("## Context", "## Choice", "## Consequence"):
            assert heading in text, f"{page.name}: {heading}"

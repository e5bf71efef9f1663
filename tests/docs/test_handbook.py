"""The handbook uses the words of the pages, and there is a page for everybody who does casework."""

import re
from pathlib import Path

import pytest

from hub.views.words import ROLES
from rules.people import Role
from tests.shape.source import ROOT

PAGES = sorted((ROOT / "docs" / "handbook").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
SHOWN = (".html", ".py")
# Whoever keeps the program running reads docs/operations.md.
ELSEWHERE = {Role.ADMINISTRATOR}


def words_of_the_pages() -> str:
    files = (file for file in sorted((ROOT / "hub").rglob("*")) if file.suffix in SHOWN)
    return " ".join(_plain(file.read_text("utf-8")) for file in files)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_is_in_bold_stands_on_a_page_of_the_hub(page: Path) -> None:
    shown = words_of_the_pages().lower()
    bold = {_plain(words).rstrip(".") for words in BOLD.findall(page.read_text("utf-8"))}

    assert {words for words in bold if words.lower() not in shown} - {"fetstil"} == set()


def test_words_that_no_page_has_would_be_seen() -> None:
    assert "Registrera anmälan" in words_of_the_pages()
    assert "Skicka in blanketten" not in words_of_the_pages()


def test_there_is_a_page_for_every_role() -> None:
    front = (ROOT / "docs" / "handbook" / "README.md").read_text("utf-8")

    for role in set(Role) - ELSEWHERE:
        assert ROLES[role] in front


def test_every_page_is_found_from_the_front() -> None:
    front = (ROOT / "docs" / "handbook" / "README.md").read_text("utf-8")

    for page in PAGES:
        assert page.name == "README.md" or f"({page.name})" in front

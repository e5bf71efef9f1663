"""What the pages say of the code is so."""

import re
from pathlib import Path

import pytest

from hub.chores import Chores
from rules.errors import ChangedMeanwhile
from tests.docs.reading import CODED
from tests.shape.source import FLOORS, ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PLACE = re.compile(
    rf"(?:{'|'.join((*FLOORS, 'tests', 'docs', 'bench', 'scripts', 'examples'))})/[\w./-]*"
)
# Made when it is used, and kept out of the tree.
MADE = {"bench/results.json"}


def missing(text: str) -> list[str]:
    """The places that a page names in code and that are not there."""
    named = [name for name in CODED.findall(text) if PLACE.fullmatch(name)]
    return [name for name in named if name not in MADE and not (ROOT / name).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_place_that_a_page_names_is_there(page: Path) -> None:
    assert missing(page.read_text("utf-8")) == []


def test_a_place_that_is_gone_would_be_seen() -> None:
    assert missing("`rules/fold.py` och `rules/magic.py`") == ["rules/magic.py"]


def test_the_chores_that_are_told_of_are_those_that_are_done() -> None:
    wiring = (ROOT / "hub" / "wiring" / "worker.py").read_text("utf-8")
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")

    chores = re.findall(r'Chore\("(\w+)", \w+, chores\.(\w+)\)', wiring)

    assert chores
    for name, method in chores:
        assert f"| `{name}` |" in page
        assert hasattr(Chores, method)


def test_the_refusal_that_is_told_of_exists() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")

    assert f"`{ChangedMeanwhile.__name__}`" in page

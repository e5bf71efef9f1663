"""A command that a page tells somebody to type is one that the program takes."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from hub import cli
from tests.docs.reading import CODED, commands
from tests.shape.source import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
FENCED = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"^(?:\.venv/bin/)?(hub|make)(?= |$)(.*)$")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)


def typed(text: str) -> list[tuple[str, list[str]]]:
    """Each line that begins with hub or make, in code: the program and its words."""
    lines = [*CODED.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))]
    lines += [line for block in FENCED.findall(text) for line in block.splitlines()]
    found = (TYPED.match(line.partition(" #")[0].strip()) for line in lines)
    return [(match[1], match[2].split()) for match in found if match]


def faults(text: str) -> list[str]:
    """What a page tells of that does not exist."""
    targets = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    known = dict(commands(get_command(cli.commands), "hub"))
    found = []
    for program, words in typed(text):
        if program == "make":
            names = [word for word in words if "=" not in word]
            found += [f"make {name}" for name in names if name not in targets]
        else:
            found += _hub_faults(words, known)
    return found


def _hub_faults(words: list[str], known: dict[str, frozenset[str]]) -> list[str]:
    path = next(
        (p for n in (2, 1) if (p := " ".join(["hub", *words[:n]])) in known and len(words) >= n),
        None,
    )
    if path is None:
        return [" ".join(["hub", *words])] if words else []
    return [f"{path} {w}" for w in words if w.startswith("-") and w != "-" and w not in known[path]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_on_the_page_exists(page: Path) -> None:
    assert faults(page.read_text("utf-8")) == []


def test_a_command_and_an_option_that_do_not_exist_would_be_seen() -> None:
    assert faults("`hub fly`") == ["hub fly"]
    assert faults("`make coffee`") == ["make coffee"]
    assert faults("`hub serve --loud`") == ["hub serve --loud"]
    assert faults("`hub serve --no-worker`, `make run PORT=1`") == []

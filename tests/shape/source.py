"""The project's own files, as the shape tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("rules", "workflows", "adapters", "hub")
CODE = (*FLOORS, "tests", "bench", "scripts")


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: where it is, counted from the root, and what it says."""

    path: str
    text: str
    tree: ast.Module

    @property
    def floor(self) -> str:
        return self.path.split("/", maxsplit=1)[0]


def parse(path: str, text: str) -> Source:
    return Source(path, text, ast.parse(text))


def sources() -> Iterator[Source]:
    for folder in CODE:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield parse(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))


def templates() -> Iterator[tuple[str, str]]:
    folder = ROOT / "hub" / "templates"
    for file in sorted(folder.rglob("*.*")):
        yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def kept_files() -> Iterator[Path]:
    """What is or would be committed: tracked files and new ones that are not ignored."""
    listing = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in sorted(set(listing.stdout.split("\0")) - {""}):
        if (ROOT / name).is_file():
            yield ROOT / name

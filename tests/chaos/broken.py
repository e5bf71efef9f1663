"""Builds of the program with one guard taken out, and the test that has to notice it."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.running import surroundings
from tests.shape.source import CODE, ROOT


@dataclass(frozen=True, slots=True)
class Broken:
    """One guard: where it stands, what stands there instead, and the test that must fail."""

    guard: str
    file: str
    right: str
    wrong: str
    test: str


BUILDS: Sequence[Broken] = (
    Broken(
        "no catch-up at start",
        "hub/chores.py",
        "    def catch_up(self) -> None:\n",
        "    def catch_up(self) -> None:\n        return\n",
        "tests/hub/test_chores.py",
    ),
    Broken(
        "a claim without a lock",
        "adapters/watch.py",
        "    .with_for_update(of=cases, skip_locked=True)\n",
        "",
        "tests/adapters/test_watch.py",
    ),
    Broken(
        "a letter that is claimed by all",
        "adapters/outbox.py",
        "            .with_for_update(skip_locked=True)\n",
        "",
        "tests/adapters/test_races.py",
    ),
    Broken(
        "delivery before the commit",
        "workflows/delivering.py",
        "                _send(line, one)\n",
        "                self._sent(one)\n                _send(line, one)\n",
        "tests/workflows/test_delivering.py",
    ),
    Broken(
        "a state without a clock",
        "rules/language/promises.py",
        "    yield from unstartable or state_faults(policy)\n",
        "    yield from unstartable\n",
        "tests/rules_case/test_states.py",
    ),
    Broken(
        "an append that overwrites",
        "adapters/journal.py",
        "            raise ChangedMeanwhile\n",
        "            pass\n",
        "tests/adapters/test_journal.py",
    ),
    Broken(
        "a version that the database is not for",
        "adapters/work.py",
        "            require_fitting(self._connection, self._known)\n",
        "            pass\n",
        "tests/adapters/test_fitting.py",
    ),
)


def caught(build: Broken, folder: Path) -> subprocess.CompletedProcess[str]:
    """The guarding tests run on a copy of everything, with the guard taken out."""
    for part in CODE:
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, folder / part, ignore=skipped)
    for name in ("pyproject.toml", "rules.yaml"):
        shutil.copy(ROOT / name, folder)
    file = folder / build.file
    text = file.read_text("utf-8")
    assert text.count(build.right) == 1, f"{build.file} no longer has the guard as it was"
    file.write_text(text.replace(build.right, build.wrong), "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", build.test],
        check=False,
        cwd=folder,
        env=surroundings(folder, {}),
        capture_output=True,
        text=True,
        timeout=170,
    )

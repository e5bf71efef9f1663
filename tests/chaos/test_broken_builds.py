"""Take out a guard on purpose, and a test notices: the guards are held by more than good will."""

from pathlib import Path

import pytest

from tests.chaos.broken import BUILDS, Broken, caught


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: build.guard.replace(" ", "-"))
def test_a_build_without_a_guard_is_caught_by_its_test(build: Broken, tmp_path: Path) -> None:
    done = caught(build, tmp_path / "broken")

    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
    assert "FAILED" in done.stdout
    assert "1 failed" in done.stdout

"""The browser itself: a machine without it says what to do, and nothing is skipped."""

from pathlib import Path

import pytest

from scripts.chromium import NoChromium, executable
from scripts.running import ROOT


def test_a_machine_without_chromium_is_told_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoChromium, match="scripts/install-chromium"):
        executable()


def test_what_it_is_told_to_run_is_there_and_ci_runs_it() -> None:
    script = ROOT / "scripts" / "install-chromium"

    assert script.stat().st_mode & 0o100
    assert "scripts/install-chromium" in (ROOT / ".ci" / "run").read_text("utf-8")

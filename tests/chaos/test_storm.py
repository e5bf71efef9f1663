"""A short storm: processes die at random commits, and afterwards everything is audited."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.shape.source import ROOT

CRASHES = 200


@pytest.mark.timeout(300)
def test_after_a_storm_nothing_is_lost_nothing_is_twice_and_nothing_is_left_out() -> None:
    """The same seed each time, and never quite the same storm: two work at once.

    PostgreSQL restarts and loses connections meanwhile, and the mail server has its moods.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", str(CRASHES)],
        cwd=Path(ROOT),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    figures = dict(line.split() for line in done.stdout.splitlines() if len(line.split()) == 2)
    assert int(figures["crashes"]) == CRASHES
    assert int(figures["cases"]) > 0
    assert int(figures["breaches"]) > 0
    assert int(figures["restarts"]) > 0
    assert int(figures["cut"]) > 0
    assert figures["lost"] == figures["double"] == "0"

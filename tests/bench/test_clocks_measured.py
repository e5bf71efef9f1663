"""The sweep is measured beside the others on the same server; no speed is asserted here."""

import json
from pathlib import Path

import pytest

from bench import clocks
from bench.__main__ import Size, main

TINY = clocks.Size(
    due=12,
    rounds=1,
    late=6,
    waiting=20,
    crowd=(10, 40),
    crowd_due=2,
    crowd_rounds=2,
    at_once=20,
    processes=(1,),
    concurrency=(2,),
    live=20,
    passed=3,
)


# A dozen processes that each read the rules, one contender after the other.
@pytest.mark.timeout(400)
def test_every_contender_handles_what_is_due_and_the_hub_is_held_against_each_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.json"

    main(Size(of_clocks=TINY), results, only=["clocks"])

    printed = capsys.readouterr().out
    for words in (
        "procrastinate, 1 × 2 samtidigt",
        "APScheduler, 10 trådar: rad i två tabeller",
        "APScheduler, 10 trådar: hubbens hela verkan",
        "hubben, 1 process",
        "väntande frister",
        "precis en gång",
    ):
        assert words in printed
    kept = json.loads(results.read_text("utf-8"))
    assert all(line["per_second"] > 0 for line in kept["due_clocks"])
    assert [line["waiting"] for line in kept["crowded_sweeps"]] == [10, 40]
    assert kept["caught_up_seconds"] > 0
    assert len(kept["targets"]) == 6

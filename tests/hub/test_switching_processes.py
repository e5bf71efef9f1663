"""Processes that share a database and nothing else switch at the same instant, whole."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from adapters.clock import now
from adapters.rulesfile import parse, read
from adapters.work import postgres_work
from rules.versions import Approval, RuleVersion
from tests.people import RUT, VIVI

ROOT = Path(__file__).parents[2]
# The same rules, but nothing is red: the level tells by which version it was given.
MILDER = read().replace("level: röd", "level: orange")
SOON = timedelta(seconds=8)


def approve(engine: Engine) -> Approval:
    """Past the workflow, which would have it wait for a minute."""
    with postgres_work(engine)() as work:
        version, at = parse(MILDER).version, now()
        work.rules.keep(RuleVersion(version=version, text=MILDER, author=RUT.id, proposed_at=at))
        approval = work.rules.approve(
            Approval(
                version=version,
                author=RUT.id,
                approver=VIVI.id,
                approved_at=at,
                effective_at=at + SOON,
            )
        )
        work.commit()
    return approval


@pytest.mark.timeout(180)
def test_two_processes_switch_at_the_same_instant_and_no_answer_is_mixed(
    postgres_engine: Engine,
) -> None:
    url = postgres_engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.hub.switcher", url]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    started = [one.stdout.readline() for one in both if one.stdout]
    approval = approve(postgres_engine)
    answers = [one.communicate()[0].splitlines() for one in both]

    assert [one.returncode for one in both] == [0, 0]
    for first, rest in zip(started, answers, strict=True):
        lines = [json.loads(line) for line in (first, *rest)]
        assert {line[2] for line in lines} == {lines[0][2], approval.version}
        for before, after, handed, said, level in lines:
            new = handed == approval.version
            assert said == handed
            assert level == ("orange" if new else "röd")
            assert new or datetime.fromisoformat(before) < approval.effective_at
            assert not new or datetime.fromisoformat(after) >= approval.effective_at

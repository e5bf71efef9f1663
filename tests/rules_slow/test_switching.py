"""A thousand switches of version: under load none is mixed, and afterwards memory is as before."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from rules.classification import Classification
from rules.level import Level
from rules.versions import Approval, RuleVersion
from tests.hub.shelf import TEXT, Bench
from tests.people import RED, RUT, VIVI

ROOT = Path(__file__).parents[2]
SWITCHES = 40


@dataclass
class Turning:
    """Two versions that take turns, a minute each; each names itself in its reasons."""

    bench: Bench = field(default_factory=Bench)

    def __post_init__(self) -> None:
        self.shelf = self.bench.shelf()
        self.texts = [signed("jämn"), signed("udda")]
        self.names = [self.bench.make(text).version for text in self.texts]
        with self.bench.uow() as work:
            for name, text in zip(self.names, self.texts, strict=True):
                at = self.bench.clock.now
                work.rules.keep(RuleVersion(version=name, text=text, author=RUT.id, proposed_at=at))
            work.commit()

    def turn(self, number: int) -> None:
        """Approve the one whose turn it is, and let the minute pass."""
        with self.bench.uow() as work:
            work.rules.approve(
                Approval(
                    version=self.names[number % 2],
                    author=RUT.id,
                    approver=VIVI.id,
                    approved_at=self.bench.clock.now,
                    effective_at=self.bench.clock.now + timedelta(minutes=1),
                )
            )
            work.commit()
        self.bench.clock.forward(seconds=30)
        self.shelf.current()
        self.bench.clock.forward(seconds=30)

    def whole(self, said: Classification) -> bool:
        """Whether version and reasons are of one and the same version."""
        word = ("jämn", "udda")[self.names.index(said.rules_version)]
        return bool(said.findings) and all(it.because.endswith(word) for it in said.findings)


def signed(word: str) -> str:
    """The shipped rules with the word last in every reason."""
    return re.sub(r"^( +because: [^\"{].*)$", rf"\1 {word}", TEXT, flags=re.MULTILINE)


def test_under_load_every_classification_is_wholly_by_one_version() -> None:
    turning = Turning()
    turning.turn(0)
    done = Event()

    def load(_: int) -> list[Classification]:
        found = []
        while not done.is_set():
            rules = turning.shelf.current()
            said = rules.classify({"alder": 9}, RED)
            assert said.rules_version == rules.version
            found.append(said)
        return found

    with ThreadPoolExecutor(4) as pool:
        loads = [pool.submit(load, number) for number in range(4)]
        for number in range(1, SWITCHES):
            turning.turn(number)
            before = len(turning.bench.told)
            while len(turning.bench.told) < before + 8:
                Event().wait(0.001)
        done.set()
        said = [one for each in loads for one in each.result()]

    assert {one.rules_version for one in said} == set(turning.names)
    assert [one for one in said if not turning.whole(one)] == []
    assert [one for one in said if one.incident] == []
    assert {one.level for one in said} == {Level.RED}


@pytest.mark.timeout(120)
def test_memory_is_flat_over_a_thousand_switches() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.switching", "1000", "compiled"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    first, *_, middle, last = json.loads(done.stdout)
    assert last - first < 4_000
    assert last - middle < 1_000

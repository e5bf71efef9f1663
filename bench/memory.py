"""Memory after many classifications, in a process of its own: `python -m bench.memory COUNT`."""

import gc
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from adapters.rulesfile import load
from bench.concerns import Concern, concerns
from bench.table import number
from bench.target import Target
from rules.engines.engine import Engine

STATUS = Path("/proc/self/status")
PARTS = 4
WARM_UP = 2_000


@dataclass(frozen=True, slots=True)
class Growth:
    """Resident memory in kilobytes: after the warm-up, and after each quarter of the run."""

    count: int
    resident: tuple[int, ...]

    @property
    def whole(self) -> int:
        return self.resident[-1] - self.resident[0]

    @property
    def last_half(self) -> int:
        """What a leak would show; the first half also fills what Python keeps for later."""
        return self.resident[-1] - self.resident[len(self.resident) // 2]

    @property
    def target(self) -> Target:
        """Under one megabyte, however many the classifications."""
        return Target(
            f"minne, tillväxt över {number(self.count)} klassningar", 1024, self.whole, "kB"
        )


def growth(count: int) -> Growth | None:
    """Measured in a fresh process; None where the system does not tell."""
    if not STATUS.exists():
        return None
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory", str(count)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    return Growth(count, tuple(json.loads(done.stdout)))


def resident() -> int:
    """Kilobytes of this process that are in memory now."""
    gc.collect()
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1])


def _measure(count: int) -> list[int]:
    ruleset = load().ruleset
    engine, cases = Engine(ruleset), concerns(ruleset, variants=4)
    _classify(engine, cases, WARM_UP)
    found = [resident()]
    for _ in range(PARTS):
        _classify(engine, cases, count // PARTS)
        found.append(resident())
    return found


def _classify(engine: Engine, cases: Sequence[Concern], count: int) -> None:
    for index in range(count):
        concern = cases[index % len(cases)]
        engine.classify(concern.facts, concern.answers)


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))

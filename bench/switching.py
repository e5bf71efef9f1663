"""Memory after many switches of version: `python -m bench.switching COUNT [compiled]`.

Two versions take turns, each read and compiled anew every time, as new ones would be; with
`compiled` only compiled anew, which is quicker.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NoReturn

import structlog

from adapters.rulesfile import parse, read
from bench.memory import PARTS, STATUS, resident
from bench.table import number
from bench.target import Target
from hub.rule_shelf import RuleFile, RuleShelf
from hub.rulebook import RulesInForce
from rules.answer import Answer, Value
from rules.engines.rulebook import live
from rules.language.ruleset import RulesFile
from rules.versions import Approval

WARM_UP = 40
TURN = timedelta(minutes=1)
START = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
ANSWERS = {"pagaende_fara": Answer(Value.YES, "skola")}


@dataclass(frozen=True, slots=True)
class Switched:
    """Resident memory in kilobytes: after the warm-up, and after each quarter of the switches."""

    count: int
    resident: tuple[int, ...]

    @property
    def target(self) -> Target:
        """Nothing is left of a version that nobody uses: the last half leaves under a megabyte."""
        grown = self.resident[-1] - self.resident[len(self.resident) // 2]
        name = f"minne, tillväxt i andra hälften av {number(self.count)} byten av version"
        return Target(name, 1024, grown, "kB")


@dataclass(slots=True)
class _Turns:
    """The decided versions: the two last approvals, and the clock that they follow."""

    texts: dict[str, str]
    now: datetime = START
    approvals: tuple[Approval, ...] = ()

    def schedule(self) -> tuple[Approval, ...]:
        return self.approvals

    def text(self, version: str) -> str | None:
        return self.texts.get(version)

    def install(self, version: str, text: str, *, at: datetime) -> bool:  # noqa: ARG002
        return not self.approvals

    def clock(self) -> datetime:
        return self.now

    def turn(self, count: int) -> None:
        """Approve the other version, and go on to when it is in force."""
        version = tuple(self.texts)[count % len(self.texts)]
        approval = Approval(
            id=count,
            version=version,
            author="en",
            approver="en annan",
            approved_at=self.now,
            effective_at=self.now + TURN,
        )
        self.approvals = (*self.approvals[-1:], approval)
        self.now += TURN


def switched(count: int) -> Switched | None:
    """Measured in a fresh process; None where the system does not tell."""
    if not STATUS.exists():
        return None
    done = subprocess.run(
        [sys.executable, "-m", "bench.switching", str(count)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    return Switched(count, tuple(json.loads(done.stdout)))


def _measure(count: int, parsed: Callable[[str], RulesFile]) -> list[int]:
    structlog.configure(processors=[_silent])
    texts = [read(), read().replace("because: ", "because: Nytt. ", 1)]
    turns = _Turns({parse(text).version: text for text in texts})

    def make(text: str) -> RulesInForce:
        return RulesInForce(live(parsed(text)), clock=turns.clock, told=lambda _said: None)

    file = RuleFile(read, lambda: None)
    shelf = RuleShelf(file, turns, make=make, clock=turns.clock)
    _switch(shelf, turns, WARM_UP)
    found = [resident()]
    for _ in range(PARTS):
        _switch(shelf, turns, count // PARTS)
        found.append(resident())
    return found


def _silent(_log: object, _name: str, _line: object) -> NoReturn:
    raise structlog.DropEvent


def _switch(shelf: RuleShelf, turns: _Turns, times: int) -> None:
    for count in range(times):
        turns.turn(count)
        said = shelf.current().classify({}, ANSWERS)
        if said.rules_version != turns.approvals[-1].version or said.incident:
            raise RuntimeError("Versionen byttes inte.")


if __name__ == "__main__":
    reads = cache(parse) if "compiled" in sys.argv else parse
    print(json.dumps(_measure(int(sys.argv[1]), reads)))

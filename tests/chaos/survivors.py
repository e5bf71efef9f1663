"""A story played by processes that are killed at every commit they come to, until it is over.

Each act is begun anew by a fresh process after each death, as people and machines do: a step in a
case from the version that was read before the first try, everything else as it stands.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hub.api.problem import Stale
from hub.starting import CannotStart
from rules.errors import Refusal
from tests.chaos.place import Place
from tests.chaos.points import at_every_commit, die

_FELL = 70
# Of one act: before and after each of the four commits that the longest has, and one to spare.
_MOST_DEATHS = 10


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done; `case` is the reference of the case that it is a step in.

    `minutes` pass before it, and `again` before each new try.
    """

    name: str
    do: Callable[[Place], object]
    case: str | None = None
    minutes: float = 0
    again: float = 0


@dataclass
class Survivors:
    """Plays acts; `deaths` are (act, point, moment), each once."""

    place: Place
    kill: bool = True
    deaths: list[tuple[str, str, str]] = field(default_factory=list)

    def play(self, acts: Sequence[Act]) -> None:
        for act in acts:
            self.place.after(minutes=act.minutes)
            begun = self.place.clock.now
            self.place.version = self._version(act)
            while not self._lived_through(act):
                self.place.after(minutes=act.again)
            self.place.version = None
            # However often somebody died, the next act begins at the same time.
            self.place.clock.now = begun + timedelta(minutes=act.again * _MOST_DEATHS)

    def _version(self, act: Act) -> int | None:
        if act.case is None:
            return None
        with self.place.elsewhere() as there:
            return there.case(act.case).version

    def _lived_through(self, act: Act) -> bool:
        note = self.place.folder / "death.txt"
        process = os.fork()
        if process == 0:
            self._act(act, note)
        _, status = os.waitpid(process, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            point, moment = note.read_text("utf-8").split()
            self.deaths.append((act.name, point, moment))
            return False
        if status:
            raise AssertionError(f"the act ”{act.name}” fell")
        return True

    def _act(self, act: Act, note: Path) -> None:
        """In a process of its own, which ends here."""
        died = {(point, moment) for name, point, moment in self.deaths if name == act.name}

        def meet(point: str, moment: str) -> None:
            if self.kill and (point, moment) not in died:
                note.write_text(f"{point} {moment}", "utf-8")
                die()

        code = 0
        try:
            at_every_commit(meet)
            act.do(self.place)
        except (Refusal, Stale, CannotStart) as refused:
            # What was done before the death is refused the second time: that is how it is known.
            code = 0 if died else _told(refused)
        except BaseException as fault:  # noqa: BLE001  the process ends here, whatever it was
            code = _told(fault)
        os._exit(code)


def _told(fault: BaseException) -> int:
    traceback.print_exception(fault, file=sys.stderr)
    return _FELL

"""`hub` as a service that is started anew whenever it has died, and dies where it is told to.

`python -m tests.chaos.mortal FOLDER WORDS` runs `hub WORDS`. `FOLDER/doomed` has a line for each
commit to die at, `POINT before` or `POINT after`; it may be written while the hub runs. A line is
struck out when it has come true. The program is read in once and forked for each of its lives.
"""

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import FrameType

from hub.cli import app
from tests.chaos.points import at_every_commit, die

Doom = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dooms:
    """The commits that are still to be died at, in a file that outlives the process."""

    folder: Path

    @property
    def left(self) -> list[Doom]:
        file = self.folder / "doomed"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return [(point, moment) for point, moment in map(str.split, lines)]

    def decree(self, dooms: Sequence[Doom]) -> None:
        """From now on these, and no others; whoever reads sees all of them or none."""
        draft = self.folder / "doomed.draft"
        draft.write_text("".join(f"{point} {moment}\n" for point, moment in dooms), "utf-8")
        draft.rename(self.folder / "doomed")


def live(folder: Path) -> None:
    """One life: the real program, until it is killed or ends by itself."""
    dooms, alone = Dooms(folder), Lock()

    def meet(point: str, moment: str) -> None:
        with alone:
            left = dooms.left
            if (point, moment) in left:
                left.remove((point, moment))
                dooms.decree(left)
                die()

    at_every_commit(meet)
    app()


@dataclass
class Service:
    """Life after life, while the hub is killed from within."""

    folder: Path
    process: int = 0
    told: bool = False

    def run(self) -> int:
        """Until it is ended from without, or a life ends by itself; gives its exit code."""
        signal.signal(signal.SIGTERM, self._end)
        while not self.told:
            self.process = os.fork()
            if self.process == 0:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                live(self.folder)
            _, status = os.waitpid(self.process, 0)
            if not os.WIFSIGNALED(status):
                return os.waitstatus_to_exitcode(status)
        return 0

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self.told = True
        if self.process:
            os.kill(self.process, signal.SIGKILL)


if __name__ == "__main__":
    place = Path(sys.argv.pop(1))
    sys.exit(Service(place).run())

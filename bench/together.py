"""Several processes that do the same work, let go at the same moment."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from time import time

Ready = Callable[[], None]
_PATIENCE = 60


class Stumbled(Exception):
    """A process ended in a fault: what was measured means nothing."""


def together(processes: int, work: Callable[..., None], *given: object) -> float:
    """Run `work(ready, *given)` in each; `ready` waits for the others. When they were let go."""
    spawn = get_context("spawn")
    line = spawn.Barrier(processes + 1)
    crew = [
        spawn.Process(target=_run, args=(line, work, given), daemon=True) for _ in range(processes)
    ]
    for one in crew:
        one.start()
    line.wait(_PATIENCE)
    begun = time()
    for one in crew:
        one.join()
    if any(one.exitcode for one in crew):
        raise Stumbled([one.exitcode for one in crew])
    return begun


def _run(line: Barrier, work: Callable[..., None], given: tuple[object, ...]) -> None:
    def ready() -> None:
        line.wait(_PATIENCE)

    work(ready, *given)

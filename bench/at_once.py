"""Very many clocks due at once, and a start beside many that live."""

from datetime import timedelta
from time import perf_counter

from bench.due import NOT_YET, Line, NotAllDone, measured, settle
from bench.hub_sweep import HubSweep, at_due, fill
from bench.lived import lived
from bench.once import expected, found
from bench.server import Server
from rules.engines.rulebook import LiveRules
from workflows import outages, watching


class _Counted(HubSweep):
    """The same sweep; afterwards every effect is counted, and must be there exactly once."""

    def run(self, url: str, due: int) -> float:
        begun = super().run(url, due)
        pattern = lived(self.rulebook)
        there, wanted = found(url, pattern), expected(pattern, due)
        if there != wanted:
            raise NotAllDone(f"{there} i stället för {wanted}")
        return begun


def at_once(server: Server, rulebook: LiveRules, *, due: int, processes: int) -> Line:
    """So many workers at so many clocks; raises NotAllDone when an effect lacks or is double."""
    return measured(server, _Counted(rulebook, processes), due=due, waiting=0)


def caught_up(server: Server, rulebook: LiveRules, *, live: int, passed: int) -> float:
    """Seconds of a start beside `live` running clocks, of which `passed` passed meanwhile."""
    with server.database() as url:
        fill(url, rulebook, [timedelta()] * passed + [NOT_YET] * (live - passed))
        settle(url)
        with at_due(url, rulebook) as desk:
            begun = perf_counter()
            outages.beat(desk, "bänk")
            done = watching.sweep(desk)
            seconds = perf_counter() - begun
    if len(done.passed) != passed:
        raise NotAllDone(f"{len(done.passed)} i stället för {passed}")
    return seconds

"""Measures several contenders turn by turn in the same run, so that all are treated alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter_ns

Run = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """The rounds of one contender: calls a second for each, and every call's time."""

    rates: tuple[float, ...]
    calls: tuple[int, ...]

    @property
    def per_second(self) -> float:
        return median(self.rates)

    def microseconds(self, percent: int) -> float:
        """The time that `percent` of the calls keep within."""
        return quantiles(self.calls, n=100, method="inclusive")[percent - 1] / 1000


def interleaved(
    contenders: Mapping[str, Run], *, calls: int, rounds: int, warm_up: int = 1
) -> dict[str, Measured]:
    """Each round every contender makes `calls` calls, a new one first; warm-up is not counted."""
    names = list(contenders)
    rates: dict[str, list[float]] = {name: [] for name in names}
    times: dict[str, list[int]] = {name: [] for name in names}
    for number in range(warm_up + rounds):
        turn = number % len(names)
        for name in (*names[turn:], *names[:turn]):
            taken = _timed(contenders[name], calls)
            if number >= warm_up:
                rates[name].append(calls / (sum(taken) / 1e9))
                times[name].extend(taken)
    return {name: Measured(tuple(rates[name]), tuple(times[name])) for name in names}


def ratio(of: Measured, to: Measured) -> float:
    """How many times faster, round by round; the median."""
    return median(one / other for one, other in zip(of.rates, to.rates, strict=True))


def _timed(run: Run, calls: int) -> Sequence[int]:
    taken = []
    for index in range(calls):
        begun = perf_counter_ns()
        run(index)
        taken.append(perf_counter_ns() - begun)
    return taken

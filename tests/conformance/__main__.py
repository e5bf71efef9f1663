"""`make conformance`: every case in every compilation, as a table with nothing hidden."""

import sys
from collections.abc import Iterator, Sequence

from tests.conformance.by_dmn import DMN, unexpressed
from tests.conformance.case import Topic, topics
from tests.conformance.outcome import Compilation
from tests.conformance.running import COMPILATIONS, Result, run

# What a foreign engine is asked only where its language has the words; see by_dmn.
TABLE = (*COMPILATIONS, DMN)


def main() -> int:
    """Prints the table, then each difference; 1 when there is any."""
    every = topics()
    wide = max(len(topic.name) for topic in every)
    _say(_row("ämne", [it.name for it in TABLE], wide))
    passed = [0] * len(TABLE)
    differing: list[str] = []
    for topic in every:
        results = [_tried(topic, compilation) for compilation in TABLE]
        right = [sum(not result.differences for result in it) for it in results]
        passed = [sum(pair) for pair in zip(passed, right, strict=True)]
        _say(_row(topic.name, [f"{n}/{len(topic.cases)}" for n in right], wide))
        for compilation, each in zip(TABLE, results, strict=True):
            differing += _lines(topic, compilation, each)
    total = sum(len(topic.cases) for topic in every)
    _say(_row("alla", [f"{n}/{total}" for n in passed], wide))
    silent = sorted(unexpressed(every))
    _say(f"{DMN.name} säger inte nivån i {len(silent)} fall, bara reglerna: {', '.join(silent)}")
    _say(*differing)
    return 1 if differing else 0


def _tried(topic: Topic, compilation: Compilation) -> Sequence[Result]:
    """The results; a fault in the compilation is a difference in every case."""
    try:
        return list(run(topic, compilation))
    except Exception as error:  # noqa: BLE001  the table must be printed whole
        return [Result(case, (f"{type(error).__name__}: {error}",)) for case in topic.cases]


def _lines(topic: Topic, compilation: Compilation, results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        for difference in result.differences:
            yield f"{topic.name}/{result.case.id}, {compilation.name}: {difference}"


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _row(first: str, others: Sequence[str], wide: int) -> str:
    return f"{first:<{wide}}  " + "  ".join(f"{text:>13}" for text in others)


if __name__ == "__main__":
    sys.exit(main())

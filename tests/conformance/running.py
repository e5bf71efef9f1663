"""Runs topics through compilations; what each says of each case, nothing left out."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from tests.conformance.by_columns import COLUMNS
from tests.conformance.by_durable import DURABLE
from tests.conformance.by_live import LIVE
from tests.conformance.by_oracle import ORACLE
from tests.conformance.by_z3 import Z3
from tests.conformance.case import ANY_DAY, Case, Topic
from tests.conformance.outcome import Compilation

# Each reads the same syntax tree; another compilation is another row here.
COMPILATIONS: tuple[Compilation, ...] = (DURABLE, ORACLE, Z3, COLUMNS, LIVE)


@dataclass(frozen=True, slots=True)
class Result:
    """What was said of a case, against the case; nothing when all is as it should be."""

    case: Case
    differences: tuple[str, ...]


def run(topic: Topic, compilation: Compilation) -> Iterator[Result]:
    """The result of each case; the rules of each day are compiled once."""
    with ExitStack() as started:
        of_day = {
            day: started.enter_context(compilation.start(topic.ruleset.on(day)))
            for day in dict.fromkeys(case.day or ANY_DAY for case in topic.cases)
        }
        for case in topic.cases:
            found = of_day[case.day or ANY_DAY](case.facts, case.answers)
            yield Result(case, tuple(found.differences(case)))

"""`python -m tests.conformance.explaining`: the sentences anew, when the wording has changed.

Only sentences are written; what a case means is never touched. The difference is read by a person
before it is kept.
"""

from dataclasses import replace

from tests.conformance.by_live import LIVE
from tests.conformance.case import ANY_DAY, Case, Topic, topics
from tests.conformance.differing import FOUND
from tests.conformance.writing import write

# So large that their sentences are a page for each case; they are for the engines, not for readers.
UNEXPLAINED = frozenset({"many-alternatives", "many-fields"})


def main() -> None:
    """Every topic that is explained."""
    for topic in topics():
        if topic.name not in UNEXPLAINED and not topic.name.startswith(FOUND):
            write(explained(topic))


def explained(topic: Topic) -> Topic:
    """The topic with the sentences that the live engine says of its cases."""
    return replace(topic, cases=tuple(_explained(topic, case) for case in topic.cases))


def _explained(topic: Topic, case: Case) -> Case:
    with LIVE.start(topic.ruleset.on(case.day or ANY_DAY)) as evaluate:
        explain = evaluate(case.facts, case.answers).explain
    return replace(case, explanation=explain() if explain else ())


if __name__ == "__main__":
    main()

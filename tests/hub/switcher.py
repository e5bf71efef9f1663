"""A process of its own that classifies until it has met another version, on the real clock.

`python -m tests.hub.switcher DATABASE_URL` prints a line of JSON for each classification: the time
before and after, the version that was handed out, and the version and level of the answer.
"""

import json
import sys
from time import sleep

from adapters.clock import now
from adapters.database import normalise, program_engine
from adapters.logs import set_up_logs
from adapters.rulesfile import parse, read
from adapters.work import postgres_work
from hub.rule_shelf import RuleFile, RuleShelf
from hub.rulebook import RulesInForce
from rules.engines.rulebook import live
from tests.people import RED
from workflows.rule_books import RuleBooks

AFTERWARDS = 50
LONGEST = 6_000


def run(url: str) -> None:
    """Classify under the first version, and for a while under the next."""
    set_up_logs(sys.stderr)
    engine = program_engine(normalise(url))

    def make(text: str) -> RulesInForce:
        return RulesInForce(live(parse(text)), clock=now, told=lambda _said: None)

    file = RuleFile(read, lambda: None)
    shelf = RuleShelf(file, RuleBooks(postgres_work(engine)), make=make, clock=now)
    first, left = shelf.known().version, AFTERWARDS
    for _ in range(LONGEST):
        before = now()
        rules = shelf.current()
        after = now()
        said = rules.classify({"alder": 9}, RED)
        line = (before.isoformat(), after.isoformat(), rules.version, said.rules_version)
        sys.stdout.write(json.dumps((*line, said.level.value)) + "\n")
        sys.stdout.flush()
        left -= rules.version != first
        if not left:
            break
        sleep(0.01)
    engine.dispose()


if __name__ == "__main__":
    run(sys.argv[1])

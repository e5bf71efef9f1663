"""`make fuzz`: made-up rules and concerns for some minutes; what differs is shrunk and kept."""

import sys
import time
from collections.abc import Callable
from itertools import count

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample

from tests.conformance.differing import differences, keep, topic_of
from tests.conformance.generated import Drawn, drawn
from tests.conformance.outcome import Compilation
from tests.conformance.running import COMPILATIONS

# So many concerns between two looks at the time.
ROUND = 100
SEARCH = settings(
    max_examples=ROUND,
    derandomize=False,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def main(minutes: float, say: Callable[[str], object]) -> int:
    """Looks until the time is out; the number of cases that were found."""
    end, found = time.monotonic() + 60 * minutes, 0
    for number in count(1):
        if example := smallest(SEARCH):
            topic = topic_of(example)
            keep(topic)
            found += 1
            say(f"{topic.name}: {dict(differences(topic))}")
        if time.monotonic() > end:
            say(f"{number * ROUND} slumpade ärenden, {found} nya fall i tests/conformance/found")
            return found
    raise AssertionError


def smallest(
    search: settings, compilations: tuple[Compilation, ...] = COMPILATIONS
) -> Drawn | None:
    """The smallest file and concern that the compilations say different things of; None if none."""
    try:
        return find(
            drawn, lambda it: bool(differences(topic_of(it), compilations)), settings=search
        )
    except NoSuchExample:
        return None


if __name__ == "__main__":
    sys.exit(1 if main(float(sys.argv[1]), lambda line: sys.stdout.write(f"{line}\n")) else 0)

"""`make chaos`: a storm of crashes on a PostgreSQL of its own, and a table of what came of it.

`python -m tests.chaos [CRASHES] [SEED]` ends with 1 when anything was lost, told twice or left out;
so does `python -m tests.chaos disk`, which fills the disk of another.
"""

import gc
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic

from adapters.embedded import EmbeddedServer
from adapters.logs import set_up_logs
from tests.chaos.audit import Audit, audit
from tests.chaos.mail import CUTS, UNSURE, moody_mail, post_at
from tests.chaos.mounted import NoMount, filled
from tests.chaos.place import Place
from tests.chaos.storm import Storm
from tests.chaos.warm import warm
from tests.people import EVERYONE, account
from tests.stores import TestServer
from workflows import delivering, watching

CRASHES = 10_000
AT_A_TIME = 200
_FIGURES = (
    "cases",
    "clocks",
    "breaches",
    "escalations",
    "letters",
    "letters_again",
    "lost",
    "double",
)
_SENT = ("workflows.delivering._Sender._sent", "before")
_LEASES_OVER = timedelta(days=1)


@dataclass
class Tally:
    """What came of all the storms together."""

    deaths: Counter[tuple[str, str]] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    weather: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, storm: Storm, found: Audit, weather: Iterable[str]) -> None:
        """One more storm."""
        self.deaths += storm.deaths
        self.figures += Counter(lived=storm.calm, restarts=storm.restarts, cut=storm.cut)
        self.figures += Counter({name: getattr(found, name) for name in _FIGURES})
        self.weather += Counter(weather)
        self.faults += found.faults


def main(crashes: int, seed: int) -> int:
    set_up_logs(sys.stderr)
    began, tally = monotonic(), Tally()
    with tempfile.TemporaryDirectory(prefix="hub-chaos-") as folder:
        server = TestServer(EmbeddedServer(Path(folder) / "postgres", disposable=True))
        server.prepare()
        for number, some in enumerate(_storms(crashes)):
            place = Path(folder) / str(number)
            place.mkdir()
            tally.add(*one_storm(server, place, seed=seed + number, crashes=some))
        server.server.close()
    tell(tally)
    print(f"seconds      {monotonic() - began:>8.0f}")
    return 1 if tally.faults else 0


def _storms(crashes: int) -> Iterator[int]:
    """Many short storms and not one long: every process looks at all the cases there are."""
    while crashes > 0:
        yield min(crashes, AT_A_TIME)
        crashes -= AT_A_TIME


def one_storm(
    server: TestServer, folder: Path, *, seed: int, crashes: int
) -> tuple[Storm, Audit, list[str]]:
    """A storm on a database of its own, with what came of it and its weather."""
    with server.database() as url, moody_mail(folder, seed) as mail:
        storm = Storm(Place(url, folder), server, mail, seed=seed)
        found = stormed(storm, crashes)
    return storm, found, (folder / "weather.txt").read_text("utf-8").splitlines()


def stormed(storm: Storm, crashes: int) -> Audit:
    """The storm, then one that lives and catches up, then the audit."""
    place = storm.place
    with place.elsewhere() as there, there.office.uow() as work:
        for person in EVERYONE:
            work.people.add(account(person))
        work.commit()
    warm()
    gc.freeze()
    at = storm.rage(crashes) + _LEASES_OVER
    place.clock.now = at
    watching.sweep(place.office)
    (place.folder / "calm").touch()
    while delivering.deliver(place.office, post_at(storm.mail)).sent:
        pass
    weather = Counter((place.folder / "weather.txt").read_text("utf-8").splitlines())
    found = audit(place, at, unsure=storm.deaths[_SENT] + weather[CUTS] + weather[UNSURE])
    place.engine.dispose()
    return found


def tell(tally: Tally) -> None:
    deaths = tally.deaths
    print(f"{'crashed at':<48} {'before':>8} {'after':>8}")
    for point in sorted({point for point, _ in deaths}):
        print(f"{point:<48} {deaths[point, 'before']:>8} {deaths[point, 'after']:>8}")
    print(f"\ncrashes       {deaths.total():>8}")
    for name in ("lived", *_FIGURES, "restarts", "cut"):
        print(f"{name:<13} {tally.figures[name]:>8}")
    for mood, count in sorted(tally.weather.items()):
        print(f"{mood:<13} {count:>8}")
    for fault in tally.faults[:20]:
        print(f"  {fault}")


def disk() -> int:
    """A disk that is full, or a line that says why it was not tried."""
    set_up_logs(sys.stderr)
    found = []
    for name, in_the_middle in (("no room for a table", False), ("none for PostgreSQL", True)):
        try:
            told, faults = filled(in_the_middle=in_the_middle)
        except NoMount as no:
            told, faults = f"not tried: {no}", []
        print(f"{name:<24} {told}")
        found += faults
    for fault in found:
        print(f"  {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["disk"]:
        sys.exit(disk())
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(words + [CRASHES, 0][len(words) :])))

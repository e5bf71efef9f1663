"""`make chaos`: a storm of crashes on a PostgreSQL of its own, and a table of what came of it.

`python -m tests.chaos [CRASHES] [SEED]` ends with 1 when anything was lost, told twice or left out;
so does `python -m tests.chaos disk`, which fills the disk of another.
"""

import gc
import sys
import tempfile
from collections import Counter
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
_SENT = ("workflows.delivering._Sender._sent", "before")
_LEASES_OVER = timedelta(days=1)


def main(crashes: int, seed: int) -> int:
    set_up_logs(sys.stderr)
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-chaos-") as folder:
        server = TestServer(EmbeddedServer(Path(folder) / "postgres", disposable=True))
        server.prepare()
        with server.database() as url, moody_mail(Path(folder), seed) as mail:
            storm = Storm(Place(url, Path(folder)), server, mail, seed=seed)
            found = stormed(storm, crashes)
            weather = Counter((Path(folder) / "weather.txt").read_text("utf-8").splitlines())
        server.server.close()
    tell(storm, found, weather)
    print(f"seconds      {monotonic() - began:>8.0f}")
    return 1 if found.faults else 0


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


def tell(storm: Storm, found: Audit, weather: Counter[str]) -> None:
    print(f"{'crashed at':<48} {'before':>8} {'after':>8}")
    for point in sorted({point for point, _ in storm.deaths}):
        print(f"{point:<48} {storm.deaths[point, 'before']:>8} {storm.deaths[point, 'after']:>8}")
    print(f"\ncrashes      {storm.deaths.total():>8}\nlived        {storm.calm:>8}")
    for name in ("cases", "clocks", "breaches", "escalations", "letters"):
        print(f"{name:<12} {getattr(found, name):>8}")
    print(f"sent again   {found.letters_again:>8}\nlost         {found.lost:>8}")
    print(f"double       {found.double:>8}\n")
    print(f"restarts     {storm.restarts:>8}\ncut          {storm.cut:>8}")
    for mood, count in sorted(weather.items()):
        print(f"{mood:<12} {count:>8}")
    for fault in found.faults[:20]:
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

"""`make chaos`: a storm of crashes on a PostgreSQL of its own, and a table of what came of it.

`python -m tests.chaos [CRASHES] [SEED]` ends with 1 when anything was lost, told twice or left out.
"""

import gc
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from time import monotonic

from sqlalchemy import URL

from adapters.embedded import EmbeddedServer
from adapters.logs import set_up_logs
from tests.chaos.audit import Audit, audit
from tests.chaos.place import Place
from tests.chaos.storm import Storm
from tests.chaos.warm import warm
from tests.people import EVERYONE, account
from tests.stores import TestServer
from workflows import delivering, watching

CRASHES = 10_000
_SENT = ("workflows.delivering._Sender._sent", "before")
_LEASES_OVER = timedelta(hours=2)


def main(crashes: int, seed: int) -> int:
    set_up_logs(sys.stderr)
    began = monotonic()
    with tempfile.TemporaryDirectory(prefix="hub-chaos-") as folder:
        server = TestServer(EmbeddedServer(Path(folder) / "postgres", disposable=True))
        server.prepare()
        with server.database() as url:
            storm, found = stormed(url, Path(folder), crashes=crashes, seed=seed)
        server.server.close()
    tell(storm, found, monotonic() - began)
    return 1 if found.faults else 0


def stormed(url: URL, folder: Path, *, crashes: int, seed: int) -> tuple[Storm, Audit]:
    """The storm, then one that lives and catches up, then the audit."""
    storm = Storm(Place(url, folder), seed=seed)
    with storm.place.elsewhere() as there, there.office.uow() as work:
        for person in EVERYONE:
            work.people.add(account(person))
        work.commit()
    warm()
    gc.freeze()
    at = storm.rage(crashes) + _LEASES_OVER
    storm.place.clock.now = at
    watching.sweep(storm.place.office)
    while delivering.deliver(storm.place.office, storm.place.post).sent:
        pass
    found = audit(storm.place, at, unsure=storm.deaths[_SENT])
    storm.place.engine.dispose()
    return storm, found


def tell(storm: Storm, found: Audit, seconds: float) -> None:
    print(f"{'crashed at':<48} {'before':>8} {'after':>8}")
    for point in sorted({point for point, _ in storm.deaths}):
        print(f"{point:<48} {storm.deaths[point, 'before']:>8} {storm.deaths[point, 'after']:>8}")
    print(f"\ncrashes      {storm.deaths.total():>8}\nlived        {storm.calm:>8}")
    for name in ("cases", "clocks", "breaches", "escalations", "letters"):
        print(f"{name:<12} {getattr(found, name):>8}")
    print(f"sent again   {found.letters_again:>8}\nlost         {found.lost:>8}")
    print(f"double       {found.double:>8}\nseconds      {seconds:>8.0f}")
    for fault in found.faults[:20]:
        print(f"  {fault}")


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(words + [CRASHES, 0][len(words) :])))

"""A served hub that fills its disk with concerns, is refused, and goes on when there is room."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from adapters.verification import verify
from tests.adapters_edge.mailbox import Mailbox, serving
from tests.api.service import concern
from tests.chaos.audit import missing
from tests.chaos.ledger import ledger_of
from tests.chaos.narrow import Narrow
from tests.chaos.place import Place
from tests.chaos.running import PATIENCE, free_port
from tests.chaos.serviced import Answer, Hub, place_at, serviced
from tests.people import MIRA

MANY = 2000
KEPT, AWAY = 201, 503


@dataclass
class Story:
    """What the hub told those who asked, and what it told of itself, while it was full."""

    hub: Hub
    server: Narrow
    told: list[Answer] = field(default_factory=list)
    refused: Answer | None = None
    shown: dict[str, Any] = field(default_factory=dict)

    def fill(self) -> None:
        """Concern after concern until one is not kept, and until the hub shows that it suffers."""
        self.report()
        self.server.fill()
        while self.report().status == KEPT and len(self.told) < MANY:
            pass
        self.refused = self.told[-1]
        self.waited_for(self.suffers)
        self.shown = self.health()

    def recover(self) -> bool:
        """Whether everything is as it should be when there is room again."""
        self.server.make_room()
        return self.waited_for(lambda: self.report().status == KEPT) and self.waited_for(self.well)

    def report(self) -> Answer:
        """Days late, so that its deadlines pass at once and have to be written down."""
        received = datetime.now(UTC) - timedelta(days=3)
        said = concern(reference=f"r-{len(self.told)}", received_at=received.isoformat())
        answer = self.hub.ask(MIRA, "/concerns", said)
        self.told.append(answer)
        return answer

    def health(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.hub.process.get("/health/ready")[1])
        return found

    def suffers(self) -> bool:
        found = self.health()
        return not found["ready"] or "sweep" in found["faults"]

    def well(self) -> bool:
        found = self.health()
        return bool(found["ready"]) and not found["faults"] and not found["findings"]

    def waited_for(self, true: Callable[[], bool]) -> bool:
        until = monotonic() + PATIENCE
        while not true():
            if monotonic() > until:
                return False
            sleep(0.2)
        return True

    @property
    def kept(self) -> set[str]:
        """The cases that a client has been told are there."""
        answers = (it for it in self.told if it.status == KEPT)
        return {case["id"] for it in answers for case in it.body["cases"]}

    @property
    def faults(self) -> list[str]:
        """Of the whole database, held against what was told; there should be none."""
        place: Place = self.hub.place
        place.clock.now = datetime.now(UTC)
        lost = self.kept ^ set(place.case_ids())
        wrong = [f"told and not there, or the other way round: {case}" for case in sorted(lost)]
        ledger = ledger_of(place.engine)
        return [
            *verify(place.engine),
            *missing(place, place.clock.now),
            *wrong,
            *ledger.twice,
            *ledger.unkept,
        ]


@contextmanager
def full_disk(server: Narrow, folder: Path) -> Iterator[Story]:
    """The hub at work on an empty database of the server."""
    port = free_port()
    with (
        server.database() as url,
        serving(Mailbox(), port),
        place_at(url, folder) as place,
        serviced("serve", place=place, smtp=port) as there,
    ):
        yield Story(there, server)

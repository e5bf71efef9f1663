"""A hub that is started anew whenever it dies, seen from outside: by HTTP, and in its database."""

import http.client
import json
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from sqlalchemy import URL

from hub.commands.accounts import give_token
from hub.wiring.desk import OpaqueTokens
from rules.people import Actor
from tests.chaos.mortal import Doom, Dooms
from tests.chaos.place import Place
from tests.chaos.running import PATIENCE, Process, running
from tests.people import EVERYONE, Hands, account

BASE = "/api/v1"
NOTHING: Mapping[str, str] = {}


class Died(Exception):
    """The connection broke before there was an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the client was told."""

    status: int
    body: Any
    tag: str | None


@dataclass
class Hub:
    """The service, and people who call on it with tokens of their own."""

    process: Process
    place: Place
    dooms: Dooms
    tokens: dict[str, str] = field(default_factory=dict)

    def ask(
        self, who: Actor, path: str, body: object = None, headers: Mapping[str, str] = NOTHING
    ) -> Answer:
        """One request, sent once to a door that is open; raises Died."""
        self.wait_for_the_door()
        sent = {**headers, "Authorization": f"Bearer {self._token(who)}"}
        data = None
        if body is not None:
            data, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = Request(f"{self._address}{BASE}{path}", data=data, headers=sent)
        try:
            with urlopen(request, timeout=60) as response:
                return Answer(response.status, json.load(response), response.headers["ETag"])
        except HTTPError as refused:
            return Answer(refused.code, json.load(refused), None)
        except (http.client.HTTPException, ConnectionError, URLError) as broken:
            raise Died from broken

    def wait_for_the_door(self) -> None:
        self.process.get("/health/live")

    def all_died(self, meanwhile: Callable[[], object] = int) -> bool:
        """Whether every decreed death has come in time."""
        until = monotonic() + PATIENCE
        while self.dooms.left and monotonic() < until:
            meanwhile()
            sleep(1)
        return not self.dooms.left

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self.process.port}"

    def _token(self, who: Actor) -> str:
        if who.id not in self.tokens:
            name, now = account(who).username, self.place.clock.now
            self.tokens[who.id] = give_token(self.place.office, name, tokens=OpaqueTokens(), at=now)
        return self.tokens[who.id]


@contextmanager
def place_at(url: URL, folder: Path) -> Iterator[Place]:
    """The database as it is now, for those who look at it from outside the hub."""
    place = Place(url, folder, Hands(datetime.now(UTC)))
    try:
        yield place
    finally:
        place.engine.dispose()


@contextmanager
def serviced(
    *words: str, place: Place, smtp: int = 25, dooms: tuple[Doom, ...] = ()
) -> Iterator[Hub]:
    """`hub WORDS` as a service, with accounts for everyone; killed for good after the block."""
    with place.office.uow() as work:
        for person in EVERYONE:
            work.people.add(account(person))
        work.commit()
    decrees = Dooms(place.folder)
    decrees.decree(dooms)
    url = place.url.render_as_string(hide_password=False)
    begin = ("-m", "tests.chaos.mortal", str(place.folder))
    with running(*words, database=url, begin=begin, smtp=smtp) as process:
        try:
            yield Hub(process, place, decrees)
        finally:
            process.popen.send_signal(signal.SIGTERM)
            process.popen.wait(30)

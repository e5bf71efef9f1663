"""`hub serve` killed while somebody logs in, mistypes or leaves, and started anew.

Each form is sent until it is answered: it dies before the commit, it dies after it, and then it
is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from httpx2 import Client, Response, TransportError
from sqlalchemy import text

from adapters.passwords import cheap_passwords
from adapters.verification import verify
from rules.people import Role
from tests.chaos.points import AFTER, BEFORE
from tests.chaos.running import hub
from tests.chaos.serviced import Hub, place_at, serviced
from tests.hub.html import parse
from tests.hub.web import PASSWORD
from tests.people import account, actor
from tests.stores import TestServer

START, MISTYPED, LEAVE = (
    f"hub.sessions.{name}" for name in ("_start", "_remember_failure", "log_out")
)
ADA = actor("Ada", Role.INTAKE, unit="mottagning")
SESSIONS = text("SELECT count(*) FROM sessions WHERE kind = 'webb'")
FAILURES = text("SELECT count(*) FROM login_failures")
KEPT = {"login": SESSIONS, "mistyped": FAILURES, "logout": SESSIONS}


@dataclass
class Door:
    """Somebody with a browser, and what is kept of them after each death."""

    hub: Hub
    browser: Client
    kept: dict[str, list[int]] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    within: dict[str, list[bool]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def send(self, name: str, point: str, page: str, **typed: str) -> None:
        """The form of the page, once for each death and once for the answer."""
        path, form = self.form(page)
        before = self.count(name)
        self.kept[name], self.within[name] = [], []
        for moment in (BEFORE, AFTER):
            self.hub.dooms.decree([(point, moment)])
            with pytest.raises(TransportError):
                self.browser.post(path, data={**form, **typed})
            assert self.hub.dooms.left == []
            self.look(name, before)
        self.told[name] = self.browser.post(path, data={**form, **typed}).status_code
        self.look(name, before)

    def form(self, page: str) -> tuple[str, dict[str, str]]:
        """Where the one form of the page goes, and what stands hidden in it."""
        button = next(parse(self.open(page).text).every("button"))
        form = button.within("form")
        assert form is not None
        hidden = (it.attrs for it in form.every("input") if it.attrs.get("type") == "hidden")
        return form.attrs["action"], {it["name"]: it["value"] for it in hidden}

    def open(self, path: str) -> Response:
        self.hub.wait_for_the_door()
        return self.browser.get(path)

    def look(self, name: str, before: int) -> None:
        """When it is back: what is there, whether it hangs together, and who is let in."""
        self.within[name].append(self.open("/").status_code == 200)
        self.kept[name].append(self.count(name) - before)
        self.faults += verify(self.hub.place.engine)

    def count(self, name: str) -> int:
        with self.hub.place.engine.connect() as connection:
            return int(connection.scalars(KEPT[name]).one())


@pytest.fixture(scope="module", name="door")
def knocked_at(postgres: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("door")
    with postgres.database() as url, place_at(url, folder) as place:
        with place.office.uow() as work:
            work.people.add(account(ADA, cheap_passwords().hash(PASSWORD)))
            work.commit()
        with (
            serviced("serve", "--no-worker", place=place) as there,
            Client(base_url=f"http://127.0.0.1:{there.process.port}", timeout=60) as browser,
        ):
            door = Door(there, browser)
            door.send("mistyped", MISTYPED, "/login", username="ada", password="fel")
            door.send("login", START, "/login", username="ada", password=PASSWORD)
            door.send("logout", LEAVE, "/")
            yield door


def test_who_died_at_the_door_before_the_commit_is_not_in_and_can_try_again(door: Door) -> None:
    assert door.within["login"] == [False, False, True]
    assert door.told["login"] == 303


def test_a_login_that_was_kept_and_never_told_is_left_behind_and_lets_nobody_in(
    door: Door,
) -> None:
    assert door.kept["login"] == [0, 1, 2]


def test_a_wrong_password_is_counted_once_for_each_time_it_was_kept(door: Door) -> None:
    assert door.kept["mistyped"] == [0, 1, 2]
    assert door.told["mistyped"] == 422
    assert door.within["mistyped"] == [False, False, False]


def test_who_leaves_is_in_until_it_is_kept_and_out_from_then_on(door: Door) -> None:
    assert door.kept["logout"] == [0, -1, -1]
    assert door.within["logout"] == [True, False, False]


def test_after_every_death_the_hub_hangs_together(door: Door) -> None:
    url = door.hub.place.url.render_as_string(hide_password=False)
    done = hub("verify", database=url)

    assert door.faults == []
    assert (done.returncode, done.stdout) == (0, "Allt hänger ihop.\n")

"""A database that answers and keeps nothing: read-only, or its disk is full.

Nothing can be written, so nothing can be shown either: what cannot be logged is not shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import URL, Engine
from structlog.testing import capture_logs
from typer.testing import CliRunner

from adapters.verification import verify
from adapters.work import postgres_work
from hub import faults
from hub.api import problem
from hub.cli import commands
from hub.starting import CannotStart
from rules.events import NoteAdded
from tests.api.service import BASE, start_token
from tests.hub.web import Web, enter
from tests.people import MIRA, World, office, report
from tests.stores import TestServer
from workflows.ports import NotWritable, Office
from workflows.registering import register

FULL = """
CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_space BEFORE INSERT ON journal EXECUTE FUNCTION no_space();
CREATE TRIGGER no_space BEFORE INSERT ON access_log EXECUTE FUNCTION no_space();
CREATE TRIGGER no_space BEFORE INSERT ON sessions EXECUTE FUNCTION no_space()
"""
ROOM = "DROP FUNCTION no_space CASCADE"
NOTE = "Rektor ringde."


@dataclass
class Kept(World):
    """A world whose office keeps everything in PostgreSQL."""

    engine: Engine = field(kw_only=True)

    @property
    def office(self) -> Office:
        return office(postgres_work(self.engine), self.clock, self.ids, self.rulebook)


@dataclass
class Store:
    """The database, which can be made to keep nothing in either of two ways."""

    server: TestServer
    url: URL
    engine: Engine
    owner: Engine

    def refuse(self, why: str) -> None:
        if why == "read-only":
            self._read_only("on")
        else:
            self._run(FULL)

    def recover(self, why: str) -> None:
        if why == "read-only":
            self._read_only("off")
        else:
            self._run(ROOM)

    def _read_only(self, word: str) -> None:
        name = f"ALTER DATABASE {{}} SET default_transaction_read_only = {word}"
        self.server.run(name, str(self.url.database))
        self.engine.dispose()

    def _run(self, statements: str) -> None:
        with self.owner.begin() as connection:
            connection.exec_driver_sql(statements)


@pytest.fixture(autouse=True)
def with_its_log_kept_aside() -> Iterator[None]:
    with capture_logs():
        yield


@pytest.fixture(name="store")
def that_can_be_shut(
    postgres: TestServer, postgres_database: URL, postgres_engine: Engine, owner: Engine
) -> Store:
    return Store(postgres, postgres_database, postgres_engine, owner)


@pytest.fixture(name="web")
def on_that_store(store: Store) -> Web:
    return Web(Kept(engine=store.engine))


@pytest.fixture(name="case")
def of_somebody(web: Web) -> str:
    (case,) = register(web.world.office, MIRA, report(received_at=web.world.clock.now))
    return case.id


WHYS = pytest.mark.parametrize("why", ["read-only", "full"])


@WHYS
def test_a_page_says_that_nothing_is_saved_and_what_to_do_instead(
    web: Web, store: Store, case: str, why: str
) -> None:
    mira, door = web.as_(MIRA), web.visitor()
    here = f"/cases/{case}"
    store.refuse(why)

    for page in (mira.open(here), door.log_in("mira")):
        assert page.status == 503
        assert page.heading == faults.NOT_WRITABLE
        assert "Inget är sparat" in page.text
        assert "Ring" in page.text
        assert "papper" in page.text


@WHYS
def test_no_address_of_the_hub_breaks_for_it(web: Web, store: Store, case: str, why: str) -> None:
    client, form = enter(web, MIRA), {"_csrf": f"csrf-{MIRA.id}"}
    start_token(web.world.office, MIRA, "nyckel")
    client.headers["Authorization"] = "Bearer nyckel"
    store.refuse(why)

    told = {
        (method, path): client.request(
            method, path.replace("{case_id}", case), data=form
        ).status_code
        for method, path in addresses(web)
    }

    assert len(told) > 100
    away = {at for at, status in told.items() if status == 503}
    assert {("GET", "/"), ("GET", "/cases/{case_id}"), ("GET", f"{BASE}/cases")} <= away
    assert [at for at, status in told.items() if status >= 500 and at not in away] == []


def addresses(web: Web) -> Iterator[tuple[str, str]]:
    """Every page but the way out, which would leave nobody to try the rest; two for programs."""
    yield from (("GET", f"{BASE}/cases"), ("GET", f"{BASE}/cases/{{case_id}}"))
    for route in web.app.routes:
        if isinstance(route, APIRoute) and route.path != "/logout":
            yield from ((method, route.path) for method in sorted(route.methods or ()))


@WHYS
def test_a_step_that_was_refused_has_left_nothing_and_can_be_taken_when_there_is_room(
    web: Web, store: Store, case: str, why: str
) -> None:
    draft = web.as_(MIRA).open(f"/cases/{case}/notes").draft().choose("Vad är det?", "Anteckning")
    draft.type("Text", NOTE)
    store.refuse(why)

    refused = draft.press("Spara")
    store.recover(why)
    before = notes_of(web, case)
    taken = draft.press("Spara")

    assert (refused.status, taken.status) == (503, 200)
    assert (before, notes_of(web, case)) == ([], [NOTE])
    assert verify(store.engine) == []


def notes_of(web: Web, case: str) -> list[str]:
    with web.world.office.uow() as work:
        return [it.text for it in work.journal.read(case) if isinstance(it, NoteAdded)]


@WHYS
def test_another_program_is_told_by_the_same_kind_of_problem(
    web: Web, store: Store, why: str
) -> None:
    store.refuse(why)

    with pytest.raises(NotWritable) as told:
        register(web.world.office, MIRA, report(received_at=web.world.clock.now))
    answer = problem.expected(told.value)

    assert answer is not None
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert b"/problems/store-unavailable" in bytes(answer.body)
    assert "Inget har sparats" in bytes(answer.body).decode()


@pytest.mark.parametrize("words", [("verify",), ("statement", "key")], ids=" ".join)
def test_a_folder_of_its_own_that_cannot_be_written_in_is_told_by_name(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "fil").touch()
    env = {
        "HUB_DATABASE_URL": None,
        "HUB_SECRET_KEY": None,
        "HUB_STATEMENT_KEY": None,
        "HUB_VAR": str(tmp_path / "fil" / "var"),
    }

    stopped = CliRunner().invoke(commands, words, env=env).exception

    assert isinstance(stopped, CannotStart)
    assert stopped.sentences == ("HUB_VAR: katalogen går inte att skriva i",)


def test_a_program_that_starts_on_it_says_what_is_wrong(store: Store) -> None:
    store.refuse("read-only")
    url = store.url.render_as_string(hide_password=False)
    env = {"HUB_DATABASE_URL": url, "HUB_RULES": None}

    stopped = CliRunner().invoke(commands, ["nodes"], env=env).exception

    assert isinstance(stopped, CannotStart)
    assert stopped.sentences == ("HUB_DATABASE_URL: databasen svarar men tar inte emot något.",)

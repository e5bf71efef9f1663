"""SIGKILL before and after every commit of the program, by name: nothing lost, nothing twice."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL

from adapters.database import program_engine
from adapters.verification import verify
from tests.chaos.ledger import Ledger, ledger_of
from tests.chaos.points import WHEN, commit_points, points_in
from tests.shape.source import ROOT, parse
from tests.stores import TestServer

CODE = """
class Work:
    def commit(self):
        self.connection.commit()

def register(work, engine):
    with engine.begin():
        pass
    begin()
    def kept():
        work.commit()
"""


@dataclass(frozen=True)
class Played:
    """What the story left, and where its processes died."""

    deaths: list[tuple[str, str, str]]
    faults: list[str]
    ledger: Ledger
    letters: list[str]


@contextmanager
def beside(postgres: TestServer, url: URL) -> Iterator[None]:
    """An empty database next to this one, for the act that migrates."""
    name = f"{url.database}_new"
    postgres.run("CREATE DATABASE {}", name)
    try:
        yield
    finally:
        postgres.run("DROP DATABASE {} WITH (FORCE)", name)


def played(postgres: TestServer, folder: Path, *words: str) -> Played:
    folder.mkdir()
    with postgres.database() as url, beside(postgres, url):
        address = url.render_as_string(hide_password=False)
        done = subprocess.run(
            [sys.executable, "-m", "tests.chaos.killing", address, str(folder), *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        engine = program_engine(url)
        faults, ledger = verify(engine), ledger_of(engine)
        engine.dispose()
    deaths = [(act, point, moment) for act, point, moment in json.loads(done.stdout)]
    return Played(deaths, faults, ledger, (folder / "letters.txt").read_text("utf-8").split())


@pytest.fixture(scope="module", name="killed")
def played_with_deaths(postgres: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(postgres, tmp_path_factory.mktemp("chaos") / "killed")


@pytest.fixture(scope="module", name="alive")
def played_without(postgres: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return played(postgres, tmp_path_factory.mktemp("chaos") / "alive", "--alive")


def test_a_commit_is_found_by_where_it_is_made_and_not_where_it_is_passed_on() -> None:
    found = sorted(points_in(parse("workflows/some.py", CODE)))

    assert found == ["workflows.some.register", "workflows.some.register.kept"]


def test_every_commit_of_the_program_has_been_died_at_before_and_after(killed: Played) -> None:
    died = {(point, moment) for _, point, moment in killed.deaths}

    wanted = {(point, moment) for point in commit_points() for moment in WHEN}
    assert wanted - died == set()
    assert died - wanted == set()


def test_nobody_dies_in_a_story_without_deaths(alive: Played) -> None:
    assert alive.deaths == []


def test_a_story_full_of_deaths_hangs_together(killed: Played) -> None:
    assert killed.faults == []


def test_every_case_has_gone_as_if_nobody_had_died(killed: Played, alive: Played) -> None:
    assert len(alive.ledger.stories) == 2
    assert killed.ledger.stories == alive.ledger.stories


def test_no_deadline_passes_and_no_alarm_is_told_twice(killed: Played) -> None:
    assert killed.ledger.twice == []


def test_every_promise_is_kept_or_its_breach_has_an_owner(killed: Played) -> None:
    assert killed.ledger.unkept == []


def test_every_message_is_put_out_once_and_delivered_at_least_once(
    killed: Played, alive: Played
) -> None:
    assert killed.ledger.notices == alive.ledger.notices
    assert len(set(killed.letters)) == len(set(alive.letters)) == len(alive.letters)


def test_a_message_is_delivered_again_only_when_nobody_could_know_that_it_was(
    killed: Played,
) -> None:
    unknown = [
        it for it in killed.deaths if it[1:] == ("workflows.delivering._Sender._sent", "before")
    ]

    assert len(killed.letters) - len(set(killed.letters)) == len(unknown)

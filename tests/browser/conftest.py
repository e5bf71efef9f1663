"""Fixtures: a real Chromium, the program with accounts and no case, and the demo."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from adapters.passwords import cheap_passwords
from hub.wiring.house import open_house, settings_from
from scripts.chromium import NoChromium, chromium
from scripts.running import await_ready, free_port, started
from tests.browser.process import PASSWORD, Program, mail_server
from tests.browser.screen import Screen, Sit, Watch
from tests.people import EVERYONE, account

SECRET = "kR4-9vXq2LmZ7tYbN1cWj8HsPdEfGa3U"


# Playwright keeps an event loop running in its thread, so it is stopped before the next module.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; a machine without it fails, nothing is skipped."""
    try:
        with chromium() as found:
            yield found
    except NoChromium as missing:
        pytest.fail(str(missing))


@pytest.fixture(scope="module")
def program(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """`hub serve` on an empty PostgreSQL with accounts, its worker, and a real mail server."""
    folder, port = tmp_path_factory.mktemp("program"), free_port()
    address = f"http://127.0.0.1:{port}"
    _admit_everyone(postgres_url)
    with mail_server() as (mailbox, smtp_port):
        settings = {
            "HUB_BASE_URL": address,
            "HUB_DATABASE_URL": postgres_url,
            "HUB_MAIL_FROM": "hubben@kommun.example",
            "HUB_PORT": str(port),
            "HUB_SECRET_KEY": SECRET,
            "HUB_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        }
        with started("serve", given=settings, folder=folder) as log:
            await_ready(address, folder)
            yield Program(address, log, mailbox)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """What `make run` starts, from nothing."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    address = f"http://127.0.0.1:{port}"
    with started("demo", "--port", str(port), given={}, folder=folder) as log:
        await_ready(address, folder)
        yield Program(address, log)


def _admit_everyone(database: str) -> None:
    stored = cheap_passwords().hash(PASSWORD)
    settings = settings_from({"HUB_DATABASE_URL": database})
    with open_house(settings) as house, house.office.uow() as work:
        for person in EVERYONE:
            work.people.add(replace(account(person), password=stored))
        work.commit()


@pytest.fixture
def watch() -> Watch:
    """What is wrong with the pages that a test meets."""
    return Watch()


@pytest.fixture
def sit(browser: Browser, watch: Watch) -> Iterator[Sit]:
    """Puts somebody in front of a browser of their own."""
    screens: list[Screen] = []

    def seated(program: Program, *, scripts: bool = True) -> Screen:
        screens.append(Screen(browser, program.address, watch, scripts=scripts))
        return screens[-1]

    yield seated
    for screen in screens:
        screen.close()

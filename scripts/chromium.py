"""The Chromium of the machine, without a window, for the browser tests and the pictures."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium saknas på den här datorn. Kör scripts/install-chromium."
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class NoChromium(Exception):
    """Without a browser nothing is known about the pages."""

    def __init__(self) -> None:
        super().__init__(MISSING)


def executable() -> str:
    """Where Chromium is; NoChromium says how to get it."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoChromium
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a profile of its own, thrown away afterwards."""
    place = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, headless=True, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()

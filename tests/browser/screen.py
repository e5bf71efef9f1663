"""A person in front of a browser: acts by the words on the page; every page met is looked at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    expect,
)

from tests.browser.looking import WIDE, faults_for_all, faults_of, faults_when_narrow

PATIENCE = 60_000
STEP = 15_000
PAUSE = 500


@dataclass
class Watch:
    """What was wrong with any page, and which texts must never stand in a title."""

    secrets: tuple[str, ...] = ()
    faults: list[str] = field(default_factory=list)
    seen: int = 0

    @property
    def report(self) -> str:
        """Every fault once, as a person reads it."""
        return "\n".join(dict.fromkeys(self.faults))

    def note(self, where: str, faults: Iterator[str]) -> None:
        self.faults.extend(f"{where}: {fault}" for fault in faults)


class Screen:
    """One browser of one person."""

    def __init__(self, browser: Browser, address: str, watch: Watch, *, scripts: bool) -> None:
        self._context: BrowserContext = browser.new_context(
            java_script_enabled=scripts, locale="sv-SE", viewport=WIDE
        )
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(STEP)
        self._address = address
        self._watch = watch
        self._scripts = scripts
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._fault(f"script: {error}"))
        self.page.on("response", self._answered)

    def close(self) -> None:
        self._context.close()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def text(self) -> str:
        return " ".join((self.main.text_content() or "").split())

    @property
    def summary(self) -> str:
        """What the page says is wrong, or all of a short page."""
        wrong = self.main.locator(".summary")
        return (wrong if wrong.count() else self.main).first.inner_text()

    def open(self, path: str, *, status: int = 200) -> "Screen":
        answer = self.page.goto(self._address + path)
        return self._arrived(answer, status)

    def log_in(self, username: str, password: str) -> "Screen":
        self.open("/login")
        self.write("Användarnamn", username)
        self.write("Lösenord", password)
        return self.press("Logga in")

    def follow(self, words: str, *, within: Locator | None = None) -> "Screen":
        return self._go((within or self.page).get_by_role("link", name=words).first)

    def press(self, words: str, *, status: int = 200) -> "Screen":
        return self._go(self.page.get_by_role("button", name=words, exact=True), status)

    def write(self, label: str, text: str, *, within: Locator | None = None) -> "Screen":
        self._field(label, within).fill(text)
        return self

    def pick(self, label: str, option: str, *, within: Locator | None = None) -> "Screen":
        self._field(label, within).select_option(label=option)
        return self

    def choose(self, question: str, answer: str, *, within: Locator | None = None) -> "Screen":
        group = (within or self.main).get_by_role("group", name=question, include_hidden=True)
        self._unfold(group.first)
        group.first.get_by_label(_begins(answer)).first.check()
        return self

    def leave_out(self, question: str, answer: str) -> "Screen":
        self.main.get_by_role("group", name=question).get_by_label(_begins(answer)).first.uncheck()
        return self

    def row(self, label: str) -> Locator:
        """The innermost box around the field, with the fields that belong to it."""
        field = self.page.get_by_label(label, exact=True)
        return self.main.locator("div").filter(has=field).filter(has_text="Källa").last

    def standing(self, label: str) -> str:
        """What is already written in the field."""
        return self._field(label, None).input_value()

    def fetch(self, path: str) -> bytes:
        """What a download at that address gives."""
        answer = self._context.request.get(self._address + path)
        assert answer.status == 200, f"{answer.status} at {path}"
        return answer.body()

    def refused(self, path: str) -> str:
        """The whole page that says there is nothing here."""
        self.open(path, status=404)
        return self.page.content()

    def part(self, heading: str) -> Locator:
        """The section with that heading."""
        title = self.page.get_by_role("heading", name=heading, exact=True)
        return self.main.locator("section").filter(has=title)

    def sees(self, *texts: str) -> "Screen":
        for text in texts:
            expect(self.main, f"{text} on {self.path}").to_contain_text(text)
        return self

    def does_not_see(self, text: str) -> "Screen":
        expect(self.main).not_to_contain_text(text)
        return self

    def waits_for(self, text: str, *, at: str) -> "Screen":
        """Opens the page again and again, as one who waits for the clock worker would."""
        until = monotonic() + PATIENCE / 1000
        self.open(at)
        while text not in self.text and monotonic() < until:
            self.page.wait_for_timeout(PAUSE)
            self.page.reload()
        return self.open(at).sees(text)

    def _field(self, label: str, within: Locator | None) -> Locator:
        return (within or self.main).get_by_label(_begins(label)).first

    def _unfold(self, inner: Locator) -> None:
        """Open what the answer lies folded in, as one does: by its summary."""
        folds = self.page.locator("details:not([open])").filter(has=inner)
        for fold in folds.all():
            fold.locator("summary").first.click()

    def _go(self, handle: Locator, status: int = 200) -> "Screen":
        with self.page.expect_navigation() as arriving:
            handle.click()
        return self._arrived(arriving.value, status)

    def _arrived(self, answer: Response | None, status: int) -> "Screen":
        assert answer is not None
        assert answer.status == status, f"{answer.status} at {self.path}: {self.summary}"
        self._watch.seen += 1
        self._watch.note(self.path, faults_of(self.page, self._watch.secrets))
        if self._scripts:
            self._watch.note(self.path, faults_when_narrow(self.page))
            self._watch.note(self.path, faults_for_all(self.page))
        return self

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load" not in message.text:
            self._fault(f"console: {message.text}")

    def _answered(self, answer: Response) -> None:
        """What a page is made of comes from the hub and is there; the page itself is asked for."""
        if not answer.url.startswith(self._address):
            self._fault(f"fetches {answer.url}")
        elif answer.status >= 400 and not answer.request.is_navigation_request():
            self._fault(f"{answer.status} for {answer.url}")

    def _fault(self, text: str) -> None:
        self._watch.faults.append(f"{self.path}: {text}")


def _begins(words: str) -> re.Pattern[str]:
    """Känd is not Inte känd."""
    return re.compile(rf"^\s*{re.escape(words)}")


Sit = Callable[..., Screen]

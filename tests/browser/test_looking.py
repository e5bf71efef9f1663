"""What looks at the pages sees what is wrong with one: every check can fail."""

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.looking import faults_for_all, faults_of, faults_when_narrow
from tests.browser.screen import Screen, Watch

pytestmark = pytest.mark.browser

SOUND = """<!doctype html><html lang="sv"><head><meta charset="utf-8">
<title>Ärende MH-2026-00001 – MASH-hubben</title></head>
<body><main><h1>Ärende</h1><label for="a">Namn</label><input id="a"></main></body></html>"""
BROKEN = {
    "its language": ('lang="sv"', 'lang="en"'),
    "2 headings": ("</main>", "<h1>En till</h1></main>"),
    "0 mains": ("main>", "div>"),
    "without a label": ('for="a"', 'for="b"'),
    "scripts": ("</main>", "<script></script></main>"),
    "its title": (" – MASH-hubben", ""),
    "Vråkberg stands": ("MH-2026-00001", "Elliot Vråkberg"),
}
ADDRESS = "http://127.0.0.1:9"


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page()


def test_a_sound_page_has_no_faults(page: Page) -> None:
    page.set_content(SOUND)

    assert list(faults_of(page, ("Vråkberg",))) == []
    assert list(faults_when_narrow(page)) == []
    assert list(faults_for_all(page)) == []


@pytest.mark.parametrize("told", BROKEN)
def test_each_fault_is_told(page: Page, told: str) -> None:
    page.set_content(SOUND.replace(*BROKEN[told]))

    assert [it for it in faults_of(page, ("Vråkberg",)) if told in it]


def test_what_is_too_wide_is_told_unless_it_scrolls_in_a_box_of_its_own(page: Page) -> None:
    wide = '<p style="width: 900px">Brett</p></main>'
    page.set_content(SOUND.replace("</main>", wide))
    assert [it for it in faults_when_narrow(page) if "Brett" in it]

    page.set_content(SOUND.replace("</main>", f'<div style="overflow: auto">{wide}'))
    assert list(faults_when_narrow(page)) == []


def test_text_that_is_too_pale_is_told(page: Page) -> None:
    page.set_content(SOUND.replace("<h1>", '<h1 style="color: #ccc">'))

    assert [it for it in faults_for_all(page) if it.startswith("color-contrast")]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p style='color: red'>x</p>", "Content Security Policy"),
        ("<img src='/borta.png' alt=''>", "404 for"),
        ("<img src='http://127.0.0.1:8/x.png' alt=''>", "fetches"),
    ],
)
def test_what_the_browser_refuses_or_misses_is_told(
    browser: Browser, watch: Watch, body: str, told: str
) -> None:
    policy = "default-src 'none'; img-src *"

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            headers = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
            route.fulfill(body=SOUND.replace("</main>", f"{body}</main>"), headers=headers)
        else:
            route.fulfill(status=404)

    screen = Screen(browser, ADDRESS, watch, scripts=True)
    screen.page.route("**/*", answer)
    screen.open("/")
    screen.close()

    assert told in watch.report

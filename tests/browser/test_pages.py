"""Every page that each role meets in the demo: whole, labelled, legible, narrow enough."""

import re

import pytest
from playwright.sync_api import expect

from hub.demo.accounts import PASSWORD, PEOPLE
from scripts.running import ROOT
from tests.browser.process import Program
from tests.browser.screen import Screen, Sit, Watch

pytestmark = pytest.mark.browser

ROLES = ("mottagning", "barn", "utredare", "chef", "verksamhetschef", "granskare", "regelansvarig",
         "forvaltare")  # fmt: skip
CHILDREN = re.findall(r"child\(\s*\"(.+?)\"", "".join(
    file.read_text("utf-8") for file in sorted((ROOT / "hub" / "demo").glob("*.py"))
))  # fmt: skip
LEADS = re.compile(r"^/cases/[0-9a-f-]{36}")


def enter(sit: Sit, demo: Program, watch: Watch, username: str) -> Screen:
    watch.secrets = tuple(CHILDREN)
    return sit(demo).log_in(username, PASSWORD)


def paths(screen: Screen, name: str) -> list[str]:
    links = screen.page.get_by_role("navigation", name=name).get_by_role("link").all()
    return [str(it.get_attribute("href")) for it in links]


@pytest.mark.parametrize("username", ROLES)
def test_every_page_in_the_menu_of_every_role_is_sound(
    sit: Sit, demo: Program, watch: Watch, username: str
) -> None:
    assert len(CHILDREN) > 5
    screen = enter(sit, demo, watch, username)
    menu = paths(screen, "Huvudmeny")
    for path in menu:
        screen.open(path)
    assert watch.seen > len(menu)
    assert not watch.faults, watch.report


@pytest.mark.parametrize("username", ["mottagning", "barn", "utredare", "chef"])
def test_every_page_of_a_case_is_sound(
    sit: Sit, demo: Program, watch: Watch, username: str
) -> None:
    screen = enter(sit, demo, watch, username).open("/cases")
    links = screen.main.locator("tbody th a").all()
    cases = [str(it.get_attribute("href")) for it in links]
    assert cases
    for path in paths(screen.open(cases[0]), "Ärendets sidor"):
        screen.open(path)
    assert not watch.faults, watch.report


def test_every_form_of_a_case_is_sound(sit: Sit, demo: Program, watch: Watch) -> None:
    screen = enter(sit, demo, watch, "mottagning").open("/")
    screen.open(str(screen.main.locator("tbody th a").first.get_attribute("href")))
    links = screen.main.get_by_role("link", include_hidden=True).all()
    found = {str(it.get_attribute("href")).split("?")[0] for it in links}
    forms = sorted(path for path in found if LEADS.match(path) and path.startswith(screen.path))
    assert len(forms) > 3
    for path in forms:
        screen.open(path)
    assert not watch.faults, watch.report


def test_a_form_that_was_wrong_says_so_soundly(sit: Sit, demo: Program, watch: Watch) -> None:
    screen = enter(sit, demo, watch, "mottagning").open("/concerns")
    screen.write("Dag", "2026-02-31")
    screen.press("Registrera anmälan", status=422).sees("Datumet finns inte i almanackan.")
    assert screen.page.title().startswith("Fel: ")
    assert not watch.faults, watch.report


def test_a_page_prints_without_what_belongs_to_the_screen(
    sit: Sit, demo: Program, watch: Watch
) -> None:
    screen = enter(sit, demo, watch, "mottagning").open("/cases")
    screen.open(str(screen.main.locator("tbody th a").first.get_attribute("href")) + "/package")
    screen.page.emulate_media(media="print")

    expect(screen.page.get_by_role("navigation", name="Huvudmeny")).to_be_hidden()
    expect(screen.page.get_by_role("heading", level=1)).to_be_visible()
    assert screen.page.pdf().startswith(b"%PDF-")


def test_the_door_is_passed_and_the_content_reached_with_the_keyboard_alone(
    sit: Sit, demo: Program, watch: Watch
) -> None:
    screen = sit(demo).open("/login")
    keys, focused = screen.page.keyboard, screen.page.locator(":focus")

    keys.press("Tab")
    expect(focused).to_have_text("Hoppa till innehållet")
    expect(focused).to_be_in_viewport()
    keys.press("Enter")
    for label, text in (("Användarnamn", "mottagning"), ("Lösenord", PASSWORD)):
        keys.press("Tab")
        expect(screen.page.get_by_label(label)).to_be_focused()
        assert (
            screen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        )
        keys.type(text)
    keys.press("Tab")
    expect(screen.page.get_by_role("button", name="Logga in")).to_be_focused()
    with screen.page.expect_navigation():
        keys.press("Enter")

    keys.press("Tab")
    keys.press("Enter")
    expect(screen.main).to_be_focused()
    keys.press("Tab")
    assert screen.main.locator(":focus").count() == 1
    assert not watch.faults, watch.report


def test_the_readme_starts_what_prints_an_address_and_accounts_that_open_it(
    sit: Sit, demo: Program, watch: Watch
) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "\nmake run\n" in readme
    recipe = re.search(r"^run:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe is not None
    assert "hub demo" in recipe[1]

    address = re.search(r"http://\S+", demo.printed)
    password = re.search(r"lösenordet (\S+)", demo.printed)
    assert address is not None
    assert password is not None
    assert address[0] == demo.address
    for person in PEOPLE:
        assert f"  {person.username} " in demo.printed
    screen = sit(demo)
    screen.page.goto(address[0])
    assert screen.path == "/login"
    assert screen.log_in("mottagning", password[1]).path == "/"
    screen.sees("Att göra nu")
    assert not watch.faults, watch.report

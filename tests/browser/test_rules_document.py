"""The rules as a document in a browser: contents lead there, every rule has a place, it prints."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hub.demo.accounts import PASSWORD
from hub.standalone import rules_html
from tests.browser.looking import faults_for_all, faults_of, faults_when_narrow
from tests.browser.process import Program
from tests.browser.screen import Sit, Watch
from tests.rules import shipped
from workflows.rules_document import rules_document

pytestmark = pytest.mark.browser


def test_the_contents_lead_to_each_chapter_and_the_document_can_be_fetched(
    sit: Sit, demo: Program, watch: Watch
) -> None:
    screen = sit(demo).log_in("regelansvarig", PASSWORD).open("/rules")
    contents = screen.main.get_by_role("navigation", name="Innehåll").get_by_role("link")

    places = [str(link.get_attribute("href")) for link in contents.all()]
    for place in places:
        screen.main.locator(f'nav a[href="{place}"]').click()
        expect(screen.main.locator(place)).to_be_in_viewport()
    assert len(places) > 10
    screen.sees("Ja på ”Är barnet i omedelbar fara just nu?”")
    assert screen.fetch("/rules/document").startswith(b"%PDF-")
    assert not watch.faults, watch.report


def test_a_rule_has_an_address_of_its_own(sit: Sit, demo: Program, watch: Watch) -> None:
    rule = shipped.file().ruleset.rules[-1]
    screen = sit(demo).log_in("regelansvarig", PASSWORD).open(f"/rules#regel-{rule.id}")

    expect(screen.main.get_by_role("heading", name=rule.because)).to_be_in_viewport()
    assert not watch.faults, watch.report


def test_every_page_about_the_rules_is_sound(sit: Sit, demo: Program, watch: Watch) -> None:
    screen = sit(demo).log_in("regelansvarig", PASSWORD).open("/rules")
    tabs = screen.main.get_by_role("navigation", name="Sidor om reglerna").get_by_role("link").all()
    for path in [*(str(tab.get_attribute("href")) for tab in tabs), "/rules/draft"]:
        screen.open(path)
    assert watch.seen > len(tabs) > 1
    assert not watch.faults, watch.report


def test_the_file_for_a_browser_is_sound_without_a_server(browser: Browser, tmp_path: Path) -> None:
    file, kept = shipped.file(), tmp_path / "regler.html"
    kept.write_text(rules_html(rules_document(file.ruleset, file.policy)), "utf-8")
    page = browser.new_page()
    page.goto(kept.as_uri())

    assert list(faults_of(page, ())) == []
    assert list(faults_when_narrow(page)) == []
    assert list(faults_for_all(page)) == []
    assert page.pdf().startswith(b"%PDF-")

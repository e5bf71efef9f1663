"""A threshold the whole way in a real browser: read, tried, changed, compared, approved."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from hub.demo.accounts import PASSWORD
from rules.local_time import STOCKHOLM
from tests.browser.process import Program
from tests.browser.screen import Screen, Sit, Watch

pytestmark = pytest.mark.browser

GROUND = "Nämndens beslut den 10 november."
VIOLENCE = "Finns uppgift om att någon närstående använt våld"


def reads(rule_owner: Screen) -> set[str]:
    """The document; gives every place in it that a link can lead to."""
    rule_owner.open("/rules").sees("Reglerna som gäller nu.")
    return set(rule_owner.main.locator("[id]").evaluate_all("all => all.map(it => it.id)"))


def tries(rule_owner: Screen) -> None:
    """Level, interval and reasons follow the answers."""
    rule_owner.follow("Pröva").sees("Reglerna svarar", "Inget sparas.")
    scale = rule_owner.main.get_by_role("list", name="Nivåerna från lägst till högst")
    expect(scale).to_contain_text(re.compile(r"Orange\s*föreslås.*Röd\s*kan bli", re.DOTALL))
    rule_owner.choose(VIOLENCE, "Ja").press("Visa vad reglerna svarar")
    rule_owner.sees("Okänd ålder räknas som liten.")
    expect(scale).to_contain_text(re.compile(r"Grön\s*utesluten.*Röd\s*föreslås", re.DOTALL))
    rule_owner.write("Barnets ålder", "9").press("Visa vad reglerna svarar")
    expect(scale).to_contain_text(re.compile(r"Orange\s*föreslås.*Röd\s*kan bli", re.DOTALL))
    rule_owner.sees("Därför är nivån orange", "Varför inte lägre")


def changes(rule_owner: Screen, name: str, value: str) -> None:
    row = rule_owner.main.get_by_role("group", name=name)
    rule_owner.write("Tal", value, within=row).write("Därför", GROUND, within=row)


def proposes(rule_owner: Screen) -> str:
    """One number that lowers and one that raises; gives where the proposal is read."""
    rule_owner.follow("Versioner").follow("Skriv ett förslag")
    rule_owner.write("Versionens beteckning", "2027.1")
    rule_owner.write("Varför ändras reglerna?", "En andra anmälan ska räcka.")
    changes(rule_owner, "Litet barn", "5")
    changes(rule_owner, "Upprepade anmälningar", "1")
    rule_owner.press("Lägg fram förslaget", status=422).sees("Exempel som säger tvärtom nu")
    rule_owner.main.get_by_label("Så ska det vara. Flytta exemplen.").check()
    return rule_owner.press("Lägg fram förslaget").sees("Förslaget är framlagt").path


def leads_somewhere(screen: Screen, places: set[str]) -> None:
    """Every rule that is named leads to that rule in the document."""
    links = screen.main.locator("a[href^='/rules#']").evaluate_all(
        "all => all.map(it => it.hash.slice(1))"
    )
    assert links
    assert set(links) <= places


def compares(screen: Screen, places: set[str]) -> None:
    """What is proved, how it differs with the plainest concern for each way, and word for word."""
    screen.sees("Filen är sund", "Både strängare och mildare", "Bevisat för varje tänkbar anmälan")
    screen.sees("Barnets ålder är 5 år.", "Antalet tidigare anmälningar om barnet")
    changed = screen.main.locator("details").filter(has_text="vald-mot-litet-barn ändras")
    changed.locator("summary").click()
    expect(changed.get_by_text("Barnets ålder är under 7 år")).to_be_visible()
    expect(changed.get_by_text("Barnets ålder är under 5 år")).to_be_visible()
    leads_somewhere(screen, places)


def replays(screen: Screen, places: set[str]) -> None:
    """The flows as a picture, and each concern by its case number."""
    screen.follow("Visa vilka anmälningar som hade fått en annan nivå")
    expect(screen.main.get_by_role("img", name=re.compile("Flöden mellan nivåer"))).to_be_visible()
    assert screen.main.locator("svg .raised").count() == 1
    row = screen.main.get_by_role("row").filter(has_text=re.compile(r"MH-\d{4}-\d{5}"))
    expect(row.first).to_contain_text(
        re.compile(r"Grön.*Orange.*tredje-anmalan.*kortare", re.DOTALL)
    )
    leads_somewhere(screen, places)


def approves(manager: Screen, version: str) -> None:
    """Each lowering is ticked by the one who answers for it, and a time is set."""
    when = datetime.now(STOCKHOLM) + timedelta(minutes=30)
    manager.open(version).write("Dag", f"{when:%Y-%m-%d}").write("Klockslag", f"{when:%H.%M}")
    manager.press("Godkänn versionen", status=422).sees("som du inte har bockat för")
    boxes = manager.main.get_by_role("group", name="Det här sänker skyddet.").get_by_role(
        "checkbox"
    )
    assert boxes.count() > 0
    for box in boxes.all():
        box.check()
    manager.press("Godkänn versionen").sees("Versionen är godkänd", "Godkänd och väntar.")
    manager.follow("Alla versioner")
    line = manager.main.get_by_role("row").filter(has_text="2027.1-")
    expect(line).to_contain_text(f"gäller från {when:%Y-%m-%d} kl. {when:%H.%M}")


def test_a_threshold_goes_from_a_thought_to_a_decision_in_a_browser(
    sit: Sit, demo: Program, watch: Watch
) -> None:
    rule_owner = sit(demo).log_in("regelansvarig", PASSWORD)
    places = reads(rule_owner)
    tries(rule_owner)
    version = proposes(rule_owner)
    compares(rule_owner, places)
    rule_owner.does_not_see("Godkänn versionen")
    replays(rule_owner, places)
    rule_owner.open(version).press("Låt versionen gå i skugga").sees("0 klassningar")

    approves(sit(demo).log_in("verksamhetschef", PASSWORD), version)
    assert not watch.faults, watch.report

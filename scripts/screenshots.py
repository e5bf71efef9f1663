"""`make screenshots`: what each role meets in the demo, as pictures in docs/pictures/."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from hub.demo.accounts import PASSWORD
from scripts.chromium import chromium
from scripts.running import ROOT, await_ready, free_port, started

FOLDER = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 900
LARGEST = 250_000

Goes = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Picture:
    """What somebody meets: who, where they go, and how much of it the picture shows."""

    name: str
    who: str
    goes: Goes
    height: int = HEIGHT


class NotNow(Exception):
    """What the picture shows is not there at this hour; the picture from another hour stays."""


def main() -> None:
    """Start the demo from nothing, take every picture, end it."""
    FOLDER.mkdir(exist_ok=True)
    with demo() as address, chromium() as browser:
        for picture in PICTURES:
            try:
                told = f"{take(browser, address, picture) // 1000} kB"
            except NotNow as reason:
                told = f"tas inte om: {reason}"
            print(f"docs/pictures/{picture.name}.png  {told}")


@contextmanager
def demo() -> Iterator[str]:
    """A demo of its own, gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        folder, port = Path(place), free_port()
        address = f"http://127.0.0.1:{port}"
        with started("demo", "--port", str(port), given={}, folder=folder):
            await_ready(address, folder)
            yield address


def take(browser: Browser, address: str, picture: Picture) -> int:
    """One picture by somebody who has just logged in; its size in bytes."""
    context = browser.new_context(
        base_url=address,
        locale="sv-SE",
        viewport=ViewportSize(width=WIDTH, height=picture.height),
    )
    page = context.new_page()
    page.goto("/login")
    if picture.who:
        page.get_by_label("Användarnamn").fill(picture.who)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.get_by_role("button", name="Logga ut").wait_for()
    picture.goes(page)
    file = FOLDER / f"{picture.name}.png"
    taken = page.screenshot(path=file, caret="hide", scale="css")
    context.close()
    if len(taken) > LARGEST:
        raise SystemExit(f"{file.name} är för stor: {len(taken)} byte.")
    return len(taken)


def stays(_page: Page) -> None:
    """The page that one comes to."""


def at(path: str) -> Goes:
    """A page with an address of its own."""

    def goes(page: Page) -> None:
        page.goto(path)

    return goes


def case_of(child: str, below: str = "", *, down_to: str = "") -> Goes:
    """A page of the case of that child."""

    def goes(page: Page) -> None:
        page.goto("/cases")
        row = page.get_by_role("row").filter(has_text=child)
        href = row.locator("th a").first.get_attribute("href")
        page.goto(f"{href}{below}")
        if down_to:
            to_top(page, down_to)

    return goes


def to_top(page: Page, heading: str) -> None:
    """Scroll until the picture begins with that heading."""
    title = page.get_by_role("heading", name=heading).first
    title.evaluate("it => window.scrollTo(0, it.getBoundingClientRect().top + scrollY - 24)")


def registers(page: Page) -> None:
    """A teacher is on the phone, and the child is known since before."""
    case_of("Hugo")(page)
    facts = page.get_by_role("definition")
    number = next(text for text in facts.all_inner_texts() if text[:2] == "20" and "-" in text)
    page.goto("/concerns")
    page.get_by_label("Hur kom den in?").select_option(label="Telefon")
    page.get_by_label("Vem anmäler?").select_option(label="Skola")
    page.get_by_label("Vad berättar anmälaren?").fill(
        "Mentorn ringer: han gråter på rasten och säger att han inte vill hem i helgen."
    )
    page.get_by_label("Namn (om känt)", exact=True).fill("Hugo Rönnbäck")
    page.get_by_label("Personnummer (om känt)").fill(number)
    page.get_by_role("button", name="Visa vad som redan är känt").click()
    to_top(page, "Barn 1")


def answers(page: Page) -> None:
    """The unit that is still silent answers."""
    page.get_by_role("link", name="Svara").first.click()
    page.get_by_role("radio", name="Känd").last.check()
    page.get_by_label("Uppgift 1").fill("Mamman avbröt sin behandling i september.")
    page.get_by_label("Källa").first.fill("Journal, samtal 2 september")
    page.evaluate("window.scrollTo(0, 0)")


def receives(page: Page) -> None:
    """The package that waits for the investigator."""
    page.get_by_role("link", name="Ta emot").first.click()
    page.get_by_role("link", name="Läs hela underlaget").click()


def hands_over(page: Page) -> None:
    """The socialjour's list, which is there only while the office is closed."""
    page.goto("/duty")
    if page.get_by_role("table", name="Att ta över").count() == 0:
        raise NotNow("listan finns bara när kontoret är stängt.")


def certifies(page: Page) -> None:
    """The newest daily statement."""
    page.goto("/statements")
    page.get_by_role("rowheader").get_by_role("link").first.click()


def tries(page: Page) -> None:
    """A made-up concern about violence, where nobody has said how old the child is."""
    page.goto("/rules/trial")
    violence = page.get_by_role("group", name="Finns uppgift om att någon närstående använt våld")
    violence.get_by_label("Ja").check()
    page.get_by_role("button", name="Visa vad reglerna svarar").click()
    to_top(page, "Reglerna svarar")


def drafts(page: Page) -> None:
    """One number that lowers and one that raises; what they overturn is told."""
    page.goto("/rules/draft")
    page.get_by_label("Versionens beteckning").fill("2027.1")
    page.get_by_label("Varför ändras reglerna?").fill("En andra anmälan ska räcka till orange.")
    for name, value in (("Litet barn", "5"), ("Upprepade anmälningar", "1")):
        row = page.get_by_role("group", name=name)
        row.get_by_label("Tal").fill(value)
        row.get_by_label("Därför").fill("Nämndens beslut den 10 november.")
    page.get_by_role("button", name="Lägg fram förslaget").click()


def proposes(page: Page) -> None:
    """The examples are moved, and the version is there to be read."""
    drafts(page)
    page.get_by_label("Så ska det vara. Flytta exemplen.").check()
    page.get_by_role("button", name="Lägg fram förslaget").click()


def proposal(below: str = "", *, down_to: str = "") -> Goes:
    """A page of the version that was proposed in the picture before."""

    def goes(page: Page) -> None:
        page.goto("/rules/versions")
        href = page.get_by_role("link", name="2027.1-").get_attribute("href")
        page.goto(f"{href}{below}")
        if down_to:
            to_top(page, down_to)

    return goes


PICTURES = (
    Picture("inloggning", "", stays),
    Picture("mottagning-start", "mottagning", stays),
    Picture("anmalan", "mottagning", registers, 840),
    Picture("arende", "mottagning", case_of("Melvin"), 1120),
    Picture("skyddade-uppgifter", "mottagning", case_of("Skyddade"), 460),
    Picture("hubbkallelse", "mottagning", case_of("Melvin", "/call"), 760),
    Picture("enhet-start", "vuxen", stays, 620),
    Picture("enhetssvar", "vuxen", answers, 960),
    Picture("hubbmote", "mottagning", case_of("Tuva", "/meeting")),
    Picture("kartlaggning", "mottagning", case_of("Noa", "/hub", down_to="Gemensam kart"), 800),
    Picture("bedomning", "mottagning", case_of("Noa", "/assessment"), 760),
    Picture("beslut", "mottagning", case_of("Noa", "/decision"), 760),
    Picture("utredare-start", "utredare", stays, 520),
    Picture("underlag", "utredare", receives),
    Picture("frister", "chef", at("/deadlines")),
    Picture("fristbrott", "chef", case_of("Noa", "/breaches"), 1060),
    Picture("fristbrotten", "chef", at("/breaches"), 840),
    Picture("frister-i-arende", "utredare", case_of("Edvin", "/clocks"), 880),
    Picture("moten", "chef", at("/meetings"), 700),
    Picture("bevakning", "verksamhetschef", at("/watch"), 620),
    Picture("dagsintyg", "granskare", certifies, 900),
    Picture("socialjour", "socialjour", hands_over, 800),
    Picture("verksamhetschef-start", "verksamhetschef", stays),
    Picture("atkomstlogg", "granskare", at("/access-log"), 620),
    Picture("utskick", "forvaltare", at("/deliveries"), 620),
    Picture("regler", "regelansvarig", at("/rules")),
    Picture("prova-regler", "regelansvarig", tries, 860),
    Picture("regelforslag", "regelansvarig", drafts, 1060),
    Picture("regelversion", "regelansvarig", proposes, 1120),
    Picture("aterspelning", "regelansvarig", proposal("/replay"), 1000),
    Picture("godkann", "verksamhetschef", proposal(down_to="Godkänn"), 640),
    Picture("regelversioner", "verksamhetschef", at("/rules/versions"), 560),
    Picture("uppfoljning", "regelansvarig", at("/rules/drift"), 900),
)


if __name__ == "__main__":
    main()

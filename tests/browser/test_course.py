"""One concern the whole way in a real browser, as each of those who take part."""

import json
import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from rules.local_time import STOCKHOLM
from rules.people import Actor
from tests.browser.process import PASSWORD, Program, said
from tests.browser.screen import Screen, Sit, Watch
from tests.people import BEA, CIA, EKA, MIRA, UTA, VERA

pytestmark = pytest.mark.browser

ELDEST, YOUNGEST = ("Elliot Vråkberg", "20160514-9895"), ("Saga Vråkberg", "20190311-2389")
LATE = "Otto Lomvik"
SECRETS = ("Elliot", "Saga", "Vråkberg", "9895", "2389", "Otto", "Lomvik", "bältet")
TOLD = "Eleven berättar att pappa slog med bältet i går och vågar inte gå hem."
BEFORE = "Insats avslutades i våras sedan föräldrarna tackat nej."
MOTHER = "Mamman bad om stöd för egen del i mars."


def now() -> datetime:
    return datetime.now(STOCKHOLM)


def seat(sit: Sit, program: Program, person: Actor, *, scripts: bool) -> Screen:
    screen = sit(program, scripts=scripts)
    return screen.log_in(person.name.lower(), PASSWORD)


def register_siblings(mira: Screen) -> list[str]:
    """Two children in one report; gives the case of each."""
    received = now() - timedelta(minutes=12)
    mira.open("/concerns")
    mira.write("Dag", f"{received:%Y-%m-%d}").write("Klockslag", f"{received:%H.%M}")
    mira.pick("Hur kom den in?", "Telefon").pick("Vem anmäler?", "Skola")
    mira.write("Vad berättar anmälaren?", TOLD)
    mira.press("Lägg till ett barn till")
    for heading, (name, number) in zip(("Barn 1", "Barn 2"), (ELDEST, YOUNGEST), strict=True):
        child = mira.part(heading)
        mira.write("Namn (om känt)", name, within=child)
        mira.write("Personnummer (om känt)", number, within=child)
        mira.choose("Har barnet skyddade personuppgifter?", "Nej", within=child)
    eldest = mira.part("Barn 1")
    mira.choose("Finns uppgift om att någon närstående använt våld", "Ja", within=eldest)
    mira.choose("Säger barnet att det inte vågar", "Ja", within=eldest)
    mira.press("Registrera anmälan")
    assert mira.heading == "Anmälan är registrerad"
    mira.sees("2 ärenden")
    links = mira.main.get_by_role("heading", level=2).get_by_role("link").all()
    return [str(it.get_attribute("href")) for it in links]


def assess_and_convene(mira: Screen, case: str) -> None:
    mira.open(case).follow("Gör skyddsbedömning")
    mira.choose("Behöver barnet omedelbart skydd?", "Ja")
    mira.write("Skäl", "Färska märken och barnet vågar inte gå hem.")
    mira.write("Skydd som ges nu", "Hämtas av socialjouren och sover hos mormor.")
    mira.press("Spara skyddsbedömningen").sees("Skyddsbedömningen är sparad.")
    mira.sees("Reglerna föreslår röd", "Därför", "vågar inte gå hem")
    mira.follow("Bekräfta nivån").choose("Nivå", "Röd").press("Spara nivån")
    mira.follow("Kalla hubben")
    for unit in ("Barn och familj", "Vuxen och missbruk", "Våld i nära relation"):
        mira.choose("Vilka enheter kallas?", unit)
    for unit in ("Ekonomiskt bistånd", "Ungdom", "Familjerätt"):
        mira.leave_out("Vilka enheter kallas?", unit)
    mira.press("Kalla hubben").sees("Hubben är kallad. Enheterna har fått besked.")


def answer_known(bea: Screen) -> None:
    bea.open("/").follow("Svara").choose("Enhetens svar", "Känd.")
    bea.press("Lägg till en uppgift")
    said = ((BEFORE, "Journal", "Barnet", "Faktum"), (MOTHER, "Samtal", "Sammanhanget", "Faktum"))
    for number, (text, source, about, nature) in enumerate(said, 1):
        row = bea.row(f"Uppgift {number}")
        bea.write(f"Uppgift {number}", text).write("Källa", source, within=row)
        bea.choose("Gäller", about, within=row).choose("Är", nature, within=row)
    bea.press("Lämna svaret").sees("Enhetens svar är sparat.")


def answer_not_known(vera: Screen) -> None:
    vera.open("/").follow("Svara").choose("Enhetens svar", "Inte känd.")
    vera.press("Lämna svaret").sees("Enhetens svar är sparat.")


def meet_and_decide(mira: Screen, case: str) -> None:
    met = now()
    mira.open(f"{case}/meeting").sees("Tysta enheter:", "Våld i nära relation")
    mira.write("Dag", f"{met:%Y-%m-%d}")
    mira.write("Började", f"{met:%H.%M}").write("Slutade", f"{met:%H.%M}")
    mira.write("Vilka var med?", "Mira\nBea\nVera")
    mira.choose("Vilka enheter var med?", "Barn och familj")
    mira.choose("Vilka enheter var med?", "Vuxen och missbruk")
    mira.press("Spara mötet")
    assert mira.heading == "Gemensam kartläggning"
    assert mira.standing("Punkt 1") == BEFORE
    mira.press("Spara kartläggningen")
    assert mira.heading == "Gemensam bedömning"
    mira.choose("Hubbens gemensamma nivå", "Röd").write("Skäl", "Samlad bild av våld i hemmet.")
    mira.press("Spara bedömningen").follow("Fatta beslut")
    mira.choose("Beslut", "Inleda utredning").write("Skäl för beslutet", "Våld av närstående.")
    mira.press("Fatta beslutet").sees("Beslutet är sparat.")
    mira.follow("Lämna över till utredning").press("Lämna över").sees("Underlaget är överlämnat")
    mira.open(f"{case}/hub").sees("Hölls utan svar från: Våld i nära relation.")


def receive_everything(uta: Screen, case: str) -> None:
    uta.open("/").follow("Ta emot").press("Ta emot överlämningen")
    assert uta.heading == "Samlat underlag"
    uta.sees(TOLD, BEFORE, "Källa: Journal", MOTHER, "Källa: Samtal", "Våld av närstående.")
    uta.sees("Färska märken", "Samlad bild av våld i hemmet.")
    package = json.loads(uta.fetch(f"{case}/package.json"))
    assert [it["uppgift"] for it in package["uppgifter"]] == [BEFORE, MOTHER]
    assert uta.fetch(f"{case}/package.pdf").startswith(b"%PDF-")
    assert uta.page.pdf().startswith(b"%PDF-")


def register_late(mira: Screen) -> None:
    """A letter that lay for three days: its clocks started when it came in."""
    received = now() - timedelta(days=3)
    mira.open("/concerns")
    mira.write("Dag", f"{received:%Y-%m-%d}").write("Klockslag", "09.15")
    mira.pick("Hur kom den in?", "Brev").pick("Vem anmäler?", "Anonym")
    mira.write("Vad berättar anmälaren?", "Pojken är ensam ute om kvällarna.")
    mira.write("Namn (om känt)", LATE)
    mira.choose("Har barnet skyddade personuppgifter?", "Nej")
    mira.press("Registrera anmälan")


def explain_breach(cia: Screen, number: str) -> None:
    explain = f"Förklara fristbrottet i {number}"
    cia.waits_for(explain, at="/deadlines").sees("Klassning", "Lokala löften", "Lagens gränser")
    cia.does_not_see(LATE)
    cia.follow(explain)
    cia.pick("Orsak", "Anmälan nådde mottagningen sent").write(
        "Vad hände?", "Brevet låg i fel fack."
    )
    cia.write("Vad görs åt det?", "Facket töms varje morgon.")
    cia.press("Spara förklaringen").sees("Fristbrottet är förklarat.", "Brevet låg i fel fack.")


@pytest.mark.parametrize("scripts", [True, False], ids=["ordinary", "without-javascript"])
def test_a_concern_goes_the_whole_way_in_a_browser(
    sit: Sit, program: Program, watch: Watch, scripts: bool
) -> None:
    watch.secrets = SECRETS
    mira = seat(sit, program, MIRA, scripts=scripts)
    case, _sibling = register_siblings(mira)
    number = mira.open(case).heading.removeprefix("Ärende ")
    assess_and_convene(mira, case)
    bea, vera = (seat(sit, program, it, scripts=scripts) for it in (BEA, VERA))
    answer_known(bea)
    answer_not_known(vera)
    eka = seat(sit, program, EKA, scripts=scripts)
    assert eka.refused(case) == eka.refused(f"/cases/{uuid4()}")
    meet_and_decide(mira, case)
    receive_everything(seat(sit, program, UTA, scripts=scripts), case)
    mira.open(case).follow("Avsluta i hubben").press("Avsluta i hubben")
    mira.sees("Ärendet är avslutat i hubben.")
    assert bea.refused(case) == bea.refused(f"/cases/{uuid4()}")
    cia = seat(sit, program, CIA, scripts=scripts)
    register_late(mira)
    late = mira.main.get_by_role("link", name=re.compile("^MH-")).first.inner_text()
    explain_breach(cia, late)
    assert not watch.faults, watch.report
    mails = program.mailbox.to(f"{BEA.id}@kommun.example")
    assert any(number in said(it) for it in mails)
    assert not [it for it in SECRETS if it.lower() in program.mailbox.text.lower()]

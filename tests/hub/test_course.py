"""One concern the whole way through the pages, as each of those who take part."""

from tests.hub.web import Page, Web
from tests.people import BEA, CIA, MIRA, UNO, UTA


def registered(web: Web) -> Page:
    page = web.as_(MIRA).open("/concerns")
    draft = (
        page.draft()
        .type("Dag", "2026-03-10")
        .type("Klockslag", "8.50")
        .select("Hur kom den in?", "Telefon")
        .select("Vem anmäler?", "Skola")
        .type("Vad berättar anmälaren?", "Eleven säger att pappa slog och vågar inte gå hem.")
        .type("Namn (om känt)", "Elliot Vråkberg")
        .type("Personnummer (om känt)", "20160514-9895")
        .choose("Har barnet skyddade personuppgifter?", "Nej")
        .choose("Finns uppgift om att någon närstående använt våld", "Ja")
        .choose("Säger barnet att det inte vågar", "Ja")
    )
    return draft.press("Registrera anmälan")


def test_a_concern_goes_the_whole_way_through_the_pages(web: Web) -> None:
    page = registered(web)
    assert page.status == 200
    assert "MH-2026-00001" in page.text
    assert "Röd" in page.text

    page = page.follow("Gör skyddsbedömning").draft()
    page = (
        page.choose("Behöver barnet omedelbart skydd?", "Ja")
        .type("Skäl", "Färska märken.")
        .type("Skydd som ges nu", "Hämtas av jouren.")
        .press("Spara skyddsbedömningen")
    )
    assert "Skyddsbedömningen är sparad." in page.text
    assert "Därför" in page.text

    page = page.follow("Bekräfta nivån").draft().choose("Nivå", "Röd").press("Spara nivån")
    page = page.follow("Kalla hubben")
    page = page.draft().press("Kalla hubben")
    assert "Hubben är kallad" in page.text
    case = page.path.removesuffix("/hub")

    answer = web.as_(BEA).open("/").follow("Svara").draft()
    answer = (
        answer.choose("Enhetens svar", "Känd")
        .type("Uppgift 1", "Tidigare insats avslutad 2025.")
        .type("Källa", "Journal")
        .choose("Gäller", "Barnet")
        .choose("Är", "Faktum")
        .press("Lämna svaret")
    )
    assert "Enhetens svar är sparat." in answer.text
    other = web.as_(UNO).open(case).follow("Svara för enheten").draft()
    assert "Inte känd" in other.choose("Enhetens svar", "Inte känd").press("Lämna svaret").text

    web.world.clock.forward(hours=2)
    mira = web.as_(MIRA)
    meeting = mira.open(f"{case}/meeting").draft()
    meeting = (
        meeting.type("Dag", "2026-03-10")
        .type("Började", "10.00")
        .type("Slutade", "10.30")
        .type("Vilka var med?", "Mira\nBea\nUno")
        .choose("Vilka enheter var med?", "Barn och familj")
        .press("Spara mötet")
    )
    assert meeting.heading == "Gemensam kartläggning"
    assert "Tidigare insats avslutad 2025." in meeting.text

    page = meeting.draft().press("Spara kartläggningen")
    assert page.heading == "Gemensam bedömning"
    page = page.draft().choose("Hubbens gemensamma nivå", "Röd").type("Skäl", "Samlad bild.")
    after = page.press("Spara bedömningen")
    page = after.follow("Fatta beslut").draft().choose("Beslut", "Inleda utredning")
    after = page.type("Skäl för beslutet", "Våld av närstående.").press("Fatta beslutet")
    assert "Beslutet är sparat." in after.text
    after = after.follow("Lämna över till utredning").draft().press("Lämna över")
    assert "Underlaget är överlämnat" in after.text

    uta = web.as_(UTA).open("/").follow("Ta emot")
    uta = uta.draft().press("Ta emot överlämningen")
    assert uta.heading == "Samlat underlag"
    assert "Tidigare insats avslutad 2025." in uta.text
    assert "Källa: Journal" in uta.text

    board = web.as_(CIA).open("/deadlines")
    assert "MH-2026-00001" in board.text

"""The steps of a course as people take them on the pages; each gives the page that comes after."""

from tests.hub.web import Page, Visitor, Web
from tests.people import MIRA, UTA

TEXT = "Eleven säger att pappa slog och vågar inte gå hem."


def register(web: Web, *, protected: str = "Nej") -> Page:
    draft = web.as_(MIRA).open("/concerns").draft()
    draft.type("Dag", "2026-03-10").type("Klockslag", "8.50")
    draft.select("Hur kom den in?", "Telefon").select("Vem anmäler?", "Skola")
    draft.type("Vad berättar anmälaren?", TEXT)
    draft.type("Namn (om känt)", "Elliot Vråkberg").type("Personnummer", "20160514-9895")
    draft.choose("Har barnet skyddade personuppgifter?", protected)
    draft.choose("Finns uppgift om att någon närstående använt våld", "Ja")
    draft.choose("Säger barnet att det inte vågar", "Ja")
    return draft.press("Registrera anmälan")


def protect(page: Page) -> Page:
    draft = page.follow("Gör skyddsbedömning").draft()
    draft.choose("Behöver barnet omedelbart skydd?", "Ja").type("Skäl", "Färska märken.")
    return draft.type("Skydd som ges nu", "Jouren hämtar.").press("Spara skyddsbedömningen")


def confirm(page: Page) -> Page:
    draft = page.follow("Bekräfta nivån").draft()
    return draft.choose("Nivå", "Röd").press("Spara nivån")


def call(page: Page) -> Page:
    return page.follow("Kalla hubben").draft().press("Kalla hubben")


def answer_known(visitor: Visitor, text: str = "Tidigare insats avslutad 2025.") -> Page:
    draft = visitor.open("/").follow("Svara").draft()
    draft.choose("Enhetens svar", "Känd").type("Uppgift 1", text).type("Källa", "Journal")
    return draft.choose("Gäller", "Barnet").choose("Är", "Faktum").press("Lämna svaret")


def answer_not_known(visitor: Visitor) -> Page:
    draft = visitor.open("/").follow("Svara").draft()
    return draft.choose("Enhetens svar", "Inte känd").press("Lämna svaret")


def hold(visitor: Visitor, case: str) -> Page:
    draft = visitor.open(f"{case}/meeting").draft()
    draft.type("Dag", "2026-03-10").type("Började", "11.00").type("Slutade", "11.30")
    draft.type("Vilka var med?", "Mira\nBea\nUno")
    draft.choose("Vilka enheter var med?", "Barn och familj")
    return draft.press("Spara mötet")


def assess(page: Page) -> Page:
    draft = page.draft().choose("Hubbens gemensamma nivå", "Röd").type("Skäl", "Samlad bild.")
    draft.type("Namn", "Uno").type("Mening", "Borde vara orange.")
    return draft.press("Spara bedömningen")


def decide(page: Page) -> Page:
    draft = page.follow("Fatta beslut").draft().choose("Beslut", "Inleda utredning")
    return draft.type("Skäl för beslutet", "Våld av närstående.").press("Fatta beslutet")


def hand_over(page: Page) -> Page:
    return page.follow("Lämna över till utredning").draft().press("Lämna över")


def receive(web: Web) -> Page:
    return web.as_(UTA).open("/").follow("Ta emot").draft().press("Ta emot överlämningen")


def called(web: Web) -> Page:
    """A case whose hub has been called; its hub page."""
    return call(confirm(protect(register(web))))


def decided(web: Web) -> Page:
    """The whole way to a decision, with one unit silent."""
    case = called(web).path.removesuffix("/hub")
    web.world.clock.forward(hours=3)
    page = hold(web.as_(MIRA), case)
    return decide(assess(page.draft().press("Spara kartläggningen")))

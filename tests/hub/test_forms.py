"""What is typed: kept when it is refused, named fault by fault, and never lost or half-written."""

from dataclasses import replace

import pytest

from hub.app import create_app
from rules.language.ruleset import RuleSet
from tests.hub import acts
from tests.hub.web import Draft, Page, Web, desk, enter
from tests.people import BEA, MIRA, NORA

SCRIPT = '<script>alert("x")</script>'


def filled(web: Web) -> Draft:
    draft = web.as_(MIRA).open("/concerns").draft()
    draft.type("Dag", "2026-03-10").type("Klockslag", "8.50")
    draft.select("Hur kom den in?", "Telefon").select("Vem anmäler?", "Skola")
    return draft.type("Vad berättar anmälaren?", "En berättelse.")


def faults(page: Page) -> list[str]:
    summary = next(it for it in page.main.every("section") if it.attrs.get("class") == "summary")
    return [link.text for link in summary.every("a")]


def test_an_empty_form_names_every_fault_first_on_the_page_and_at_its_field(web: Web) -> None:
    page = web.as_(MIRA).open("/concerns").draft().press("Registrera anmälan")

    assert page.status == 422
    assert page.title.startswith("Fel: ")
    assert faults(page) == [
        "Välj hur anmälan kom in.",
        "Välj vem som anmäler.",
        "Skriv vad anmälaren berättar.",
    ]
    for sentence in faults(page):
        assert page.text.count(sentence) == 2
    ids = {it.attrs.get("id") for it in page.root.every()}
    links = [it.attrs["href"] for it in page.main.every("a") if it.attrs["href"].startswith("#")]
    assert {href[1:] for href in links} <= ids


@pytest.mark.parametrize(
    ("label", "typed", "sentence"),
    [
        ("Dag", "2026-02-31", "Datumet finns inte i almanackan."),
        ("Dag", "i går", "Skriv datumet som ÅÅÅÅ-MM-DD."),
        ("Dag", "2026-03-11", "Inkommen kan inte ligga i framtiden."),
        ("Klockslag", "25.00", "Klockslaget finns inte; skriv 00.00 till 23.59."),
        ("Personnummer", "20160514-9894", "Personnumrets kontrollsiffra stämmer inte."),
        ("Personnummer", "tolv", "Personnumret ska skrivas ÅÅÅÅMMDD-NNNN."),
        ("Födelsedatum", "2027-01-01", "Födelsedatumet ligger efter den dag anmälan kom in."),
    ],
)
def test_a_wrong_value_is_told_in_a_sentence_and_kept(
    web: Web, label: str, typed: str, sentence: str
) -> None:
    page = filled(web).type(label, typed).press("Registrera anmälan")

    assert page.status == 422
    assert sentence in faults(page)
    assert "En berättelse." in page.text
    assert typed in [it.attrs.get("value") for it in page.root.every("input")]
    assert web.world.store.journal == {}


def test_a_concern_is_never_received_in_an_hour_that_the_night_lacked(web: Web) -> None:
    draft = filled(web).type("Dag", "2025-03-30").type("Klockslag", "02.30")
    page = draft.press("Registrera anmälan")

    assert page.status == 422
    (sentence,) = faults(page)
    assert sentence.startswith("Klockan 02.30 finns inte 2025-03-30:")
    assert web.world.store.journal == {}


@pytest.mark.parametrize(
    ("hour", "shown"), [("02.30", "02.30 sommartid"), ("02.30 vintertid", "02.30 vintertid")]
)
def test_a_doubled_hour_is_shown_as_it_was_understood(web: Web, hour: str, shown: str) -> None:
    draft = filled(web).type("Dag", "2025-10-26").type("Klockslag", hour)
    page = draft.press("Registrera anmälan")
    (case,) = web.world.store.journal
    chronology = web.as_(MIRA).open(f"/cases/{case}")

    assert page.status == 200
    assert f"2025-10-26 kl. {shown}" in chronology.text


def test_a_text_of_blanks_is_no_text(web: Web) -> None:
    page = filled(web).type("Vad berättar anmälaren?", "  ").press("Registrera anmälan")

    assert faults(page) == ["Skriv vad anmälaren berättar."]


def test_a_second_child_is_added_and_taken_away_without_losing_what_was_typed(web: Web) -> None:
    page = filled(web).type("Namn (om känt)", "Ett").press("Lägg till ett barn till")
    assert "Barn 2" in page.text
    assert "En berättelse." in page.text

    page = page.draft().type("Namn (om känt)", "Två", nth=2).press("Lägg till ett barn till")
    page = page.draft().press("Ta bort barn 1")
    names = [it.attrs["value"] for it in page.root.every("input") if "barn" not in it.attrs]
    assert "Två" in names
    assert "Ett" not in names

    done = page.draft().press("Registrera anmälan")
    assert "2 ärenden, ett för varje barn" in done.text


def test_siblings_and_answers_are_kept_with_their_child(web: Web) -> None:
    draft = filled(web).type("Syskon 1, namn", "Lilla").choose("Är barnet försvunnet", "Okänt")
    page = draft.press("Lägg till ett barn till").draft().press("Registrera anmälan")

    case = page.follow("Öppna ärendet")

    assert "Syskon som nämns: Lilla" in case.text


def test_who_said_it_is_the_reporter_unless_another_is_chosen(web: Web) -> None:
    draft = filled(web).choose("Är barnet i omedelbar fara", "Nej")
    draft.select("Sagt av", "Barnet självt")

    page = draft.press("Registrera anmälan").follow("Öppna ärendet")

    assert "Ett nej behöver bekräftas av någon mer än barnet och vårdnadshavarna" in page.text


def test_what_the_intake_knows_is_going_on_reaches_the_rules(web: Web) -> None:
    draft = filled(web).tick("Utredning om barnet pågår")
    draft.tick("Ett syskon eller annat barn i hushållet").press("Registrera anmälan")

    (registered,) = [it for it in web.world.store.events if it.kind == "registered"]
    assert registered.facts["pagaende_utredning"] is True
    assert registered.facts["syskon_aktuella"] is True
    assert registered.facts["pagaende_insats"] is False


def test_nothing_is_chosen_beforehand_where_something_is_decided(web: Web) -> None:
    page = acts.confirm(acts.protect(acts.register(web)))
    for noun in ("protection", "level", "decision", "notes", "requests"):
        step = page.visitor.open(f"{page.path}/{noun}")
        radios = [it for it in step.root.every("input") if it.attrs.get("type") == "radio"]
        assert radios
        assert not [it for it in radios if "checked" in it.attrs]


def test_protected_identity_starts_as_unknown(web: Web) -> None:
    page = web.as_(MIRA).open("/concerns")

    chosen = [it for it in page.root.every("input") if "checked" in it.attrs]

    assert [it.attrs["value"] for it in chosen] == ["okant"]


def test_a_refused_step_keeps_what_was_typed_and_tells_the_law(web: Web) -> None:
    page = acts.register(web).follow("Öppna ärendet")

    level = page.visitor.open(f"{page.path}/level").draft()
    refused = level.choose("Nivå", "Röd").type("Skäl", "Mitt skäl.").press("Spara nivån")

    assert refused.status == 409
    assert refused.title.startswith("Fel: ")
    assert "skyddsbedömningen ska vara gjord" in refused.text
    assert "(SoL 20:1)" in refused.text
    assert "Mitt skäl." in refused.text


def test_a_decision_on_what_one_has_not_read_is_shown_again_with_the_new(web: Web) -> None:
    page = acts.confirm(acts.protect(acts.register(web)))
    mine = page.follow("Fatta beslut").draft()
    mine.choose("Beslut", "Inleda utredning").type("Skäl för beslutet", "Mina skäl.")
    note = web.as_(NORA).open(f"{page.path}/notes").draft().choose("Vad är det?", "Anteckning")
    note.type("Text", "Nytt samtal.").press("Spara")

    stale = mine.press("Fatta beslutet")

    assert stale.status == 409
    assert "ändrades av någon annan" in stale.text
    assert "Mina skäl." in stale.text
    assert "Nytt sedan du öppnade sidan" in stale.text
    assert "Nora: Anteckning Nytt samtal." in stale.text
    again = stale.draft().type("Varför beslutas utan hubben?", "Bråttom.")
    assert "Beslutet är sparat." in again.press("Fatta beslutet").text


def test_an_added_row_does_not_hide_what_another_has_written_meanwhile(web: Web) -> None:
    case = acts.called(web).path.removesuffix("/hub")
    web.world.clock.forward(hours=3)
    mine = acts.hold(web.as_(MIRA), case)
    other = web.as_(NORA).open(f"{case}/mapping").draft()
    other.type("Punkt 1", "Noras punkt.").press("Spara kartläggningen")

    grown = mine.draft().type("Punkt 1", "Miras punkt.").press("Lägg till en punkt")
    stale = grown.draft().press("Spara kartläggningen")

    assert grown.status == 200
    assert stale.status == 409
    for words in ("Noras punkt.", "Miras punkt.", "Kartläggningen som den är sparad nu"):
        assert words in stale.text
    assert stale.draft().press("Spara kartläggningen").heading == "Gemensam bedömning"


def test_two_decisions_at_once_give_one(web: Web) -> None:
    page = acts.confirm(acts.protect(acts.register(web)))
    drafts = [
        web.as_(person)
        .open(f"{page.path}/decision")
        .draft()
        .choose("Beslut", "Inleda utredning")
        .type("Skäl för beslutet", "Skäl.")
        .type("Varför beslutas utan hubben?", "Bråttom.")
        for person in (MIRA, NORA)
    ]

    first, second = (draft.press("Fatta beslutet") for draft in drafts)

    assert first.status == 200
    assert second.status == 409
    assert [event.kind for event in web.world.store.events].count("decided") == 1


def test_a_known_answer_without_a_source_is_asked_for_it_and_keeps_the_text(web: Web) -> None:
    acts.called(web)
    draft = web.as_(BEA).open("/").follow("Svara").draft().choose("Enhetens svar", "Känd")

    page = draft.type("Uppgift 1", "Något viktigt.").press("Lämna svaret")

    assert page.status == 422
    assert "Välj om uppgiften gäller barnet eller sammanhanget." in faults(page)
    assert "Något viktigt." in page.text


def test_one_more_row_keeps_the_first(web: Web) -> None:
    acts.called(web)
    draft = web.as_(BEA).open("/").follow("Svara").draft().type("Uppgift 1", "Det första.")

    page = draft.press("Lägg till en uppgift")

    assert page.status == 200
    assert "Det första." in page.text
    assert "Uppgift 2" in page.text


def test_what_somebody_writes_is_text_and_never_markup(web: Web) -> None:
    page = filled(web).type("Vad berättar anmälaren?", SCRIPT).type("Namn (om känt)", SCRIPT)
    case = page.press("Registrera anmälan").follow("Öppna ärendet")

    for below in ("", "/chronology", "/package"):
        html = case.visitor.open(case.path + below).response.text
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_a_store_that_is_away_says_that_nothing_is_saved(web: Web) -> None:
    client = enter(web, MIRA)
    web.world.store.away = True

    answer = client.get("/")

    assert answer.status_code == 503
    assert "Inget är sparat" in answer.text
    assert answer.headers["content-security-policy"]


def broken() -> RuleSet:
    raise ZeroDivisionError("Elliot Vråkberg")


def test_a_defect_tells_a_number_and_nothing_else(web: Web) -> None:
    web.app = create_app(replace(desk(web.world), instrument=broken))

    answer = enter(web, MIRA).get("/rules")

    assert answer.status_code == 500
    assert "Felet är antecknat" in answer.text
    assert "ZeroDivision" not in answer.text
    assert "Vråkberg" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]

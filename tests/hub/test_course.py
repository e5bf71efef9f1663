"""One concern the whole way through the pages, as each of those who take part."""

from tests.hub import acts
from tests.hub.web import Page, Web
from tests.people import BEA, CIA, MIRA, NORA, UNO, VIVI


def test_registering_shows_the_case_number_the_level_and_what_was_known_before(web: Web) -> None:
    first = acts.register(web)
    second = acts.register(web)

    assert "MH-2026-00001" in first.text
    assert "Röd föreslagen" in first.text
    assert "Inga tidigare anmälningar" in first.text
    assert "1 tidigare om barnet inom 12 månader" in second.text
    assert "MH-2026-00001" in second.table("Redan känt").text


def test_what_is_known_of_a_child_is_shown_while_registering_and_nothing_is_written(
    web: Web,
) -> None:
    acts.register(web)
    before = len(web.world.store.events)
    draft = web.as_(MIRA).open("/concerns").draft().type("Personnummer", "160514-9895")

    page = draft.type("Vad berättar anmälaren?", "Halva.").press(
        "Visa vad som redan är känt om barn 1"
    )

    assert "MH-2026-00001" in page.table("Redan känt").text
    assert "Halva." in page.text
    assert len(web.world.store.events) == before
    last = max(web.world.store.access.items())[1]
    assert last.detail == "uppslag inför registrering"


def test_the_case_page_says_the_level_with_its_reasons_and_what_to_ask_next(web: Web) -> None:
    page = acts.protect(acts.register(web))

    assert "Skyddsbedömningen är sparad." in page.text
    assert "Reglerna föreslår röd" in page.text
    assert "Därför" in page.text
    assert "Barnet behöver omedelbart skydd" in page.text


def test_a_confirmed_red_case_has_its_hub_called_with_a_time_and_a_reason_for_it(web: Web) -> None:
    form = acts.confirm(acts.protect(acts.register(web))).follow("Kalla hubben")

    assert "Beslut är utlovat till tisdag 2026-03-10 kl. 12.50" in form.text
    page = form.draft().press("Kalla hubben")
    assert "Hubben är kallad" in page.text
    assert "0 av 6 enheter har svarat" in page.text


def test_units_answer_and_silent_ones_are_shown_by_name(web: Web) -> None:
    hub = acts.called(web)

    answered = acts.answer_known(web.as_(BEA))
    acts.answer_not_known(web.as_(UNO))

    assert "Enhetens svar är sparat." in answered.text
    page = web.as_(MIRA).open(hub.path)
    assert "Tysta enheter: Vuxen och missbruk, Våld i nära relation" in page.text
    assert "Tidigare insats avslutad 2025." in page.text
    assert "Källa: Journal. Faktum om barnet." in page.text
    assert "Inte känd Intygat av Uno, 2026-03-10 kl. 09.00." in page.text


def test_the_mapping_starts_from_what_the_units_have_said_and_what_is_unknown(web: Web) -> None:
    case = acts.called(web).path.removesuffix("/hub")
    acts.answer_known(web.as_(BEA))
    web.world.clock.forward(hours=3)

    page = acts.hold(web.as_(MIRA), case)

    assert page.heading == "Gemensam kartläggning"
    assert "Tidigare insats avslutad 2025." in page.text
    assert "Ungdom har inte svarat." in page.text
    kept = page.draft().press("Spara kartläggningen")
    assert kept.heading == "Gemensam bedömning"


def test_the_investigator_receives_everything_with_its_source(web: Web) -> None:
    after = acts.hand_over(acts.decided(web))
    assert "Underlaget är överlämnat" in after.text

    page = acts.receive(web)

    assert page.heading == "Samlat underlag"
    for words in (acts.TEXT, "Färska märken.", "Skiljaktig: Uno", "Våld av närstående.", "Deltog"):
        assert words in page.text
    pdf = page.visitor.client.get(f"{page.path}.pdf")
    assert pdf.content[:5] == b"%PDF-"
    assert page.visitor.client.get(f"{page.path}.json").json()["arende"] == "MH-2026-00001"


def test_the_investigator_informs_those_concerned_and_concludes(web: Web) -> None:
    acts.hand_over(acts.decided(web))
    page = acts.receive(web).follow("Översikt")

    draft = page.follow("Informera berörda").draft()
    page = draft.type("Vilka har informerats", "Mamman, per telefon.").press("Spara")
    draft = page.follow("Avsluta utredningen").draft()
    page = draft.type("Vad ledde utredningen till?", "Insats.").press("Avsluta utredningen")

    assert "Utredningen är avslutad." in page.text


def test_a_lowering_waits_for_a_second_person(web: Web) -> None:
    page = acts.protect(acts.register(web))
    draft = page.follow("Bekräfta nivån").draft().choose("Nivå", "Orange")
    page = draft.type("Skäl", "Barnet är i säkerhet.").press("Spara nivån")
    assert "Sänkning till orange är föreslagen av Mira" in page.text

    own = page.follow("Pröva föreslagen sänkning").draft()
    refused = own.choose("Godkänner du sänkningen?", "Ja").press("Spara")
    assert refused.status == 409
    assert "prövas av en annan person" in refused.text

    other = web.as_(NORA).open(f"{page.path}/lowering").draft()
    done = other.choose("Godkänner du sänkningen?", "Ja").press("Spara")
    assert "Orange bekräftad" in next(done.root.every("dl")).text


def test_a_request_to_the_school_is_refused_with_rule_law_and_what_opens(web: Web) -> None:
    page = acts.protect(acts.register(web)).follow("Hämta eller lämna uppgifter")

    draft = page.draft().choose("Vad gäller det?", "Hämta").select("Part", "Skola")
    refused = draft.type("Vad efterfrågas", "Frånvaro i höst.").press("Spara begäran")

    assert refused.status == 409
    for words in ("Det finns ett problem", "hamta-under-forhandsbedomning", "SoL 20", "Inled"):
        assert words in refused.text
    assert "Frånvaro i höst." in refused.text
    assert "Spärrat" in refused.follow("Händelser").text


def test_an_open_investigation_asks_the_school_and_keeps_its_answer(web: Web) -> None:
    page = acts.decided(web).follow("Hämta eller lämna uppgifter")
    draft = page.draft().choose("Vad gäller det?", "Hämta").select("Part", "Skola")
    page = draft.type("Vad efterfrågas", "Frånvaro i höst.").press("Spara begäran")
    assert "Inget svar ännu." in page.text

    draft = page.follow("Skriv in ett svar").draft().type("Uppgift 1", "Tolv dagar.")
    draft.type("Källa", "Rektor").choose("Gäller", "Barnet").choose("Är", "Faktum")
    page = draft.press("Spara svaret")

    assert "Tolv dagar. Källa: Rektor." in page.text


def test_the_reporter_hears_only_what_the_law_allows(web: Web) -> None:
    page = acts.decided(web).follow("Återkoppla till anmälaren")
    assert "En utredning har inletts." in page.text

    page = page.draft().type("Hur lämnades", "Telefon till rektor.").press("Spara återkopplingen")

    assert "Återkopplingen är antecknad." in page.text


def test_a_case_is_closed_when_nothing_is_left_to_do(web: Web) -> None:
    page = acts.hand_over(acts.decided(web))
    early = page.follow("Avsluta i hubben")
    assert "överlämningen är inte mottagen" in early.text
    assert early.draft().press("Avsluta i hubben").status == 409
    acts.receive(web)
    unexplained = early.draft().press("Avsluta i hubben")
    assert "Oförklarade fristbrott: Enhetssvar" in unexplained.text
    explain_all(web)

    page = early.draft().press("Avsluta i hubben")

    assert "Ärendet är avslutat i hubben." in page.text
    assert web.as_(BEA).open(page.path).status == 404


def explain_all(web: Web) -> None:
    """The intake's chef goes through the ledger until nothing waits in it."""
    page = web.as_(CIA).open("/breaches")
    while any(text.startswith("Förklara") for text in page.links()):
        draft = page.follow("Förklara").draft().select("Orsak", "En enhet svarade inte i tid")
        draft.type("Vad hände?", "Sent.").type("Vad görs åt det?", "Påminns.")
        page = draft.press("Spara förklaringen")


def breached(web: Web) -> Page:
    page = acts.register(web)
    web.sweep(hours=1)
    return page


def test_a_chef_sees_a_breach_and_explains_it(web: Web) -> None:
    breached(web)
    page = web.as_(CIA).open("/deadlines")
    assert "bröts 2026-03-10 kl. 09.20 för 40 min sedan" in page.table("Brutna frister").text

    draft = page.follow("Förklara").draft().select("Orsak", "Ingen på plats kunde ta ärendet")
    draft.type("Vad hände?", "Sjukdom.").type("Vad görs åt det?", "Vikarie i eftermiddag.")
    page = draft.type("Dag", "2026-03-10").type("Klockslag", "15.00").press("Spara förklaringen")

    assert "Fristbrottet är förklarat." in page.text
    assert "Ingen på plats" in page.table("Fristbrott efter orsak").text
    assert (
        "Ny tid: 2026-03-10 kl. 15.00, löper." in page.table("Fristbrott, oförklarade först").text
    )


def test_the_highest_chef_sees_numbers_and_explains_without_content(web: Web) -> None:
    breached(web)
    page = web.as_(VIVI).open("/deadlines")

    assert "MH-2026-00001" in page.text
    assert "Vråkberg" not in page.response.text
    form = page.follow("Förklara")
    assert form.status == 200
    assert "Vråkberg" not in form.response.text
    assert "MH-2026-00001" not in page.links()


def test_a_note_is_added_and_nothing_is_overwritten(web: Web) -> None:
    page = acts.protect(acts.register(web)).follow("Skriv en anteckning")

    draft = page.draft().choose("Vad är det?", "Rättelse").type("Gäller händelse", "1")
    page = draft.type("Text", "Det var i torsdags.").press("Spara")

    assert "Rättelse till händelse 1" in page.text
    assert "Det var i torsdags." in page.text


def test_a_deputy_answers_for_the_unit(web: Web) -> None:
    hub = acts.called(web)
    draft = hub.follow("Utse ersättare").draft().select("Enhet", "Ungdom")
    page = draft.select("Ersättare", "Bea, Barn och familj").press("Utse ersättaren")
    assert "Ersättare: Bea" in page.text

    start = web.as_(BEA).open("/")

    assert "Ungdom" in start.table("Väntar på oss").text


def test_new_answers_run_the_rules_again(web: Web) -> None:
    page = acts.protect(acts.register(web)).follow("Besvara fler frågor")

    draft = page.draft().select("Vem har svarat?", "Barnet självt")
    page = draft.choose("Är barnet i omedelbar fara", "Nej").press("Spara svaren")

    assert "reglerna har körts på nytt" in page.text
    assert "Barnet har svarat nej på frågan ”Är barnet i omedelbar fara just nu?”." in page.text
    assert "Ett nej behöver bekräftas av någon mer än barnet" in page.text


def test_why_the_level_is_no_other_can_be_folded_out_on_the_case_and_in_the_package(
    web: Web,
) -> None:
    page = acts.protect(acts.register(web))

    assert "är besvarad med ja av skolan" in page.text
    for seen in (page, page.visitor.open(f"{page.path}/package")):
        assert "Varför inte lägre" in seen.text
        assert "hade besvarats med nej i stället för ja." in seen.text

"""The pages of meetings and absences, as people use them."""

import pytest

from tests.hub import acts
from tests.hub.web import Page, Web
from tests.people import BEA, CALLE, MIRA, VERA, VIVI

NUMBER = "MH-2026-00001"


@pytest.fixture(name="web")
def with_people() -> Web:
    return Web()


def set_away(page: Page, *, who: str = "", deputy: str = "Ingen", until: str = "23.00") -> Page:
    draft = page.draft()
    if who:
        draft.select("Vem är borta?", who)
    draft.type("Till dag", "2026-03-10").type("Till klockslag", until)
    return draft.select("Stående ersättare", deputy).press("Spara frånvaron")


def test_the_call_shows_the_room_and_a_moved_meeting_says_so(web: Web) -> None:
    hub = acts.called(web)
    assert "Hubbrum 1" in hub.text

    draft = hub.follow("Flytta mötet").draft()
    draft.choose("När möts hubben?", "En annan tid")
    draft.type("Dag", "2026-03-10").type("Klockslag", "11.20")
    moved = draft.type("Varför flyttas mötet?", "Två enheter hann inte.").press("Flytta mötet")

    assert "Mötet är flyttat. Enheterna har fått besked." in moved.text
    assert "2026-03-10 kl. 11.20" in moved.text
    assert "Två enheter hann inte." in moved.text


def test_a_move_without_a_reason_is_asked_for_one(web: Web) -> None:
    page = acts.called(web).follow("Flytta mötet").draft()

    refused = page.choose("När möts hubben?", "En annan tid").press("Flytta mötet")
    assert "Skriv både dag och klockslag för mötet." in refused.text
    draft = refused.draft().type("Klockslag", "12.00")
    assert "varför mötet flyttas" in draft.press("Flytta mötet").text


def test_meetings_are_listed_by_number_and_room_with_a_link_for_those_who_may_open(
    web: Web,
) -> None:
    acts.called(web)

    mine = web.as_(MIRA).open("/meetings")
    highest = web.as_(VIVI).open("/meetings")

    assert mine.table("I dag, tisdag 10 mars").text.endswith("Hubbrum 1 Anslut till Hubbrum 1")
    assert NUMBER in mine.links()
    assert NUMBER in highest.text
    assert NUMBER not in highest.links()
    assert "Vråkberg" not in mine.text
    assert "Röd inkommen kl. 00.00–06.00 och 21.00–24.00, varje dag" in mine.text


def test_a_tight_day_is_told_with_its_hours_and_why(web: Web) -> None:
    set_away(web.as_(MIRA).open("/absences"), who="Bea, Barn och familj")

    table = web.as_(CALLE).open("/meetings").table("Trånga dagar")

    assert "I dag, tisdag 10 mars" in table.text
    assert "kan ingen från Barn och familj vara med" in table.text
    assert "Bea" not in table.text


def test_a_person_writes_their_own_absence_and_comes_back(web: Web) -> None:
    bea = web.as_(BEA)
    kept = set_away(bea.open("/").follow("Frånvaro"), deputy="Vera, Vuxen och missbruk")

    assert "Frånvaron är sparad." in kept.text
    assert "Vera" in kept.table("Borta nu eller snart").text
    back = kept.draft().press("Är tillbaka Bea")
    assert "Frånvaron är avslutad." in back.text
    assert "Ingen är borta." in back.text


def test_an_absence_that_ends_before_it_begins_is_told_where_it_stands(web: Web) -> None:
    refused = set_away(web.as_(BEA).open("/absences"), until="07.00")

    assert refused.status == 422
    assert "Frånvaron kan inte sluta innan den börjar." in refused.text


def test_a_unit_without_anybody_there_is_told_on_the_hubs_page(web: Web) -> None:
    set_away(web.as_(MIRA).open("/absences"), who="Bea, Barn och familj")
    hub = acts.called(web)

    assert "Ingen är på plats." in hub.text
    assert "Enhetschefen har fått besked." in hub.text


def test_a_standing_deputy_finds_the_case_on_the_start_page(web: Web) -> None:
    set_away(
        web.as_(MIRA).open("/absences"),
        who="Bea, Barn och familj",
        deputy="Vera, Vuxen och missbruk",
    )
    acts.called(web)

    assert "Barn och familj" in web.as_(VERA).open("/").text


def test_what_gives_way_is_told_before_the_call(web: Web) -> None:
    page = acts.confirm(acts.protect(acts.register(web)))
    set_away(web.as_(MIRA).open("/absences"), who="Bea, Barn och familj")

    step = web.as_(MIRA).open(f"{page.path.removesuffix('/')}/call")

    assert "Alla löften går inte att hålla." in step.text
    assert "att alla enheter kan vara med" in step.text
    assert "Ingen från Barn och familj kan vara med, de får svara skriftligt" in step.text

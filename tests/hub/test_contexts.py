"""The context on the pages: typed by the intake, told where it helps, and nowhere else."""

import logging
from dataclasses import replace

import pytest

from rules.people import Actor
from tests.hub.web import Draft, Page, Web, desk
from tests.people import BEA, MIRA, ORANGE, UTA, report, reported
from tests.workflows.course import Course
from tests.workflows.test_counting import without_contexts
from tests.workflows.test_sharing import ALMA
from workflows.registering import register

LABEL = "Plats, händelse eller nätverk som flera barn delar"
PLACE = "Skolgården Ängsvik 14 mars"
BESIDE = "Öppna ärenden i samma sammanhang"


def alma(web: Web) -> Course:
    """Another child's case in the same place, orange."""
    sent = replace(report(reported(ALMA, answers=ORANGE)), context=PLACE)
    (case,) = register(web.world.office, MIRA, sent)
    return Course(web.world, case.id)


def filled(web: Web, place: str = PLACE) -> Draft:
    draft = web.as_(MIRA).open("/concerns").draft()
    draft.type("Dag", "2026-03-10").type("Klockslag", "8.50")
    draft.select("Hur kom den in?", "Telefon").select("Vem anmäler?", "Skola")
    draft.type("Personnummer", "20160514-9895").type(LABEL, place)
    return draft.type("Vad berättar anmälaren?", "En berättelse.")


def test_the_intake_is_told_of_open_cases_in_the_context_with_their_levels(web: Web) -> None:
    other = alma(web)

    page = filled(web, "skolgården ängsvik, 14 mars").press("Registrera anmälan")

    assert page.status == 200
    section = page.text.split(BESIDE)[1]
    assert other.case.number in section
    assert "Samma sammanhang" in section
    assert "Orange" in section
    assert "Deras nivå ändras inte" in section


def test_without_others_in_the_context_nothing_is_said_of_it(web: Web) -> None:
    assert BESIDE not in filled(web).press("Registrera anmälan").text


def test_a_case_page_shows_the_relation_and_the_context_and_not_the_others_level(
    web: Web,
) -> None:
    other = alma(web)

    page = filled(web).press("Registrera anmälan").follow("Öppna ärendet")
    (row,) = [it for it in page.table("Redan känt").every("tr") if other.case.number in it.text]

    assert "Samma sammanhang" in row.text
    assert "Orange" not in row.text
    assert f"{LABEL}: {PLACE}" in page.text


def test_a_context_that_cannot_be_used_is_told_at_its_field_and_kept(web: Web) -> None:
    page = filled(web, "Hos 20160514-9895").press("Registrera anmälan")

    assert page.status == 422
    assert page.text.count("Skriv inget personnummer här") == 2
    assert page.draft().value("context") == "Hos 20160514-9895"
    assert web.world.store.journal == {}


def test_a_board_that_counts_no_contexts_is_not_asked_for_one(web: Web) -> None:
    web.world.rulebook = without_contexts()
    web.app.state.desk = desk(web.world)

    assert LABEL not in web.as_(MIRA).open("/concerns").text


@pytest.mark.parametrize("who", [BEA, UTA], ids=lambda who: who.name)
def test_nobody_but_the_intake_comes_to_the_page_that_tells_of_them(web: Web, who: Actor) -> None:
    alma(web)
    page = filled(web).press("Registrera anmälan")

    assert PLACE not in _as(web, who, page).response.text
    assert _as(web, who, page).status in (403, 404)


def _as(web: Web, who: Actor, page: Page) -> Page:
    return web.as_(who).open(page.path)


def test_a_context_is_in_no_title_no_address_and_no_log(
    web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    course = alma(web)
    pages = [filled(web).press("Registrera anmälan")]
    pages.append(pages[0].follow("Öppna ärendet"))
    pages += [web.as_(MIRA).open(f"/cases/{course.id}/{it}") for it in ("package", "chronology")]
    pages.append(web.as_(MIRA).open("/"))

    assert not [page.title for page in pages if "Ängsvik" in page.title]
    assert not [href for page in pages for href in page.links().values() if "ngsvik" in href]
    assert "ngsvik" not in caplog.text
    assert course.case.level.value == "orange"

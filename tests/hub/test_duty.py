"""The socialjour's list: what falls due before the office opens, and nothing else of any case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rules import fold
from rules.breaches import Explanation
from rules.case import Case
from rules.concern import Child, Protected
from rules.errors import NotAllowed
from rules.people import Actor
from tests.hub.web import Page, Web, enter
from tests.people import (
    CALLE,
    CIA,
    ELLIOT,
    GREEN,
    JON,
    MIRA,
    ORANGE,
    RED,
    VIVI,
    report,
    reported,
)  # fmt: skip
from workflows import assessing, breaches, convening, registering
from workflows.duty import read_duty_list

# A Friday, half an hour before closing; the office opens on Monday.
FRIDAY = datetime(2026, 3, 13, 15, 0, tzinfo=UTC)


def registered(web: Web, *, answers: Any = RED, child: Child = ELLIOT) -> str:
    web.world.clock.now = FRIDAY
    (case,) = registering.register(
        web.world.office,
        MIRA,
        report(reported(child, answers=answers), received_at=FRIDAY - timedelta(minutes=10)),
    )
    return case.id


def listed(web: Web, who: Actor = JON) -> Page:
    return web.as_(who).open("/duty")


def table(page: Page) -> str:
    return page.table("Att ta över").text


def test_the_list_says_what_is_due_before_the_office_opens(web: Web) -> None:
    case_id = registered(web)
    assessing.assess_protection(web.world.office, MIRA, case_id, needed=False, reasons="Tryggt.")
    assessing.set_level(web.world.office, MIRA, case_id, level=fold_level(web, case_id))
    convening.call_hub(web.world.office, MIRA, case_id, units=("barn",))

    page = listed(web)

    assert "öppnar måndag 2026-03-16 kl. 08.00" in page.text
    for said in ("MH-2026-00001", "Röd", "Elliot Vråkberg", "Hantering", "Gjord", "Hubbmöte"):
        assert said in table(page)
    assert "Har inte svarat: Barn och familj" in table(page)
    assert "Förhandsbedömning" not in table(page)
    assert "bältet" not in page.response.text


def fold_level(web: Web, case_id: str) -> Any:
    return fold_case(web, case_id).level


def fold_case(web: Web, case_id: str) -> Case:
    with web.world.office.uow() as work:
        case = fold.replay(case_id, work.journal.read(case_id))
    assert case is not None
    return case


@pytest.mark.parametrize("protected", [Protected.YES, Protected.UNKNOWN])
def test_a_name_that_is_or_may_be_protected_is_never_on_the_list(
    web: Web, protected: Protected
) -> None:
    registered(web, child=Child(name="Elliot Vråkberg", protected=protected))

    page = listed(web)

    assert "Skyddade personuppgifter" in table(page)
    assert "Vråkberg" not in page.response.text


def test_the_highest_level_comes_first_whenever_it_came_in(web: Web) -> None:
    for answers in (GREEN, ORANGE, RED):
        registered(web, answers=answers)

    rows = table(listed(web))

    assert rows.index("Röd") < rows.index("Orange")


def test_while_the_office_is_open_there_is_no_list(web: Web) -> None:
    registered(web)
    web.world.clock.now = FRIDAY - timedelta(hours=3)

    page = listed(web)

    assert "Kontoret är öppet" in page.text
    assert "Vråkberg" not in page.response.text
    assert "MH-2026" not in page.response.text


def test_what_has_passed_and_is_not_done_stays_on_the_list(web: Web) -> None:
    registered(web)
    web.sweep(hours=30)

    found = table(listed(web))

    assert "Hantering" in found
    assert "bröts" in found
    assert "Förklara fristbrott" not in found


def test_a_breach_that_is_explained_keeps_no_case_on_the_list(web: Web) -> None:
    case_id = registered(web)
    web.sweep(hours=30)
    assert "bröts" in table(listed(web))
    said = Explanation(key="", cause="annat", comment="Sent.", measure="Rings.")
    for key, clock in fold_case(web, case_id).clocks.items():
        if clock.breach_is_open and clock.stopped is None:
            breaches.explain(web.world.office, CIA, case_id, said=replace(said, key=key))

    assert not [it for it in fold_case(web, case_id).clocks.values() if it.breach_is_open]
    assert "bröts" not in listed(web).text


def test_a_look_at_the_list_is_a_look_at_every_case_on_it(web: Web) -> None:
    first, second = registered(web), registered(web, answers=ORANGE)

    enter(web, JON).get("/duty")

    last = max(web.world.store.access.items())[1]
    assert (last.account_id, last.action) == (JON.id, "läsa socialjourens lista")
    assert set(last.case_ids) == {first, second}


@pytest.mark.parametrize("below", ["", "/clocks", "/package", "/breaches", "/notes"])
def test_the_socialjour_reaches_no_case(web: Web, below: str) -> None:
    case_id = registered(web)

    assert web.as_(JON).open(f"/cases/{case_id}{below}").status == 404


def test_the_list_leads_to_no_case_and_the_menu_to_nothing_else(web: Web) -> None:
    registered(web)

    page = listed(web)
    start = page.follow("Start")

    assert not [href for href in page.links().values() if href.startswith("/cases")]
    assert set(start.links().values()) <= {"/", "/duty", "/rules", "#main"}


@pytest.mark.parametrize("who", [CALLE, VIVI], ids=lambda who: who.name)
def test_other_chefs_have_no_list(web: Web, who: Actor) -> None:
    page = web.as_(who).open("/")

    assert "/duty" not in page.links().values()
    with pytest.raises(NotAllowed):
        read_duty_list(web.world.office, who)


def test_the_intake_and_its_chef_see_what_they_hand_over(web: Web) -> None:
    registered(web)

    assert table(listed(web, MIRA)) == table(listed(web, CIA)) == table(listed(web))

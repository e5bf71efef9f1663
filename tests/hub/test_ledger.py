"""The breach ledger: nothing falls out of it, and each chef sees what they answer for."""

from datetime import timedelta

import pytest

from rules import fold
from rules.breaches import Explanation
from rules.case import Case
from rules.clocks import promise_is_kept
from rules.deciding import NotReadyToClose
from rules.level import Level
from rules.people import Actor
from tests.api.stages import closed_case, handed_over_case, registered_case
from tests.hub import acts
from tests.hub.web import Page, Web, enter
from tests.people import BEA, CALLE, CIA, CURT, MIRA, NORA, UTA, VIVI
from workflows import assessing, breaches, deciding, ledger
from workflows.ledger import Wanted, read_ledger
from workflows.ledger_ports import BreachRow, BreachScope
from workflows.watching import sweep


def table(page: Page) -> str:
    return page.table("Fristbrott, oförklarade först").text


def case_of(web: Web, case_id: str) -> Case:
    with web.world.office.uow() as work:
        case = fold.replay(case_id, work.journal.read(case_id))
    assert case is not None
    return case


def silent_barn(web: Web) -> Page:
    """A breach that the unit barn owns, and one of the intake's."""
    acts.called(web)
    web.sweep(hours=5)
    return web.as_(CIA).open("/breaches")


def test_the_ledger_says_how_many_are_explained_and_leads_to_those_that_wait(web: Web) -> None:
    acts.register(web)
    web.sweep(hours=1)
    page = web.as_(CIA).open("/breaches")
    assert "0 av 1 förklarade." in page.text

    draft = page.follow("Förklara").draft().select("Orsak", "Ingen på plats kunde ta ärendet")
    draft.type("Vad hände?", "Två sjuka.").type("Vad görs åt det?", "En vikarie kommer.")
    page = draft.press("Spara förklaringen")

    assert "1 av 1 förklarade." in page.text
    for said in ("Ingen på plats", "Två sjuka.", "En vikarie kommer.", "Cia, 2026-03-10"):
        assert said in table(page)
    assert "Förklara fristbrottet" not in table(page)


def test_a_chef_of_a_unit_sees_the_units_own_breaches_and_those_above_see_all(web: Web) -> None:
    silent_barn(web)

    barn = web.as_(CALLE).open("/breaches")
    everything = {who: web.as_(who).open("/breaches") for who in (CIA, VIVI)}

    assert "Enhetssvar" in table(barn)
    assert "Hantering" not in table(barn)
    assert "Fristbrott efter enhet" not in barn.text
    for page in everything.values():
        assert "Enhetssvar" in table(page)
        assert "Hantering" in table(page)
        assert "Barn och familj" in page.table("Fristbrott efter enhet").text
        assert "Vråkberg" not in page.response.text
    assert not [it for it in everything[VIVI].links().values() if it.endswith("/clocks")]


def test_the_breaches_to_explain_are_those_that_the_chef_may_explain(web: Web) -> None:
    silent_barn(web)

    mine, all_of_them = (
        web.as_(who).open("/deadlines").table("Brutna frister att förklara").text
        for who in (CALLE, CIA)
    )

    assert "Enhetssvar" in mine
    assert "Hantering" not in mine
    assert "Enhetssvar" in all_of_them
    assert "Hantering" in all_of_them


def test_filters_are_plain_addresses(web: Web) -> None:
    page = silent_barn(web)

    of_barn = page.follow("Barn och familj")
    gone = web.as_(CIA).open("/breaches?until=2026-03-09")
    waiting = web.as_(CIA).open("/breaches?state=väntar&unit=barn&cause=&from=2026-03-10")
    wrong = web.as_(CIA).open("/breaches?from=i+går")

    assert "Hantering" not in table(of_barn)
    assert "Inga fristbrott." in gone.text
    assert "Enhetssvar" in table(waiting)
    assert wrong.status == 422
    assert "Skriv datumet som ÅÅÅÅ-MM-DD." in wrong.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²"])
def test_a_page_that_is_no_number_is_the_first_or_empty(web: Web, page: str) -> None:
    acts.register(web)
    web.sweep(hours=1)

    assert web.as_(CIA).open(f"/breaches?page={page}").status == 200


def test_the_ledger_is_read_a_page_at_a_time(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    silent_barn(web)
    monkeypatch.setattr(ledger, "PAGE", 1)
    monkeypatch.setattr("hub.views.ledger.PAGE", 1)

    first = web.as_(CIA).open("/breaches")
    second = first.follow("Nästa sida")

    assert table(first) != table(second)
    assert table(second.follow("Föregående sida")) == table(first)


def test_the_spreadsheet_holds_no_number_no_person_and_nothing_that_was_written(web: Web) -> None:
    silent_barn(web)
    case_id = next(iter(web.world.store.rows))
    said = Explanation(
        key="hantering:röd", cause="annat", comment="Pappan ringde.", measure="Rings upp."
    )
    breaches.explain(web.world.office, CIA, case_id, said=said)

    answer = enter(web, VIVI).get("/breaches.csv")

    text = answer.content.decode("utf-8-sig")
    rows = [line.split(";") for line in text.splitlines()]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert rows[0][0] == "Enhet"
    assert any("Annan orsak" in row for row in rows)
    assert len({len(row) for row in rows}) == 1
    for secret in ("MH-2026", "Vråkberg", "Pappan", "Rings", "Cia"):
        assert secret not in text


def test_every_look_at_the_ledger_is_in_the_access_log(web: Web) -> None:
    silent_barn(web)
    case_id = next(iter(web.world.store.rows))

    enter(web, VIVI).get("/breaches.csv")
    last = max(web.world.store.access.items())[1]

    assert (last.account_id, last.action, last.case_ids) == (
        VIVI.id, "lista fristbrott", (case_id,),
    )  # fmt: skip


def test_a_case_with_an_unexplained_breach_is_never_closed(web: Web) -> None:
    case_id = handed_over_case(web.world)
    deciding.acknowledge(web.world.office, UTA, case_id)

    with pytest.raises(NotReadyToClose, match="fristbrott"):
        deciding.close(web.world.office, MIRA, case_id)

    closing = web.as_(MIRA).open(f"/cases/{case_id}/closing")
    assert "Oförklarade fristbrott" in closing.text
    assert "Hantering" in closing.text
    with web.world.office.uow() as work:
        assert work.lists.breaches(BreachScope(explained=False), limit=100)


def test_a_breach_after_the_case_is_closed_is_told_and_stands_in_the_ledger(web: Web) -> None:
    case_id = closed_case(web.world)
    before = {it.clock.key for it in _waiting(web)}
    assert not before

    web.world.clock.forward(days=150)
    found = sweep(web.world.office)

    assert {it.name for it in found.passed} >= {"Utredning"}
    assert "Utredning" in {it.clock.name for it in _waiting(web)}
    assert "avslutat" in table(web.as_(CURT).open("/breaches"))
    assert "Förklara" in web.as_(VIVI).open("/breaches").text
    case = case_of(web, case_id)
    assert case.clocks["utredning"].told
    assert any(key.startswith("fristbrott:utredning") for key in case.clocks)


def _waiting(web: Web) -> list[BreachRow]:
    with web.world.office.uow() as work:
        return list(work.lists.breaches(BreachScope(explained=False), limit=100))


def test_whether_the_promised_time_was_kept_stands_beside_it(web: Web) -> None:
    world, case_id = web.world, registered_case(web.world)
    soon = world.clock.now + timedelta(hours=1)
    said = Explanation(
        key="hantering:röd", cause="annat", comment="Sent.", measure="I dag.", measure_by=soon
    )
    case = breaches.explain(world.office, CIA, case_id, said=said)
    assert promise_is_kept(case)
    running = read_ledger(world.office, CIA, Wanted(explained=True)).breaches[0]
    assert running.remedy is not None
    assert running.remedy.due_at == soon

    world.clock.forward(hours=2)
    sweep(world.office)

    page = web.as_(CIA).open("/breaches?state=förklarade")
    assert "hölls inte" in table(page)
    assert "Åtgärd efter fristbrott" in table(web.as_(CIA).open("/breaches?state=väntar"))


def test_a_time_that_is_promised_again_and_again_is_told_as_that(web: Web) -> None:
    world, case_id = web.world, registered_case(web.world)
    for hours in (1, 3):
        soon = world.clock.now + timedelta(hours=hours)
        said = Explanation(
            key="hantering:röd", cause="annat", comment="Sent.", measure="I dag.", measure_by=soon
        )
        breaches.explain(world.office, CIA, case_id, said=said)
        world.clock.forward(minutes=10)

    (line,) = (
        it for it in web.as_(CIA).open("/breaches").response.text.split("<tr>") if "Ny tid" in it
    )
    assert "löper; ny tid lovad 2 gånger." in line


def test_a_step_that_is_asked_for_no_more_was_not_done_in_the_time_promised(web: Web) -> None:
    world, case_id = web.world, registered_case(web.world)
    soon = world.clock.now + timedelta(hours=1)
    said = Explanation(
        key="hantering:röd", cause="annat", comment="Sent.", measure="I dag.", measure_by=soon
    )
    breaches.explain(world.office, CIA, case_id, said=said)
    assessing.set_level(world.office, MIRA, case_id, level=Level.ORANGE, reason="Lugnt.")
    assessing.answer_lowering(world.office, NORA, case_id, approve=True)

    assert "gällde inte längre" in table(web.as_(CIA).open("/breaches?state=förklarade"))


@pytest.mark.parametrize("who", [MIRA, NORA, BEA, UTA], ids=lambda who: who.name)
def test_the_ledger_is_for_chefs(web: Web, who: Actor) -> None:
    assert web.as_(who).open("/breaches").status == 403

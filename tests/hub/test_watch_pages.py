"""What the watchdog finds, outages and daily statements, as people meet them on the pages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import now
from adapters.scheduler import Chore, Scheduler
from adapters.signing import derived
from hub.app import create_app
from hub.desk import Health
from rules.people import Actor
from tests.hub.web import Web, desk, enter
from tests.people import CALLE, CIA, GREEN, GRY, MIRA, RED, SYS, VIVI, report
from workflows import nodes, outages, promises, statements
from workflows.node_ports import Node
from workflows.promises import Own
from workflows.registering import register

SEAL = derived("ett långt och slumpat prov av en hemlighet")
MORNING = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)


@pytest.fixture(name="calm")
def where_all_is_well(web: Web) -> Web:
    web.world.clock.now = MORNING
    outages.beat(web.world.office, "hub-1")
    register(web.world.office, MIRA, report(answers=RED, received_at=MORNING))
    register(web.world.office, MIRA, report(answers=GREEN, received_at=MORNING))
    assert statements.make(web.world.office, SEAL, skew=timedelta())
    return web


def broken(web: Web) -> None:
    for case_id, rows in list(web.world.store.rows.items()):
        web.world.store.rows[case_id] = replace(rows, alarms=())


def test_a_chef_sees_that_all_is_well(calm: Web) -> None:
    page = calm.as_(VIVI).open("/deadlines")

    assert "Bevakningen går som den ska." in page.text
    assert "Inget. Löftet hålls" in page.follow("Bevakning").text


@pytest.mark.parametrize("person", [VIVI, CIA, SYS])
def test_what_is_broken_is_a_sentence_with_something_to_do(calm: Web, person: Actor) -> None:
    broken(calm)

    page = calm.as_(person).open("/watch")

    table = page.table("Inte som utlovat just nu").text
    assert "Ingen får veta något om 2 öppna ärenden" in table
    assert "löpande frister har inget larm." in table
    assert "Kör hub rebuild" in table
    assert "MH-" not in page.text


def test_the_chefs_page_of_deadlines_has_a_band_that_leads_there(calm: Web) -> None:
    broken(calm)

    page = calm.as_(CIA).open("/deadlines")

    assert "Bevakningen är inte som den ska." in page.text
    assert page.follow("Vad som ska göras").heading == "Bevakning"


def test_that_nobody_watches_is_seen_though_nobody_watches(calm: Web) -> None:
    visitor = calm.as_(VIVI)
    calm.world.clock.forward(minutes=2)

    assert "Ingen bevakar fristerna." in visitor.open("/watch").text
    assert "Ingen bevakar fristerna." in visitor.open("/deadlines").text
    ready = visitor.client.get("/health/ready").json()
    assert ready["findings"] == {"ingen-bevakning": 1}
    assert ready["unpromised_cases"] == 0


def test_a_case_that_nobody_is_told_of_is_counted_for_those_who_monitor(calm: Web) -> None:
    broken(calm)

    ready = enter(calm, None).get("/health/ready").json()

    assert ready["unpromised_cases"] == 2
    assert ready["findings"]["utan-bevakning"] == 2


def test_a_scheduler_whose_thread_has_died_is_seen_on_the_page(calm: Web) -> None:
    scheduler = Scheduler([Chore("sweep", 60, int)], clock=now)
    scheduler.start()
    alive = scheduler.alive()
    scheduler.stop()
    changed = replace(
        desk(calm.world),
        own=lambda: Own(scheduler=scheduler.alive()),
        health=lambda: Health(database=True, worker=scheduler.alive(), rules_version="prov"),
    )
    calm.app = create_app(changed)

    page = calm.as_(VIVI).open("/watch")
    ready = page.visitor.client.get("/health/ready")

    assert alive
    assert "Bevakningen i en process har stannat. " in f"{page.text} "
    assert ready.status_code == 503
    assert ready.json()["findings"] == {"stillastaende-bevakning": 1}


def test_what_was_found_stays_on_the_page_with_its_end(calm: Web) -> None:
    office = calm.world.office
    promises.watch(office, Own(place="hub-1", skew=timedelta(seconds=9)))
    for _ in range(5):
        calm.world.clock.forward(seconds=50)
        outages.beat(office, "hub-1")
    promises.watch(office, Own(place="hub-1"))

    past = calm.as_(SYS).open("/watch").table("Tidigare").text

    assert "En dators klocka skiljer sig från databasens." in past
    assert "2026-03-10 kl. 07.04" in past


@pytest.mark.parametrize("kind", ["demo", "serve", "serve --no-worker", "work"])
def test_a_process_is_called_by_what_it_does_and_by_its_command(calm: Web, kind: str) -> None:
    now = calm.world.clock.now
    node = Node(
        id="a", kind=kind, host="dator-a", program="1", schema="0011", started_at=now, seen_at=now
    )
    nodes.join(calm.world.office, node)

    told = calm.as_(SYS).open("/watch").table("Processer").text

    assert f"(hub {kind}) dator-a Igång" in told
    assert f" {kind} dator-a" not in told


def after_an_outage(calm: Web) -> None:
    calm.world.clock.forward(hours=5)
    assert outages.beat(calm.world.office, "hub-2")


def test_a_chef_reads_what_passed_while_nobody_watched(calm: Web) -> None:
    after_an_outage(calm)

    start = calm.as_(VIVI).open("/")
    page = start.follow("Bevakning")

    assert "Ingen bevakning 2026-03-10 kl. 07.00 till 2026-03-10 kl. 12.00." in start.text
    assert "MH-2026-00001: Hantering, löpte ut" in start.text
    assert "MH-2026-00001: Hantering, löpte ut" in page.text


def test_a_chef_of_another_unit_and_an_administrator_read_no_numbers(calm: Web) -> None:
    after_an_outage(calm)

    for person in (CALLE, SYS):
        page = calm.as_(person).open("/watch")
        assert "2026-03-10 kl. 07.00 till 2026-03-10 kl. 12.00" in page.text
        assert "MH-" not in page.text


@pytest.mark.parametrize("person", [VIVI, GRY, SYS])
def test_the_statements_are_listed_and_each_can_be_read(calm: Web, person: Actor) -> None:
    listed = calm.as_(person).open("/statements")
    page = listed.follow("2026-03-10")

    assert "2 öppna ärenden, 2 bevakade, 0 utan." in listed.text
    assert page.heading == "Dagsintyg 1 (2026-03-10)"
    assert calm.world.store.statements[1].hash in page.text
    assert "Gjort 2026-03-10 kl. 07.00" in " ".join(page.text.split())


def test_a_damaged_statement_is_told_as_that_and_the_others_are_listed(calm: Web) -> None:
    kept = calm.world.store.statements
    kept[1] = replace(kept[1], text="{")
    visitor = calm.as_(GRY)

    assert "Texten går inte att läsa." in visitor.open("/statements").text
    assert "Texten går inte att läsa." in visitor.open("/statements/2026-03-10").text


@pytest.mark.parametrize("day", ["2026-03-09", "igår", "2026-13-01"])
def test_a_day_without_a_statement_is_no_page(calm: Web, day: str) -> None:
    assert calm.as_(GRY).open(f"/statements/{day}").status == 404


def test_before_the_first_morning_the_page_says_when_it_comes(web: Web) -> None:
    assert "Det första görs klockan 07.00." in web.as_(GRY).open("/statements").text


def test_the_public_key_stands_where_the_statements_are(calm: Web) -> None:
    calm.app = create_app(replace(desk(calm.world), statement_key=SEAL.key))

    assert SEAL.key in calm.as_(VIVI).open("/statements").text

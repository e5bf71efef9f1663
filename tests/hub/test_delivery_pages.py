"""Utskick, page by page: older and newer ones, whatever the address says."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.adapters import saga
from tests.hub.web import Page, Web
from tests.people import SYS
from tests.posts import Box
from workflows.delivering import deliver
from workflows.delivery_leaves import LEAF


def sent(web: Web, count: int) -> None:
    notices = [saga.notice(f"{at:02}") for at in range(count)]
    with web.world.office.uow() as work:
        work.outbox.put(notices)
        work.commit()
    while deliver(web.world.office, Box()).sent:
        continue


def shown(page: Page) -> int:
    return len(list(page.root.every("tr"))) - len(list(page.root.every("thead")))


def ways(page: Page) -> list[str]:
    return [words for words in page.links() if words in {"Nyare", "Äldre"}]


def test_a_few_messages_have_one_page_without_links(web: Web) -> None:
    sent(web, LEAF)
    page = web.as_(SYS).open("/deliveries")

    assert (shown(page), ways(page)) == (LEAF, [])
    assert "Fler utskick" not in page.response.text


def test_the_older_ones_are_a_link_away_and_so_is_the_way_back(web: Web) -> None:
    sent(web, 2 * LEAF + 3)
    first = web.as_(SYS).open("/deliveries")
    assert (shown(first), ways(first)) == (LEAF, ["Äldre"])
    second = first.follow("Äldre")
    assert (shown(second), ways(second)) == (LEAF, ["Nyare", "Äldre"])
    assert second.table("Tidigare skickade")
    last = second.follow("Äldre")
    assert (shown(last), ways(last)) == (3, ["Nyare"])

    assert last.follow("Nyare").table("Tidigare").text == second.table("Tidigare").text
    assert last.follow("Nyare").follow("Nyare").table("Senast").text == first.table("Senast").text


def test_of_a_long_message_the_first_paragraph_is_seen_and_the_rest_is_opened(web: Web) -> None:
    long = replace(saga.notice(), body="Alla är bevakade.\n\nÖppna ärenden: 16\n\nSpara brevet.")
    with web.world.office.uow() as work:
        work.outbox.put([long, replace(long, key="kort", body="Ärende 7:\nfrist nära.")])
        work.commit()
    table = web.as_(SYS).open("/deliveries").table("Väntar")

    assert [it.text for it in table.every("span") if it.attrs.get("class") == "prose"] == [
        "Alla är bevakade.", "Ärende 7: frist nära.",
    ]  # fmt: skip
    assert [it.text for it in table.every("details")] == [
        "Hela meddelandet Öppna ärenden: 16 Spara brevet."
    ]


def test_the_day_it_was_sent_is_told_when_it_is_another_than_the_day_it_was_written(
    web: Web,
) -> None:
    sent(web, 1)
    sent_at = web.world.clock.now
    with web.world.office.uow() as work:
        same = replace(saga.notice("samma"), made_at=sent_at)
        work.outbox.put([same, replace(same, key="igår", made_at=sent_at - timedelta(days=1))])
        work.commit()
    deliver(web.world.office, Box())
    text = web.as_(SYS).open("/deliveries").table("Senast").text

    assert text.count("Skickat kl. 09.00") >= 1
    assert "Skickat 2026-03-10 kl. 09.00" in text


def test_what_waits_stands_first_on_every_page_and_is_on_none_of_them(web: Web) -> None:
    sent(web, LEAF + 1)
    with web.world.office.uow() as work:
        work.outbox.put([saga.notice("väntar")])
        work.commit()
    page = web.as_(SYS).open("/deliveries")

    for one, lines in ((page, LEAF), (page.follow("Äldre"), 1)):
        assert "Väntar på att skickas" in one.table("Väntar").text
        assert shown(one) == 1 + lines


@pytest.mark.parametrize("side", ["older_than", "newer_than"])
@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "²", "٣", "9" * 18, "9" * 5000, "\0"])
def test_an_address_that_names_no_message_is_the_first_page(
    web: Web, side: str, number: str
) -> None:
    sent(web, LEAF + 1)
    first = web.as_(SYS).open("/deliveries")
    page = web.as_(SYS).open(f"/deliveries?{side}={quote(number)}")

    assert page.table("Senast").text == first.table("Senast").text
    assert ways(page) == ["Äldre"]


def test_nothing_is_older_than_the_first_message_so_the_first_page_is_shown(web: Web) -> None:
    sent(web, 2)

    assert shown(web.as_(SYS).open("/deliveries?older_than=1")) == 2

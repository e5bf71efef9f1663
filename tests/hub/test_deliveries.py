"""Utskick: what waits, what does not get through and why, and dead letters sent again."""

from datetime import timedelta
from typing import Any

import pytest

from hub.views.deliveries import deliveries_view
from tests.hub import acts
from tests.hub.web import Page, Web
from tests.people import CALLE, SYS, World
from tests.posts import Box
from workflows.deliveries import Deliveries
from workflows.delivering import deliver
from workflows.delivery_ports import Delivery, Message, Notice, PostFailed, Way


def refusing(message: Message) -> None:
    """The unit barn has no address that works."""
    if message.notice.unit != "barn":
        return
    raise PostFailed("mottagaren togs inte emot (550)", lasting=True)


def dead_letter(web: Web) -> Page:
    """The call to a unit did not get through."""
    acts.call(acts.confirm(acts.protect(acts.register(web))))
    deliver(web.world.office, Box(says=refusing))
    return web.as_(CALLE).open("/deliveries")


def send_again(page: Page) -> Page:
    """The button says of which letter to those who do not see the row."""
    (words,) = (it.text for it in page.root.every("button") if it.text.startswith("Skicka igen"))
    assert words.startswith("Skicka igen : Hubbkallelse: ärende MH-2026-00001, till ")
    return page.draft().press(words)


def test_a_dead_letter_is_shown_first_with_why_and_is_sent_again_with_a_button(web: Web) -> None:
    page = dead_letter(web)

    table = page.table("Döda brev")
    assert "Gick inte fram efter 1 försök: mottagaren togs inte emot (550)" in table.text
    assert "Skicka igen" in table.text
    done = send_again(page)
    assert "Meddelandet skickas igen" in done.text
    assert "Skickas igen. Förra gången: mottagaren togs inte emot" in done.text
    assert "Skickat igen" in done.text
    assert "av Calle" in done.text


def test_a_dead_letter_is_settled_with_a_reason_and_says_so(web: Web) -> None:
    page = dead_letter(web)
    (words,) = (it.text for it in page.root.every("button") if it.text.startswith("Avklarat"))
    done = page.draft().put("reason", "Ringde Bea i stället.").press(words)

    assert "Meddelandet är avklarat" in done.text
    assert "Inget meddelande har stannat på vägen." in done.text
    assert ": Ringde Bea i stället." in done.table("Senast skickade").text


def test_when_it_is_out_nothing_has_stopped_on_the_way(web: Web) -> None:
    page = send_again(dead_letter(web))
    deliver(web.world.office, Box())
    page = web.as_(CALLE).open("/deliveries")

    assert "Inget meddelande har stannat på vägen." in page.text
    assert "av Calle" in page.table("Senast skickade").text


def test_no_line_of_a_message_ends_within_a_date(web: Web) -> None:
    acts.call(acts.confirm(acts.protect(acts.register(web))))
    table = web.as_(SYS).open("/deliveries").table("Väntar")
    dates = [it for body in table.every("span") for it in body.every("span")]

    assert [it for it in dates if it.text.startswith("2026-03-10 kl. ")]
    assert {it.attrs["class"] for it in dates} == {"whole"}


def test_what_does_not_get_through_is_shown_at_once_and_calmly(web: Web) -> None:
    acts.call(acts.confirm(acts.protect(acts.register(web))))
    page = web.as_(SYS).open("/deliveries")
    assert "Väntar på att skickas" in page.table("Väntar").text
    deliver(web.world.office, Box(shut=True))

    page = web.as_(SYS).open("/deliveries")
    assert "1 försök hittills: servern svarar inte" in page.table("Går inte fram just nu").text
    assert "Hubben försöker igen av sig själv." in page.text


def shown(**changes: Any) -> str:
    made = World().clock.now
    notice = Notice(key="a", case_id="a", subject="Ämne", body="Kort.", made_at=made)
    one = Delivery(1, notice, tries=3, next_try_at=made + timedelta(minutes=2), **changes)
    found = Deliveries(dead=(), under_way=(one,), recent=(), resends={})
    (line,) = deliveries_view(found, World().rulebook.policy, {}).failing
    return f"{line.way}, {line.to}: {line.status}"


@pytest.mark.parametrize(
    ("failed", "words"),
    [
        ("SMTPDataError 451", "servern tog inte emot meddelandet (451)"),
        ("HTTP 500", "mottagaren svarade med fel (500)"),
        ("TimeoutError", "servern svarar inte i tid"),
        ("något helt annat", "något helt annat"),
    ],
)
def test_why_it_does_not_get_through_is_said_in_words(failed: str, words: str) -> None:
    assert shown(failed=failed).endswith(words)


def test_a_web_hook_is_told_apart_from_an_e_mail() -> None:
    assert shown(failed="x", way=Way.HOOK).startswith("Webhook, ett annat program: Nytt försök")
    assert shown(failed="x").startswith("E-post, ")

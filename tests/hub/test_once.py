"""A concern that is sent twice is registered once, and what cannot be kept is told by its field."""

import pytest

from tests.hub.test_forms import faults, filled
from tests.hub.web import Web


def numbers(web: Web) -> int:
    return len(web.world.store.journal)


def test_the_same_form_sent_twice_registers_once(web: Web) -> None:
    draft = filled(web).type("Namn (om känt)", "Elliot Vråkberg")

    first = draft.press("Registrera anmälan")
    again = draft.press("Registrera anmälan")

    assert first.status == again.status == 200
    assert first.path == again.path
    assert numbers(web) == 1


def test_a_form_that_was_gone_back_to_and_filled_in_anew_is_another_report(web: Web) -> None:
    draft = filled(web)

    first = draft.press("Registrera anmälan")
    other = draft.type("Namn (om känt)", "Alva").press("Registrera anmälan")

    assert first.path != other.path
    assert numbers(web) == 2


def test_two_reports_in_the_same_words_are_two_when_each_has_its_own_form(web: Web) -> None:
    filled(web).press("Registrera anmälan")
    filled(web).press("Registrera anmälan")

    assert numbers(web) == 2


def test_a_form_that_is_shown_again_is_still_the_same_form(web: Web) -> None:
    refused = filled(web).type("Dag", "2026-02-31").press("Registrera anmälan")
    draft = refused.draft().type("Dag", "2026-03-10")

    draft.press("Registrera anmälan")
    draft.press("Registrera anmälan")

    assert refused.status == 422
    assert numbers(web) == 1


@pytest.mark.parametrize(
    "contact",
    [
        "a@skola.example, b@ond.example",
        "a@skola.example\r\nBcc: b@ond.example",
        "Rektor <a@skola.example>",
        "a@b@skola.example",
        "@skola.example",
    ],
)
def test_a_confirmation_goes_to_one_address_and_no_other(web: Web, contact: str) -> None:
    page = filled(web).type("E-post för bekräftelse", contact).press("Registrera anmälan")

    assert page.status == 422
    assert faults(page) == ["Skriv en enda e-postadress, som namn@exempel.se."]
    assert numbers(web) == 0


def test_a_sign_that_cannot_be_kept_is_told_at_its_field_and_nothing_is_lost(web: Web) -> None:
    page = filled(web).type("Vad berättar anmälaren?", "Hej \x1b[31m").press("Registrera anmälan")

    assert page.status == 422
    assert faults(page) == ["Texten har ett tecken som inte går att spara (U+001B). Ta bort det."]
    assert numbers(web) == 0

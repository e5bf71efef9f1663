"""Text that nobody can read is told by its field, wherever in a thing it stands."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.concern import Child
from rules.legible import faults

AWAY = "Ta bort det."


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x7f", "\x9f", "\ud800"])
def test_a_sign_that_cannot_be_kept_is_named_by_its_number_and_not_repeated(sign: str) -> None:
    ((field, sentence),) = faults({"skäl": f"Rädd{sign}."})

    assert field == "skäl"
    assert f"U+{ord(sign):04X}" in sentence
    assert sentence.endswith(AWAY)
    assert sign not in sentence


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_every_letter_of_every_language_is_kept(text: str) -> None:
    assert list(faults(text)) == []
    assert all(unicodedata.category(sign) not in ("Cc", "Cs") for sign in text)


def test_what_people_paste_is_kept() -> None:
    assert list(faults("Rad ett\n\tRad två\r\nSida två\f")) == []


def test_the_place_of_a_fault_is_the_way_to_it() -> None:
    body = {
        "barn": [Child(name="Alva"), Child(name="Al\0va")],
        "svar": ({"fri\0text": 3}, "ja"),
        "antal": 4,
    }

    assert [field for field, _ in faults(body)] == ["barn.2.name", "svar.1"]


def test_each_text_is_told_once_however_many_signs_it_has() -> None:
    assert len(list(faults(["a\0\0\x1b", "b\0"]))) == 2

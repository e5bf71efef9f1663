"""A context is matched by what was meant and not by how it was typed."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.context import LONGEST, fault, key, tidy

TODAY = date(2026, 3, 14)
WORDS = st.lists(st.text("abcxyzåäöé0123456789", min_size=1, max_size=8), min_size=1, max_size=5)
BETWEEN = st.sampled_from([" ", "  ", ", ", " – ", "/", ".", "\t", " (", ": "])


@pytest.mark.parametrize(
    "written",
    [
        "Skolgården X 14 mars",
        "skolgården x, 14 mars",
        "  SKOLGÅRDEN   X\t14 MARS. ",
        "”Skolgården X” (14/mars)",
        "Skol\u00adgården X 14\u00a0mars",
        unicodedata.normalize("NFD", "Skolgården X 14 mars"),
    ],
)
def test_the_same_context_written_in_other_ways_is_the_same(written: str) -> None:
    assert key(written) == "skolgården x 14 mars"


@pytest.mark.parametrize(
    "written", ["Skolgården Y 14 mars", "Skolgården X 15 mars", "Skolgarden X 14 mars"]
)
def test_another_word_another_day_and_another_letter_is_another_context(written: str) -> None:
    assert key(written) != key("Skolgården X 14 mars")


@given(WORDS, st.data())
def test_neither_case_nor_accents_nor_what_stands_between_words_counts(
    words: list[str], data: st.DataObject
) -> None:
    parts = [part for word in words for part in (word.upper(), data.draw(BETWEEN))]
    whole = "".join(parts)
    written = unicodedata.normalize("NFD", whole) if data.draw(st.booleans()) else whole

    assert key(written) == " ".join(words)
    assert key(key(written)) == key(written)


@given(st.text(max_size=40))
def test_a_key_has_nothing_around_its_words_and_one_space_between(text: str) -> None:
    assert key(text) == " ".join(key(text).split())
    assert key(f"  {text}!  ") == key(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [(None, None), ("", None), (" \n", None), (" Torget \n lördag ", "Torget lördag")],
)
def test_nothing_typed_is_no_context(text: str | None, kept: str | None) -> None:
    assert tidy(text) == kept


@pytest.mark.parametrize(
    "text",
    ["Torget 14 mars", "x" * LONGEST, "08-123 456 78", "A 20260314", "Faktura 20160514-9890"],
)
def test_a_place_with_a_day_or_a_number_that_is_nobodys_is_taken(text: str) -> None:
    assert fault(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("?!", "bokstäver eller siffror"),
        ("x" * (LONGEST + 1), "högst 100 tecken"),
        ("Torget 20160514-9895", "inget personnummer"),
        ("Hos 160514-9895 i mars", "inget personnummer"),
        ("201605149895", "inget personnummer"),
    ],
)
def test_what_cannot_be_a_context_is_told_and_not_repeated(text: str, words: str) -> None:
    said = fault(text, TODAY)

    assert said is not None
    assert words in said
    assert text not in said

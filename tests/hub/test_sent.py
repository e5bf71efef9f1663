"""What is typed in a form, read as values with every fault named."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.pages.form import again, blank
from hub.pages.sent import Fields, Sent, asked
from rules.errors import Invalid


class Row(Fields):
    text: str = asked("Skriv texten.")
    kind: Literal["a", "b"] = asked("Välj a eller b.")


class Example(Fields):
    name: str = asked("Skriv namnet.")
    units: tuple[str, ...] = asked("Välj en enhet.", ())
    rows: tuple[Row, ...] = asked("Fyll i raden.", ())


def test_rows_are_read_in_order_and_empty_ones_fall_away() -> None:
    sent = Sent(
        [
            ("name", " Namn "),
            ("rows.3.text", "tredje"),
            ("rows.3.kind", "b"),
            ("rows.2.text", "  "),
            ("rows.2.kind", ""),
            ("rows.1.text", "första"),
            ("rows.1.kind", "a"),
        ]
    )

    read = sent.read(Example)

    assert read.name == "Namn"
    assert [(row.text, row.kind) for row in read.rows] == [("första", "a"), ("tredje", "b")]


def test_every_fault_is_named_by_its_field_with_its_own_sentence() -> None:
    sent = Sent([("rows.2.text", "ensam"), ("rows.5.kind", "c"), ("rows.5.text", "fel")])

    with pytest.raises(Invalid) as caught:
        sent.read(Example)

    assert caught.value.faults == {
        "name": "Skriv namnet.",
        "rows.1.kind": "Välj a eller b.",
        "rows.2.kind": "Välj a eller b.",
    }


def test_a_dropped_row_is_gone_and_the_others_close_up() -> None:
    pairs = [("rows.1.text", "ett"), ("rows.2.text", "två"), ("rows.10.text", "tio")]

    sent = Sent([*pairs, ("_drop", "rows.1")])

    assert sent.only_changes_rows
    assert sent.values == {"rows.1.text": ("två",), "rows.2.text": ("tio",)}


def test_a_row_is_added_when_it_was_asked_for() -> None:
    form = again(Sent([("rows.1.text", "ett"), ("_more", "rows")]))

    assert form.rows("rows") == (1, 2)
    assert blank().rows("rows", 2) == (1, 2)


def test_several_ticks_are_kept_and_the_last_of_other_fields_counts() -> None:
    sent = Sent([("name", "ett"), ("name", "två"), ("units", "a"), ("units", "b")])

    read = sent.read(Example)

    assert read.name == "två"
    assert read.units == ("a", "b")


NAMES = st.lists(st.sampled_from(["rows", "1", "2", "30", "text", "name", "x"]), min_size=1).map(
    ".".join
)


@given(st.lists(st.tuples(NAMES, st.text(max_size=3))))
def test_reading_again_what_was_shown_again_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    once = Sent(pairs).values

    twice = Sent((name, value) for name, values in once.items() for value in values).values

    assert twice == once


@pytest.mark.parametrize(
    "name", ["rows.1000000.text", "rows.²", "rows.٣.text", "²", "a" + ".1" * 2000, "rows..text", ""]
)
def test_a_name_that_no_form_has_is_as_if_it_was_never_sent(name: str) -> None:
    sent = Sent([(name, "x"), ("name", "Namn")])

    assert sent.values == {"name": ("Namn",)}
    assert sent.read(Example).name == "Namn"
    assert again(sent).rows("rows") == (1,)

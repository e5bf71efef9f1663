"""Import: good lines are kept, bad ones are told by line and field, and no value is repeated."""

import json
from pathlib import Path
from typing import Any

import pytest

from hub.importing import Kept, Refused, import_lines
from rules.events import Registered
from tests.people import MORNING, World
from tests.workflows.test_counting import board

EXAMPLES = Path(__file__).parents[2] / "examples" / "concerns.jsonl"
GOOD: dict[str, Any] = {
    "id": "a-1",
    "title": "Rädsla",
    "received_at": "2026-03-10T08:55:00+01:00",
    "channel": "telefon",
    "reporter": {"kind": "skola", "wants_feedback": True},
    "child": {
        "birth_date": "2016-05-14",
        "personal_number": "20160514-9895",
        "name": "Elliot Vråkberg",
        "protected": "nej",
    },
    "siblings": [{"birth_date": "2019-11-02"}],
    "text": "Han vågar inte gå hem.",
    "facts": {"alder": 9, "anmalartyp": "skola"},
    "answers": {"vagar_inte_ga_hem": {"value": "ja", "source": "barnet"}},
    "expected": {"level": "orange"},
    "notes": "Får följa med, men sparas inte.",
}


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False).encode()


def refusal(raw: bytes) -> dict[str, str]:
    (one,) = import_lines(World().office, [raw])
    assert isinstance(one, Refused)
    return dict(one.faults)


def test_every_example_is_registered_once_and_as_it_was_told() -> None:
    world = World()
    world.clock.forward(days=400)
    lines = EXAMPLES.read_bytes().splitlines()

    first = list(import_lines(world.office, lines))
    again = list(import_lines(world.office, lines))

    assert [one for one in first if isinstance(one, Refused)] == []
    assert all(isinstance(one, Kept) and one.new for one in first)
    assert all(isinstance(one, Kept) and not one.new for one in again)
    assert len(world.store.journal) == len(lines)


def test_a_bad_line_is_told_and_the_others_are_kept() -> None:
    world = World()

    first, second, third = import_lines(world.office, [line(), line(id="a-2", text=""), b"{"])

    assert isinstance(first, Kept)
    assert isinstance(second, Refused)
    assert list(second.sentences()) == ["rad 2, text: får inte vara tomt"]
    assert isinstance(third, Refused)
    assert (third.line, third.id) == (3, None)
    assert len(world.store.journal) == 1


def test_an_empty_line_is_nothing_and_still_counted() -> None:
    (only,) = import_lines(World().office, [b"", b"  ", line()])

    assert only.line == 3


def test_the_same_id_in_one_file_registers_once() -> None:
    world = World()

    done = list(import_lines(world.office, [line(), line(text="Samma igen.")]))

    assert [one.new for one in done if isinstance(one, Kept)] == [True, False]
    assert len(world.store.journal) == 1


@pytest.mark.parametrize(
    ("raw", "field", "words"),
    [
        (line(adress="Storgatan 1"), "adress", "finns inte bland fälten"),
        (line(reporter={"kind": "granne"}), "reporter.kind", "ska vara skola"),
        (line(reporter={}), "reporter.kind", "saknas"),
        (line(channel="fax"), "channel", "ska vara telefon"),
        (line(received_at="2026-02-30T08:55:00+01:00"), "received_at", "ingen tidpunkt som finns"),
        (line(received_at="2026-02-20T08:55:00"), "received_at", "saknar tidszon"),
        (line(received_at=1760000000), "received_at", "ingen tidpunkt"),
        (line(received_at="2026-03-10T10:55:00+01:00"), "received_at", "framtiden"),
        (line(child={"birth_date": "2016-13-01"}), "child.birth_date", "inget datum som finns"),
        (line(child={"birth_date": "2026-03-11"}), "child.birth_date", "efter den dag"),
        (line(child={"personal_number": "20160514-9896"}), "child.personal_number", "stämmer inte"),
        (line(child={"personal_number": "20160532-9896"}), "child.personal_number", "finns"),
        (
            line(child={"personal_number": "20160514-9895", "birth_date": "2016-05-15"}),
            "child.birth_date",
            "stämmer inte med personnumret",
        ),
        (line(child={"protected": "kanske"}), "child.protected", "ska vara ja, nej eller okant"),
        (line(child={"name": 7}), "child.name", "ska vara text"),
        (line(siblings=[{"personal_number": "20160514-9896"}]), "siblings.1.personal_number", ""),
        (line(siblings={}), "siblings", "ska vara en lista"),
        (line(facts={"alder": "nio"}), "facts.alder", "ska vara ett heltal"),
        (line(facts={"alder": True}), "facts.alder", "ska vara ett heltal"),
        (line(facts={"alder": -1}), "facts.alder", "minst 0"),
        (line(facts={"kon": "x"}), "facts.kon", "finns inte bland dem"),
        (line(facts={"anmalartyp": "polis"}), "facts.anmalartyp", "stämmer inte"),
        (line(facts={"arets": 1}), "facts.arets", "finns inte bland dem"),
        (line(facts={"arets": {"x": []}}), "facts.arets", "finns inte bland dem"),
        (line(context=7), "context", "ska vara text"),
        (line(context="Hos 20160514-9895"), "context", "inget personnummer"),
        (line(answers={"hittepa": {"value": "ja", "source": "skola"}}), "answers.hittepa", ""),
        (
            line(answers={"hotbild": {"value": "kanske", "source": "skola"}}),
            "answers.hotbild.value",
            "ska vara ja, nej eller okänt",
        ),
        (line(answers={"hotbild": {"value": "ja", "source": "x"}}), "answers.hotbild", "källan"),
        (line(id=""), "id", "får inte vara tomt"),
        (line(text="   "), "text", "Skriv vad"),
        (b"[]", "raden", "fält med värden"),
        (b'{"id": "a", "id": "b"}', "id", "två gånger"),
        (b'{"id": }', "raden", "inte riktig JSON"),
        (b"\xff\xfe", "raden", "inte UTF-8"),
        (b"[" * 100_000, "raden", "djupt"),
    ],
)
def test_each_fault_names_its_field_and_says_what_is_wrong(
    raw: bytes, field: str, words: str
) -> None:
    faults = refusal(raw)

    assert field in faults
    assert words in faults[field]


def test_every_fault_of_a_line_is_told_at_once() -> None:
    assert set(refusal(line(channel="fax", text="", adress="x"))) == {"channel", "text", "adress"}


def test_no_fault_repeats_a_name_a_number_or_the_story() -> None:
    raw = line(
        channel="Elliot Vråkberg",
        received_at="Elliot Vråkberg",
        child={"name": ["Elliot Vråkberg"], "personal_number": 201605149895},
        text={"x": "Han vågar inte gå hem."},
    )

    said = json.dumps(refusal(raw), ensure_ascii=False)

    assert "Elliot" not in said
    assert "9895" not in said
    assert "vågar" not in said


def test_nothing_is_half_written_when_a_line_is_refused() -> None:
    world = World()

    list(import_lines(world.office, [line(answers={"x": {"value": "ja", "source": "skola"}})]))

    assert world.store.journal == {}
    assert world.store.outbox == {}


def test_the_clocks_run_from_when_it_came_in_and_not_from_the_import() -> None:
    world = World()
    world.clock.forward(hours=3)

    list(import_lines(world.office, [line()]))

    (rows,) = world.store.rows.values()
    assert rows.case.received_at < MORNING
    assert {clock.anchor_at for clock in rows.clocks} == {rows.case.received_at}


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800", "\\u001b"])
@pytest.mark.parametrize("field", ["id", "text", "title"])
def test_a_sign_that_cannot_be_kept_refuses_the_line_and_is_not_repeated(
    field: str, sign: str
) -> None:
    raw = line(**{field: "före%efter"}).replace(b"%", sign.encode())

    (one, other) = import_lines(World().office, [raw, line(id="a-2")])

    assert isinstance(one, Refused)
    assert one.id in (None, "a-1")
    assert isinstance(other, Kept)


def test_children_in_a_context_are_counted_line_by_line() -> None:
    world = World()
    alma = {"personal_number": "20191102-2380"}

    list(import_lines(world.office, [line(context="Torget, 14 mars")]))
    list(import_lines(world.office, [line(id="a-2", context="torget 14 mars", child=alma)]))

    first, second = (events[0] for events in world.store.journal.values())
    assert isinstance(first, Registered)
    assert isinstance(second, Registered)
    assert first.context == "Torget, 14 mars"
    assert second.facts["barn_i_samma_sammanhang_30d"] == 1


def test_a_count_that_the_board_has_added_may_be_told_in_a_line() -> None:
    world = World(rulebook=board())
    (kept,) = import_lines(world.office, [line(facts={"manadens": 4})])

    (events,) = world.store.journal.values()
    assert isinstance(kept, Kept)
    assert isinstance(events[0], Registered)
    assert events[0].facts["manadens"] == 4

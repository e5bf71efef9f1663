"""Past concerns out of a file: the good ones are kept, each bad one is told with its number."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.columns.files import MOST_TOLD, convert, load, load_lines
from adapters.columns.past import ColumnConcerns
from adapters.columns.rows import rows_of, schema
from rules.answer import Answer, Value
from rules.language.shape import Fact, FactType
from rules.language.vocabulary import Vocabulary
from tests.rules import language, shipped
from workflows.concern_line import Concern
from workflows.past_concerns import CannotRead, Loaded

EXAMPLES = shipped.ROOT / "examples" / "concerns.jsonl"
WORDS = shipped.file().ruleset.words
MOMENT = datetime(2026, 2, 9, 7, 55, tzinfo=UTC)


def every(loaded: Loaded) -> tuple[Concern, ...]:
    return tuple(loaded.concerns.concerns(range(len(loaded.concerns))))


def line(**changes: Any) -> bytes:
    whole = {"id": "a", "received_at": "2026-02-09T08:55:00+01:00", "facts": {}, "answers": {}}
    return json.dumps(whole | changes, ensure_ascii=False).encode()


def test_every_example_is_read_as_it_was_told() -> None:
    found = load(EXAMPLES, WORDS)

    assert (found.bad, found.left_out) == ((), 0)
    for concern, told in zip(every(found), shipped.examples(), strict=True):
        assert concern.id == told["id"]
        assert concern.received_at == datetime.fromisoformat(told["received_at"])
        assert concern.answers == shipped.answers_of(told)
        assert concern.facts == {k: v for k, v in told["facts"].items() if v is not None}


BAD = [
    (b"\xff", None, "inte UTF-8"),
    (b"{", None, "inte riktig JSON"),
    (line(id=""), None, "fältet id"),
    (line(facts={"alder": "9"}), "a", "uppgiften alder"),
    (line(facts={"kon": "x"}), "a", "får aldrig användas"),
    (line(answers={"hotbld": {"value": "ja", "source": "s"}}), "a", "finns inte i instrumentet"),
    (line(received_at="2026-02-09T08:55:00"), "a", "tidszon"),
    (line(received_at="i går"), "a", "tidpunkt"),
    (line(received_at=12), "a", "tidpunkt"),
    (line(received_at="0001-01-01T00:00:00+14:00"), "a", "ligger utanför"),
]


@pytest.mark.parametrize(("bad", "name", "words"), BAD)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_kept(
    bad: bytes, name: str | None, words: str
) -> None:
    found = load_lines([line(id="först"), b"\n", bad, line(id="sist")], WORDS)

    (told,) = found.bad
    assert [it.id for it in every(found)] == ["först", "sist"]
    assert (told.line, told.id, found.left_out) == (3, name, 1)
    assert words in told.sentence


def test_of_very_many_bad_lines_some_are_told_and_all_are_counted() -> None:
    found = load_lines([b"fel"] * (MOST_TOLD + 5), WORDS)

    assert (len(found.bad), found.left_out) == (MOST_TOLD, MOST_TOLD + 5)


def test_a_concern_need_not_say_when_it_came_in() -> None:
    found = load_lines([b'{"id": "a", "facts": {}, "answers": {}}'], WORDS)

    assert every(found) == (Concern("a", {}, {}),)


DATED = replace(
    language.WORDS,
    facts={
        **language.WORDS.facts,
        "fodd": Fact(
            id="fodd", type=FactType.DATE, earliest=date(1990, 1, 1), latest=date(2030, 1, 1)
        ),
    },
)
known = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(0, 5),
        "flag": st.booleans(),
        "word": st.sampled_from(["x", "y", "z"]),
        "fodd": st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(str),
    },
)
answers = st.dictionaries(
    language.questions,
    st.builds(Answer, st.sampled_from(Value), st.sampled_from(["skola", "barnet", "å"])),
)
concerns = st.builds(Concern, st.just("a"), known, answers, st.none() | st.just(MOMENT))


@settings(max_examples=40)
@given(several=st.lists(concerns, max_size=5))
def test_parquet_gives_back_what_was_written(
    several: list[Concern], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("parquet") / "x.parquet"

    ColumnConcerns.of(several, DATED).rows.write_parquet(path)

    assert every(load(path, DATED)) == tuple(several)


def parquet(folder: Path, words: Vocabulary = WORDS, **columns: Any) -> Loaded:
    path = folder / "x.parquet"
    pl.DataFrame({"id": ["a", "b"], **columns}).write_parquet(path)
    return load(path, words)


def test_a_file_of_somebody_else_may_have_plain_text_and_few_columns(tmp_path: Path) -> None:
    found = parquet(
        tmp_path,
        received_at=[MOMENT, None],
        fact_alder=[9, None],
        fact_anmalartyp=["okänt", "skola"],
        answer_hotbild=["ja", None],
        source_hotbild=["polis", None],
        namn=["x", "y"],
    )

    assert found.left_out == 0
    assert every(found) == (
        Concern("a", {"alder": 9}, {"hotbild": Answer(Value.YES, "polis")}, MOMENT),
        Concern("b", {"anmalartyp": "skola"}, {}),
    )


WRONG = [
    ({"fact_alder": [None, 131]}, "uppgiften alder"),
    ({"fact_alder": [None, 9.0]}, "uppgiften alder"),
    ({"fact_pagaende_insats": [None, "ja"]}, "uppgiften pagaende_insats"),
    ({"fact_anmalartyp": [None, "granne"]}, '"granne" finns inte'),
    ({"fact_kon": [None, "x"]}, "får aldrig användas"),
    ({"answer_hotbld": [None, "ja"]}, "finns inte i instrumentet"),
    ({"answer_hotbild": [None, "kanske"], "source_hotbild": [None, "s"]}, "inget svar"),
    ({"answer_hotbild": [None, 1], "source_hotbild": [None, "s"]}, "inget svar"),
    ({"answer_hotbild": [None, "ja"]}, "source ska säga vem"),
    ({"answer_hotbild": [None, "ja"], "source_hotbild": [None, " "]}, "source ska säga vem"),
]


@pytest.mark.parametrize(("columns", "words"), WRONG)
def test_a_bad_row_is_told_with_its_number_and_the_others_are_kept(
    tmp_path: Path, columns: dict[str, Any], words: str
) -> None:
    found = parquet(tmp_path, **columns)

    (told,) = found.bad
    assert [it.id for it in every(found)] == ["a"]
    assert (told.line, told.id, found.left_out) == (2, "b", 1)
    assert words in told.sentence


def test_a_date_out_of_its_time_is_a_bad_row(tmp_path: Path) -> None:
    found = parquet(tmp_path, DATED, fact_fodd=[date(2000, 1, 1), date(1989, 12, 31)])

    assert [it.id for it in every(found)] == ["a"]
    assert "uppgiften fodd" in found.bad[0].sentence


def test_a_row_without_an_id_is_a_bad_row(tmp_path: Path) -> None:
    found = parquet(tmp_path, id=["a", None])

    assert [(it.line, it.id, it.sentence) for it in found.bad] == [(2, None, "kolumnen id är tom")]


UNREADABLE = [
    ({"id": [1, 2]}, "kolumnen id"),
    ({"received_at": ["2026-02-09T08:55:00Z", None]}, "tidszon"),
    ({"received_at": [MOMENT.replace(tzinfo=None), None]}, "tidszon"),
]


@pytest.mark.parametrize(("columns", "words"), UNREADABLE)
def test_a_file_of_another_shape_is_refused_whole(
    tmp_path: Path, columns: dict[str, Any], words: str
) -> None:
    with pytest.raises(CannotRead, match=words):
        parquet(tmp_path, **columns)


def test_a_broken_or_missing_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "x.parquet"
    broken.write_bytes(b"PAR1 nej PAR1")

    for path in (broken, tmp_path / "finns-inte.jsonl", tmp_path):
        with pytest.raises(CannotRead, match="går inte att läsa"):
            load(path, WORDS)


def test_what_is_kept_has_one_small_column_for_each_thing_told() -> None:
    rows = rows_of([Concern("a", {}, {})] * 10_000, WORDS)

    assert list(rows.columns) == list(schema(WORDS))
    assert rows.estimated_size() / rows.height < 400


def test_a_file_of_lines_is_written_as_parquet_without_its_bad_lines(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "ut.parquet"
    source.write_bytes(b"fel\n" + EXAMPLES.read_bytes())

    written = convert(source, target, WORDS)

    assert [(it.line, it.id) for it in written.bad] == [(1, None)]
    assert every(load(target, WORDS)) == every(load(EXAMPLES, WORDS))

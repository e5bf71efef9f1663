"""Past concerns as rows, in memory and in Parquet alike: id, received_at, facts, answers, sources.

`fact_<name>` is a whole number, a date, true or false, or a word; `answer_<question>` is ja, nej,
okänt or null (not asked), and `source_<question>` who said it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, assert_never

import polars as pl

from rules.answer import Answer, Value
from rules.language.shape import Fact, FactType
from rules.language.vocabulary import Vocabulary, as_day, wrong_fact
from workflows.concern_line import Concern

ID, RECEIVED_AT = "id", "received_at"
ANSWERS = pl.Enum([value.value for value in Value])
# Who may have said it is an open list, but a short one.
SOURCES = pl.Categorical()
MOMENT = pl.Datetime("us", "UTC")
FACT, ANSWER, SOURCE = "fact_", "answer_", "source_"


def fact(name: str) -> str:
    """The column of a fact."""
    return f"{FACT}{name}"


def answer(question: str) -> str:
    """The column with the answer to a question."""
    return f"{ANSWER}{question}"


def source(question: str) -> str:
    """The column with who answered a question."""
    return f"{SOURCE}{question}"


def schema(words: Vocabulary) -> dict[str, pl.DataType]:
    """Every column with its type, in order."""
    found: dict[str, pl.DataType] = {ID: pl.String(), RECEIVED_AT: MOMENT}
    found |= {fact(it.id): _type(it) for it in words.facts.values()}
    for question in words.indicators:
        found |= {answer(question): ANSWERS, source(question): SOURCES}
    return found


def rows_of(concerns: Sequence[Concern], words: Vocabulary) -> pl.DataFrame:
    """The concerns as rows; what is not mentioned, or these words do not know, is null."""
    types = schema(words)
    columns = _values(concerns, words)
    empty = [None] * len(concerns)
    return pl.DataFrame(
        [pl.Series(name, columns.get(name, empty), dtype=it) for name, it in types.items()]
    )


def concerns_of(rows: pl.DataFrame) -> tuple[Concern, ...]:
    """The rows as concerns: what `rows_of` was given, but for what is null."""
    return tuple(map(_concern, rows.iter_rows(named=True)))


def _values(concerns: Sequence[Concern], words: Vocabulary) -> dict[str, list[object]]:
    """The values of each column that has any."""
    found: dict[str, list[object]] = {
        ID: [it.id for it in concerns],
        RECEIVED_AT: [it.received_at for it in concerns],
    }
    for row, concern in enumerate(concerns):
        for column, value in _mentioned(concern, words):
            if column not in found:
                found[column] = [None] * len(concerns)
            found[column][row] = value
    return found


def _mentioned(concern: Concern, words: Vocabulary) -> Iterable[tuple[str, object]]:
    for name, value in concern.facts.items():
        it = words.facts.get(name)
        if it and value is not None and not wrong_fact(it, value):
            yield fact(name), as_day(value) if it.type is FactType.DATE else value
    for question, said in concern.answers.items():
        if question in words.indicators:
            yield answer(question), said.value.value
            yield source(question), said.source


def _concern(row: Mapping[str, Any]) -> Concern:
    known = {name: value for name, value in row.items() if value is not None}
    facts = {
        name.removeprefix(FACT): str(value) if isinstance(value, date) else value
        for name, value in known.items()
        if name.startswith(FACT)
    }
    questions = [name.removeprefix(ANSWER) for name in known if name.startswith(ANSWER)]
    answers = {it: Answer(Value(known[answer(it)]), known[source(it)]) for it in questions}
    return Concern(row[ID], facts, answers, row[RECEIVED_AT])


def _type(it: Fact) -> pl.DataType:
    match it.type:
        case FactType.NUMBER:
            return pl.Int32()
        case FactType.DATE:
            return pl.Date()
        case FactType.YES_OR_NO:
            return pl.Boolean()
        case FactType.WORD:
            return pl.Enum(it.values)
        case _:
            assert_never(it.type)

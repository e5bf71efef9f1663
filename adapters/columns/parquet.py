"""Past concerns in Parquet: the columns of adapters/columns/rows.py, of which only id must be.

The whole file is checked as columns. Only for the rows that are wrong is it worked out what a
person is told, and then by the same sentences as for a line of JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PanicException, PolarsError

from adapters.columns.rows import (
    ANSWER,
    FACT,
    ID,
    RECEIVED_AT,
    SOURCE,
    answer,
    fact,
    schema,
    source,
)
from rules.language.shape import Fact, FactType
from rules.language.vocabulary import UNKNOWN, Vocabulary
from workflows.concern_line import faults_in
from workflows.past_concerns import BadConcern, CannotRead

_ROW, _WRONG = "rad", "fel"
_TEXT = (pl.String, pl.Categorical, pl.Enum)


@dataclass(frozen=True, slots=True)
class Read:
    """The good rows, how many were left out, and what is told of some of those."""

    rows: pl.DataFrame
    left_out: int
    bad: tuple[BadConcern, ...]


def read_parquet(path: Path, words: Vocabulary, *, most: int) -> Read:
    """The rows of the file; raises CannotRead. At most so many bad rows are told of."""
    try:
        file = pl.scan_parquet(path)
        types = file.collect_schema()
        _require(types)
        whole = file.select(*_checked(types, words)).collect(engine="streaming")
        wrong = whole.get_column(_WRONG).arg_true().to_list()
        raw = file.with_row_index(_ROW).filter(pl.col(_ROW).is_in(wrong[:most])).collect()
    except (PolarsError, PanicException, OSError) as error:
        raise CannotRead(f"filen går inte att läsa som Parquet ({type(error).__name__})") from error
    bad = tuple(_told(row, words) for row in raw.iter_rows(named=True))
    return Read(whole.filter(~pl.col(_WRONG)).drop(_WRONG), len(wrong), bad)


def _require(types: pl.Schema) -> None:
    if types.get(ID) not in _TEXT:
        raise CannotRead("kolumnen id saknas eller är inte text")
    moment = types.get(RECEIVED_AT, pl.Null())
    zoned = isinstance(moment, pl.Datetime) and moment.time_zone is not None
    if not zoned and moment != pl.Null:
        raise CannotRead("kolumnen received_at ska vara tidpunkter med tidszon")


def _checked(types: pl.Schema, words: Vocabulary) -> Iterator[pl.Expr]:
    """Every column, null where a value does not fit, and one that is true in rows with such."""
    wanted = schema(words)
    found = {name: _read(name, types, wanted[name]) for name in wanted}
    for it in words.facts.values():
        found[fact(it.id)] = _within(found[fact(it.id)], it)
    yield from (expression.alias(name) for name, expression in found.items())
    wrong = [pl.col(ID).is_null() | (pl.col(ID).cast(pl.String) == "")]
    wrong += [_lost(name, found[name], types) for name in types if name in wanted]
    wrong += [_unsaid(it, found, types) for it in words.indicators if answer(it) in types]
    wrong += [pl.col(name).is_not_null() for name in types if _is_unknown(name, wanted)]
    yield pl.any_horizontal(*wrong).fill_null(value=False).alias(_WRONG)


def _read(name: str, types: pl.Schema, wanted: pl.DataType) -> pl.Expr:
    """The column as it should be; all null when it is something else."""
    kind, column = types.get(name, pl.Null()), pl.col(name)
    if kind == wanted:
        return column
    if wanted in _TEXT and kind in _TEXT:
        return column.cast(pl.String).cast(wanted, strict=False)
    if wanted.is_integer() and kind.is_integer():
        return column.cast(wanted, strict=False)
    if name == RECEIVED_AT and kind != pl.Null:
        return column.cast(wanted)
    return pl.lit(None, dtype=wanted)


def _within(value: pl.Expr, it: Fact) -> pl.Expr:
    if it.type is FactType.NUMBER:
        return pl.when(value.is_between(*it.span)).then(value)
    if it.type is FactType.DATE:
        inside = value.is_between(pl.lit(it.earliest), pl.lit(it.latest))
        return pl.when(inside).then(value)
    return value


def _lost(name: str, value: pl.Expr, types: pl.Schema) -> pl.Expr:
    """Where there was something that is not a value of the column; okänt is no value but fits."""
    lost = pl.col(name).is_not_null() & value.is_null()
    if types[name] in _TEXT:
        return lost & (pl.col(name).cast(pl.String) != UNKNOWN)
    return lost


def _unsaid(question: str, found: Mapping[str, pl.Expr], types: pl.Schema) -> pl.Expr:
    """Where there is an answer and nobody who gave it."""
    by = found[source(question)]
    if types.get(source(question)) == pl.String:
        by = pl.col(source(question)).str.strip_chars()
    return found[answer(question)].is_not_null() & by.eq_missing("").or_(by.is_null())


def _is_unknown(name: str, wanted: Mapping[str, pl.DataType]) -> bool:
    return name.startswith((FACT, ANSWER)) and name not in wanted


def _told(row: Mapping[str, Any], words: Vocabulary) -> BadConcern:
    """What is wrong in a row, as of a line of JSON."""
    known = {name: value for name, value in row.items() if value is not None}
    facts = {
        name.removeprefix(FACT): str(value) if isinstance(value, date) else value
        for name, value in known.items()
        if name.startswith(FACT)
    }
    answers = {
        question: {"value": value, "source": known.get(f"{SOURCE}{question}", "")}
        for name, value in known.items()
        if name.startswith(ANSWER) and (question := name.removeprefix(ANSWER))
    }
    faults = [] if known.get(ID) else ["kolumnen id är tom"]
    faults += faults_in(facts, answers, words)
    return BadConcern(row[_ROW] + 1, known.get(ID), "; ".join(faults))

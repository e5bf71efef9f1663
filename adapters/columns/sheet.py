"""What the compiled rules read of past concerns: two bits a question, and the facts.

It is made of the rows of a file (`adapters/columns/rows.py`), where an answer still says who gave
it; what counts as an answer is settled here.
"""

from collections.abc import Iterator

import polars as pl

from adapters.columns.conditions import known, said
from adapters.columns.rows import answer, fact, source
from rules.answer import Value
from rules.engines.situation import NO_COUNTS_NOT_FROM
from rules.language.shape import Fact, FactType
from rules.language.vocabulary import Vocabulary

# polars counts days from 1970-01-01, conditions as date.toordinal does.
_DAY_ZERO = 719_163


def sheet_of(rows: pl.DataFrame, words: Vocabulary) -> pl.DataFrame:
    """The rows as the rules of this vocabulary see them.

    A number beyond the ends is the nearest end, as in rules.engines.carried; another value that the
    vocabulary does not know is unknown: another version may have known it.
    """
    facts = [_fact(it).alias(known(it.id)) for it in words.facts.values()]
    return rows.select(*_answers(words), *facts)


def _answers(words: Vocabulary) -> Iterator[pl.Expr]:
    for question in words.indicators:
        value, by = pl.col(answer(question)), pl.col(source(question))
        home = pl.any_horizontal(*(by.eq_missing(name) for name in sorted(NO_COUNTS_NOT_FROM)))
        yield value.eq_missing(Value.YES.value).alias(said(question, yes=True))
        yield (value.eq_missing(Value.NO.value) & ~home).alias(said(question, yes=False))


def _fact(it: Fact) -> pl.Expr:
    column = pl.col(fact(it.id))
    match it.type:
        case FactType.NUMBER:
            return column.clip(*it.span)
        case FactType.DATE:
            return _within(column.to_physical() + _DAY_ZERO, it)
        case FactType.YES_OR_NO:
            return column
        case FactType.WORD:
            return column.cast(pl.Enum(it.values), strict=False)


def _within(number: pl.Expr, it: Fact) -> pl.Expr:
    low, high = it.span
    return pl.when(number.is_between(low, high)).then(number)

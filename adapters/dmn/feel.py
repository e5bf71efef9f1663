"""A leaf of a condition as a column and a cell, in the part of FEEL that is also Python.

An answer is a number: 1 for ja, -1 for a nej that counts, 0 for unknown; a yes-or-no fact likewise.
A number is never negative, so -1 is an unknown one; an unknown word or day is "okänt".
"""

import keyword
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from rules.engines.normal import Literal
from rules.language.prose import begun, subject, value_words
from rules.language.shape import Fact, FactType
from rules.language.syntax import Answered, AtLeast, Bound, OneOf, Side, Unanswered
from rules.language.vocabulary import UNKNOWN, Vocabulary

NUMBER, STRING = "number", "string"
_LAST_DAY = "9999-12-31"
_FEEL_WORDS = frozenset(
    (
        "and", "between", "date", "duration", "else", "every", "external", "false", "for",
        "function", "if", "in", "instance", "max", "not", "null", "of", "or", "return",
        "satisfies", "some", "then", "time", "true",
    )
)  # fmt: skip
_RESERVED = _FEEL_WORDS | frozenset(keyword.kwlist)


@dataclass(frozen=True, slots=True)
class Column:
    """What is compared: an expression over the inputs, and what it is called."""

    expression: str
    label: str
    type: str = NUMBER


@dataclass(frozen=True, slots=True)
class Cell:
    """A test of a column: as a table shows it, and with `?` for the value, to be combined."""

    text: str
    whole: str


class Leaves:
    """Turns leaves into columns and cells, with the words of one rules file."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self.names = _names((*words.indicators, *words.facts))

    def of(self, literal: Literal) -> tuple[Column, Cell]:
        """The column that the leaf reads, and the test of it."""
        holds = literal.holds
        match literal.leaf:
            case Answered(indicator):
                return self.question(indicator), _is(["1" if holds else "-1"])
            case AtLeast(count, names) if holds:
                return self._sum(names, "max({}, 0)", "Antal ja"), _from(count)
            case AtLeast(count, names):
                most = len(names) - count + 1
                return self._sum(names, "max(-{}, 0)", "Antal nej"), _from(most)
            case Unanswered(names):
                column = self._sum(names, "max({0}, -{0})", "Antal besvarade")
                return column, _is(["0"]) if holds else _from(1)
            case Bound() as bound:
                fact = self._words.facts[bound.fact]
                return self.fact(fact), _bound(bound, fact, holds)
            case OneOf() as one_of:
                fact = self._words.facts[one_of.fact]
                return self.fact(fact), _is(_values(one_of, fact, holds))
            case leaf:
                assert_never(leaf)

    def question(self, name: str) -> Column:
        """The column of one question."""
        return Column(self.names[name], self._words.indicators[name].ask)

    def fact(self, fact: Fact) -> Column:
        """The column of one fact."""
        return Column(self.names[fact.id], begun(subject(fact)), type_of(fact))

    def _sum(self, names: tuple[str, ...], term: str, what: str) -> Column:
        terms = " + ".join(term.format(self.names[name]) for name in names)
        asks = " ".join(self._words.indicators[name].ask for name in names)
        label = f"{what} på {len(names)} frågor" if len(names) > 9 else f"{what}: {asks}"
        return Column(terms, label)


def type_of(fact: Fact) -> str:
    """The type of FEEL in which the fact is given."""
    return NUMBER if fact.type in (FactType.NUMBER, FactType.YES_OR_NO) else STRING


def domain_of(fact: Fact) -> str:
    """What the fact may be, said for the one who fills in the input."""
    match fact.type:
        case FactType.NUMBER:
            return f"{fact.span[0]}–{fact.span[1]}; −1 = okänt"
        case FactType.YES_OR_NO:
            return "1 = ja, −1 = nej, 0 = okänt"
        case FactType.DATE:
            return f'dag som ÅÅÅÅ-MM-DD, eller "{UNKNOWN}"'
        case FactType.WORD:
            told = (f'"{it}" = {value_words(fact, it)}' for it in fact.values)
            return f'{", ".join(told)}, eller "{UNKNOWN}"'


def both(cells: Iterable[Cell]) -> Cell:
    """A value that passes every one of the tests."""
    tests = list(dict.fromkeys(cells))
    if len(tests) == 1:
        return tests[0]
    whole = " and ".join(f"({cell.whole})" for cell in tests)
    return Cell(whole, whole)


def _is(values: list[str]) -> Cell:
    whole = f"? in [{', '.join(values)}]"
    return Cell(values[0] if len(values) == 1 else whole, whole)


def _from(least: int) -> Cell:
    return Cell(f">= {least}", f"? >= {least}")


def _only(whole: str) -> Cell:
    return Cell(whole, whole)


def _bound(bound: Bound, fact: Fact, holds: bool) -> Cell:
    """An unknown passes only where an unknown counts, and never where the leaf must be false."""
    below = (bound.side is Side.BELOW) is holds
    unknown = bound.if_unknown and holds
    if fact.type is FactType.DATE:
        return _day(f'"{date.fromordinal(bound.limit)}"', below=below, unknown=unknown)
    limit = bound.limit
    if below:
        return Cell(f"< {limit}", f"? < {limit}") if unknown else _only(f"? >= 0 and ? < {limit}")
    return _only(f"? < 0 or ? >= {limit}") if unknown else _from(limit)


def _day(limit: str, *, below: bool, unknown: bool) -> Cell:
    whole = f"? < {limit}" if below else f'? >= {limit} and ? <= "{_LAST_DAY}"'
    return _only(f'{whole} or ? in ["{UNKNOWN}"]' if unknown else whole)


def _values(one_of: OneOf, fact: Fact, holds: bool) -> list[str]:
    """The values that pass; none when no known value does."""
    every: tuple[bool | str, ...] = fact.values or (True, False)
    passing = [value for value in every if (value in one_of.values) is holds]
    known = [_written(value) for value in passing]
    return [*known, _unknown(fact)] if one_of.if_unknown and holds else known


def _written(value: bool | str) -> str:
    if isinstance(value, bool):
        return "1" if value else "-1"
    return f'"{value}"'


def _unknown(fact: Fact) -> str:
    return "0" if fact.type is FactType.YES_OR_NO else f'"{UNKNOWN}"'


def _names(given: Iterable[str]) -> Mapping[str, str]:
    """A name for each that is no word of FEEL or Python; those that are get an underscore."""
    taken = set(given := tuple(given))
    found: dict[str, str] = {}
    for name in given:
        free = name
        while free in _RESERVED or (free != name and free in taken):
            free += "_"
        taken.add(free)
        found[name] = free
    return found

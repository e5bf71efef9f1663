"""Conditions and situations in the flat, positive form that durable_rules can be trusted with.

Every question, count and unknown becomes a field of its own, a word or a whole number that is
always there, so that nothing is compared with what is missing and nothing is negated.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rules.engines.normal import Literal, alternatives, counted
from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.syntax import (
    Answered,
    AtLeast,
    Bound,
    OneOf,
    Scalar,
    Side,
    Unanswered,
)

YES, NO, UNKNOWN = "ja", "nej", "okant"

# The library fails with the 65th branch that one fact satisfies, and 255 fields. Every row is one
# branch at most, so a network this small holds even for the fact that satisfies every row.
MOST_ROWS = 63
MOST_FIELDS = 200

# What an unknown number is compared as where unknown counts: below, or above, every limit.
LOWEST, HIGHEST = -(10**15), 10**15

Encoder = Callable[[Situation], str | int]


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a field; no operator means equal."""

    field: str
    operator: str | None
    value: str | int


@dataclass(frozen=True, slots=True)
class Row:
    """The tests that together make a rule hold."""

    rule: str
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Rows that are matched against one fact, and its fields: words for questions, and others."""

    name: str
    rows: tuple[Row, ...]
    fields: Mapping[str, Encoder]
    questions: Mapping[str, str]


def networks(rules: Iterable[Rule]) -> tuple[Network, ...]:
    """The rules as networks within the limits of the library; raises TooWide."""
    fields = _Fields()
    rows = [row for rule in rules for row in _rows(rule, fields)]
    return tuple(_network(f"oro-{n}", part, fields) for n, part in enumerate(_parts(rows)))


def encode(network: Network, situation: Situation) -> dict[str, str | int]:
    """The one flat fact of a situation."""
    said = situation.answers.get
    words = {field: _WORDS[said(name)] for field, name in network.questions.items()}
    return {**words, **{name: encoder(situation) for name, encoder in network.fields.items()}}


def _network(name: str, rows: tuple[Row, ...], fields: "_Fields") -> Network:
    used = _used(rows)
    encoders = {field: fields.encoders[field] for field in used if field in fields.encoders}
    questions = {field: fields.questions[field] for field in used if field in fields.questions}
    return Network(name, rows, encoders, questions)


def _rows(rule: Rule, fields: "_Fields") -> Iterator[Row]:
    alternatives(rule.when)  # what is too wide for a person is refused here as well
    clauses = alternatives(counted(rule.when))
    found = (tuple(dict.fromkeys(fields.test(literal) for literal in it)) for it in clauses)
    return (Row(rule.id, tests) for tests in dict.fromkeys(found))


def _parts(rows: list[Row]) -> Iterator[tuple[Row, ...]]:
    part: list[Row] = []
    for row in rows:
        if len(part) == MOST_ROWS or len(_used((*part, row))) > MOST_FIELDS:
            yield tuple(part)
            part = []
        part.append(row)
    if part:
        yield tuple(part)


def _used(rows: Iterable[Row]) -> dict[str, None]:
    return dict.fromkeys(test.field for row in rows for test in row.tests)


class _Fields:
    """Names the fields that leaves need, and keeps how each is made of a situation."""

    def __init__(self) -> None:
        self.encoders: dict[str, Encoder] = {}
        self.questions: dict[str, str] = {}
        self._numbers: dict[object, int] = {}

    def test(self, literal: Literal) -> Test:
        """The comparison that is true when the leaf is, or when it is false, and never unknown."""
        match literal.leaf:
            case Answered(indicator):
                return self._answer(indicator, YES if literal.holds else NO)
            case AtLeast() as leaf:
                return self._count(leaf, literal.holds)
            case Unanswered(indicators):
                field = self._add("tom", indicators, _emptiness(indicators))
                return Test(field, None, YES if literal.holds else NO)
            case Bound() as leaf:
                return self._bound(leaf, literal.holds)
            case OneOf() as leaf:
                return self._one_of(leaf, literal.holds)

    def _answer(self, indicator: str, value: str) -> Test:
        field = f"svar_{indicator}"
        self.questions[field] = indicator
        return Test(field, None, value)

    def _count(self, leaf: AtLeast, holds: bool) -> Test:
        """Few enough can be ja when so many are nej that the rest would not do."""
        need = leaf.count if holds else len(leaf.indicators) - leaf.count + 1
        name = "antal_ja" if holds else "antal_nej"
        field = self._add(name, leaf.indicators, _counter(leaf.indicators, holds))
        return Test(field, "$gte", need)

    def _bound(self, leaf: Bound, holds: bool) -> Test:
        below = (leaf.side is Side.BELOW) is holds
        unknown = LOWEST if below is (leaf.if_unknown and holds) else HIGHEST
        field = f"{'lag' if unknown == LOWEST else 'hog'}_{leaf.fact}"
        self.encoders[field] = _number(leaf.fact, unknown)
        return Test(field, "$lt" if below else "$gte", leaf.limit)

    def _one_of(self, leaf: OneOf, holds: bool) -> Test:
        """A single value is compared in the network; several are one field of their own."""
        if not holds:
            return Test(self._add("annat", leaf, _other(leaf)), None, YES)
        if len(leaf.values) + leaf.if_unknown > 1:
            return Test(self._add("bland", leaf, _among(leaf)), None, YES)
        field = f"varde_{leaf.fact}"
        self.encoders[field] = lambda situation: _value(situation.facts.get(leaf.fact))
        return Test(field, None, _value(leaf.values[0]))

    def _add(self, name: str, key: object, encoder: Encoder) -> str:
        number = self._numbers.setdefault((name, key), len(self._numbers))
        self.encoders[f"{name}_{number}"] = encoder
        return f"{name}_{number}"


_WORDS: Mapping[bool | None, str] = {True: YES, False: NO, None: UNKNOWN}


def _value(value: Scalar | None) -> str:
    """A word of its own for each value, apart from the word for unknown."""
    return UNKNOWN if value is None else f"{type(value).__name__}_{value}"


def _number(fact: str, unknown: int) -> Encoder:
    def encode_number(situation: Situation) -> int:
        value = situation.facts.get(fact)
        return unknown if value is None else int(value)

    return encode_number


def _emptiness(indicators: tuple[str, ...]) -> Encoder:
    return lambda situation: YES if situation.answers.keys().isdisjoint(indicators) else NO


def _counter(indicators: tuple[str, ...], answer: bool) -> Encoder:
    return lambda situation: list(map(situation.answers.get, indicators)).count(answer)


def _among(leaf: OneOf) -> Encoder:
    def encode_among(situation: Situation) -> str:
        value = situation.facts.get(leaf.fact)
        return YES if (leaf.if_unknown if value is None else value in leaf.values) else NO

    return encode_among


def _other(leaf: OneOf) -> Encoder:
    def encode_other(situation: Situation) -> str:
        value = situation.facts.get(leaf.fact)
        return NO if value is None or value in leaf.values else YES

    return encode_other

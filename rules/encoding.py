"""Conditions and situations in the flat, positive form that durable_rules can be trusted with.

Every question, count and unknown becomes a field of its own, a word or a whole number that is
always there, so that nothing is compared with what is missing and nothing is negated.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from rules.normal import Clause, Literal, alternatives
from rules.rule import Rule
from rules.situation import Situation
from rules.syntax import Answered, AtLeast, Bound, OneOf, Scalar, Side, Unanswered

YES, NO, UNKNOWN = "ja", "nej", "okant"

# The library fails with the 65th branch that one fact satisfies, and 255 fields. Every row is one
# branch at most, so a network this small holds even for the fact that satisfies every row.
MOST_ROWS = 48
MOST_FIELDS = 200

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
    """Rows that are matched against one fact, and how its fields are made."""

    name: str
    rows: tuple[Row, ...]
    fields: Mapping[str, Encoder]


def networks(rules: Iterable[Rule]) -> tuple[Network, ...]:
    """The rules as networks within the limits of the library; raises TooWide."""
    fields = _Fields()
    rows = [row for rule in rules for row in _rows(rule, fields)]
    return tuple(
        Network(f"oro-{number}", part, {name: fields.encoders[name] for name in _used(part)})
        for number, part in enumerate(_parts(rows))
    )


def encode(network: Network, situation: Situation) -> dict[str, str | int]:
    """The one flat fact of a situation."""
    return {name: encoder(situation) for name, encoder in network.fields.items()}


def _rows(rule: Rule, fields: "_Fields") -> Iterator[Row]:
    seen = {tests: None for clause in alternatives(rule.when) for tests in _tests(clause, fields)}
    return (Row(rule.id, tests) for tests in seen)


def _tests(clause: Clause, fields: "_Fields") -> Iterator[tuple[Test, ...]]:
    for ways in product(*(fields.ways(literal) for literal in clause)):
        yield tuple(dict.fromkeys(test for way in ways for test in way))


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
        self._numbers: dict[object, int] = {}

    def ways(self, literal: Literal) -> tuple[tuple[Test, ...], ...]:
        """The alternatives, in tests, of one leaf being true, or being false."""
        match literal.leaf:
            case Answered(indicator):
                return ((self._answer(indicator, YES if literal.holds else NO),),)
            case AtLeast() as leaf:
                return ((self._count(leaf, literal.holds),),)
            case Unanswered(indicators):
                field = self._add("tom", indicators, _emptiness(indicators))
                return ((Test(field, None, YES if literal.holds else NO),),)
            case Bound() as leaf:
                return self._bound(leaf, literal.holds)
            case OneOf() as leaf:
                return self._one_of(leaf, literal.holds)

    def _answer(self, indicator: str, value: str) -> Test:
        field = f"svar_{indicator}"
        self.encoders[field] = lambda situation: _word(situation.answers.get(indicator))
        return Test(field, None, value)

    def _count(self, leaf: AtLeast, holds: bool) -> Test:
        """Few enough can be ja when so many are nej that the rest would not do."""
        need = leaf.count if holds else len(leaf.indicators) - leaf.count + 1
        name = "antal_ja" if holds else "antal_nej"
        field = self._add(name, leaf.indicators, _counter(leaf.indicators, holds))
        return Test(field, "$gte", need)

    def _bound(self, leaf: Bound, holds: bool) -> tuple[tuple[Test, ...], ...]:
        known, number = f"kand_{leaf.fact}", f"tal_{leaf.fact}"
        self.encoders[known] = lambda situation: _known(situation.facts.get(leaf.fact))
        self.encoders[number] = lambda situation: int(situation.facts.get(leaf.fact) or 0)
        operator = "$lt" if (leaf.side is Side.BELOW) is holds else "$gte"
        within = (Test(known, None, YES), Test(number, operator, leaf.limit))
        return (within, (Test(known, None, NO),)) if leaf.if_unknown and holds else (within,)

    def _one_of(self, leaf: OneOf, holds: bool) -> tuple[tuple[Test, ...], ...]:
        if not holds:
            field = self._add("annat", (leaf.fact, leaf.values), _other(leaf))
            return ((Test(field, None, YES),),)
        field = f"varde_{leaf.fact}"
        self.encoders[field] = lambda situation: _value(situation.facts.get(leaf.fact))
        words = [_value(value) for value in leaf.values] + [UNKNOWN] * leaf.if_unknown
        return tuple((Test(field, None, word),) for word in words)

    def _add(self, name: str, key: object, encoder: Encoder) -> str:
        number = self._numbers.setdefault((name, key), len(self._numbers))
        self.encoders[f"{name}_{number}"] = encoder
        return f"{name}_{number}"


def _word(answer: bool | None) -> str:
    return UNKNOWN if answer is None else YES if answer else NO


def _known(value: Scalar | None) -> str:
    return NO if value is None else YES


def _value(value: Scalar | None) -> str:
    """A word of its own for each value, apart from the word for unknown."""
    return UNKNOWN if value is None else f"{type(value).__name__}_{value}"


def _emptiness(indicators: tuple[str, ...]) -> Encoder:
    return lambda situation: NO if any(name in situation.answers for name in indicators) else YES


def _counter(indicators: tuple[str, ...], answer: bool) -> Encoder:
    return lambda situation: sum(situation.answers.get(name) is answer for name in indicators)


def _other(leaf: OneOf) -> Encoder:
    def encode_other(situation: Situation) -> str:
        value = situation.facts.get(leaf.fact)
        return NO if value is None or value in leaf.values else YES

    return encode_other

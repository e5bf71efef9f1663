"""Conditions and situations in the flat, positive form that durable_rules can be trusted with.

Every question, count and unknown fact becomes a field of its own, a word or a whole number. Nothing
is negated, so a comparison with what is not there is false: an answer that nobody gave is not sent.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from rules.engines.normal import Literal, TooWide, alternatives, counted
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

# The library fails with the 65th branch that waits at once (see `most_at_once`), the 255th field,
# the 256th rule of one condition, and never ends with 513 comparisons that follow on the same one.
MOST_BRANCHES = 63
MOST_FIELDS = 200
MOST_ROWS = 200

# What an unknown number is compared as where unknown counts: below, or above, every limit.
LOWEST, HIGHEST = -(10**15), 10**15

Value = str | int
Reply = tuple[str, bool]
Encoder = Callable[[Situation], Value]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a field; no operator means equal."""

    field: str
    operator: str | None
    value: Value


@dataclass(frozen=True, slots=True)
class Row:
    """The tests that together make a rule hold."""

    rule: str
    tests: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Rows that are matched against one fact, and how its fields are made.

    `words` names the field of a question, `counts` the fields to which an answer adds one, and
    `others` makes the fields that are always there.
    """

    name: str
    rows: tuple[Row, ...]
    words: Mapping[str, str]
    counts: Mapping[Reply, tuple[str, ...]]
    others: Mapping[str, Encoder]


def networks(rules: Iterable[Rule]) -> tuple[Network, ...]:
    """The rules as networks within the limits of the library; raises TooWide."""
    fields = _Fields()
    rows = [row for rule in rules for row in _rows(rule, fields)]
    return tuple(_network(f"oro-{n}", part, fields) for n, part in enumerate(_parts(rows)))


def encode(network: Network, situation: Situation) -> dict[str, Value]:
    """The one flat fact of a situation."""
    fact = {field: encoder(situation) for field, encoder in network.others.items()}
    for reply in situation.answers.items():
        name, answer = reply
        if name in network.words:
            fact[network.words[name]] = YES if answer else NO
        for field in network.counts.get(reply, ()):
            fact[field] = int(fact.get(field, 0)) + 1
    return fact


def most_at_once(rows: Iterable[tuple[Comparison, ...]]) -> int:
    """The most branches that any fact can have waiting at once in the library, never too few.

    The library makes a tree of the rows, shared as far as they begin alike, and walks it deepest
    first: what waits is what else held on the way down. A field equals one value at a time.
    """
    after: dict[Comparison, list[tuple[Comparison, ...]]] = {}
    for first, *rest in filter(None, rows):
        after.setdefault(first, []).append(tuple(rest))
    if not after:
        return 0
    together = len({test if test.operator else test.field for test in after})
    return together - 1 + max(1, *map(most_at_once, after.values()))


def _network(name: str, rows: tuple[Row, ...], fields: "_Fields") -> Network:
    used = _used(rows)
    counts = {
        reply: kept
        for reply, names in fields.counts.items()
        if (kept := tuple(name for name in names if name in used))
    }
    return Network(
        name,
        rows,
        words={question: field for question, field in fields.words.items() if field in used},
        counts=counts,
        others={field: encoder for field, encoder in fields.others.items() if field in used},
    )


def _rows(rule: Rule, fields: "_Fields") -> Iterator[Row]:
    alternatives(rule.when)  # what is too wide for a person is refused here as well
    clauses = alternatives(counted(rule.when))
    found = (tuple(dict.fromkeys(fields.test(literal) for literal in it)) for it in clauses)
    return (Row(rule.id, tests) for tests in dict.fromkeys(found))


def _parts(rows: list[Row]) -> Iterator[tuple[Row, ...]]:
    """The rows in order, as many at a time as fit; raises TooWide for a row that never does."""
    while rows:
        sizes = range(1, min(MOST_ROWS, len(rows)) + 1)
        size = bisect_left(sizes, True, key=lambda count: not _fits(rows[:count]))
        if not size:
            raise TooWide(len(rows[0].tests))
        yield tuple(rows[:size])
        rows = rows[size:]


def _fits(rows: list[Row]) -> bool:
    """Whether the library bears the rows in one network, whatever the fact; fewer fit as well."""
    if len(_used(rows)) > MOST_FIELDS:
        return False
    return most_at_once(row.tests for row in rows) <= MOST_BRANCHES


def _used(rows: Iterable[Row]) -> dict[str, None]:
    return dict.fromkeys(test.field for row in rows for test in row.tests)


class _Fields:
    """Gives the leaves the fields that they need, and keeps how each is made of a situation.

    The library tells fields apart by a hash of their names, so they are numbers: a test holds that
    no two of these hash alike.
    """

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self.counts: dict[Reply, list[str]] = {}
        self.others: dict[str, Encoder] = {}
        self._names: dict[object, str] = {}

    def test(self, literal: Literal) -> Comparison:
        """The comparison that is true when the leaf is, or when it is false, and never unknown."""
        match literal.leaf:
            case Answered(indicator):
                field = self.words.setdefault(indicator, self._name(indicator))
                return Comparison(field, None, YES if literal.holds else NO)
            case AtLeast() as leaf:
                return self._count(leaf, literal.holds)
            case Unanswered(indicators):
                field = self._other(("tom", indicators), _emptiness(indicators))
                return Comparison(field, None, YES if literal.holds else NO)
            case Bound() as leaf:
                return self._bound(leaf, literal.holds)
            case OneOf() as leaf:
                return self._one_of(leaf, literal.holds)
            case _:
                assert_never(literal.leaf)

    def _count(self, leaf: AtLeast, holds: bool) -> Comparison:
        """Few enough can be ja when so many are nej that the rest would not do."""
        need = leaf.count if holds else len(leaf.indicators) - leaf.count + 1
        known = len(self._names)
        field = self._name((leaf.indicators, holds))
        if len(self._names) > known:
            for name in leaf.indicators:
                self.counts.setdefault((name, holds), []).append(field)
        return Comparison(field, "$gte", need)

    def _bound(self, leaf: Bound, holds: bool) -> Comparison:
        below = (leaf.side is Side.BELOW) is holds
        unknown = LOWEST if below is (leaf.if_unknown and holds) else HIGHEST
        field = self._other((leaf.fact, unknown), _number(leaf.fact, unknown))
        return Comparison(field, "$lt" if below else "$gte", leaf.limit)

    def _one_of(self, leaf: OneOf, holds: bool) -> Comparison:
        """A single value is compared in the network; several are one field of their own."""
        if not holds:
            return Comparison(self._other(("annat", leaf), _different(leaf)), None, YES)
        if len(leaf.values) + leaf.if_unknown > 1:
            return Comparison(self._other(("bland", leaf), _among(leaf)), None, YES)
        field = self._other(("varde", leaf.fact), _word(leaf.fact))
        return Comparison(field, None, _value(leaf.values[0]))

    def _other(self, key: object, encoder: Encoder) -> str:
        field = self._name(key)
        self.others.setdefault(field, encoder)
        return field

    def _name(self, key: object) -> str:
        return self._names.setdefault(key, f"f{len(self._names)}")


def _value(value: Scalar | None) -> str:
    """A word of its own for each value, apart from the word for unknown."""
    return UNKNOWN if value is None else f"{type(value).__name__}_{value}"


def _word(fact: str) -> Encoder:
    return lambda situation: _value(situation.facts.get(fact))


def _number(fact: str, unknown: int) -> Encoder:
    def encode_number(situation: Situation) -> int:
        value = situation.facts.get(fact)
        return unknown if value is None else int(value)

    return encode_number


def _emptiness(indicators: tuple[str, ...]) -> Encoder:
    return lambda situation: YES if situation.answers.keys().isdisjoint(indicators) else NO


def _among(leaf: OneOf) -> Encoder:
    def encode_among(situation: Situation) -> str:
        value = situation.facts.get(leaf.fact)
        return YES if (leaf.if_unknown if value is None else value in leaf.values) else NO

    return encode_among


def _different(leaf: OneOf) -> Encoder:
    def encode_different(situation: Situation) -> str:
        value = situation.facts.get(leaf.fact)
        return NO if value is None or value in leaf.values else YES

    return encode_different

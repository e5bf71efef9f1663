"""Any concern at all as formulas: what z3 reasons about when it proves something of rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

import z3  # type: ignore[import-untyped]

from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.shape import Fact, FactType
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    OneOf,
    Scalar,
    Side,
    Unanswered,
)
from rules.language.vocabulary import Vocabulary
from rules.level import Level

# z3 is published without types; a formula is a truth of its own, a number a whole number.
Formula = Any
Number = Any
Model = Any


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: answered ja, answered nej, or neither, which is okänt; never both."""

    yes: Formula
    no: Formula


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact: whether it is known, and its number or its place among the values it may have."""

    fact: Fact
    known: Formula
    value: Number


@dataclass(frozen=True, slots=True)
class AnyConcern:
    """Every concern that a vocabulary allows, as one set of unknowns in a context of its own.

    z3's contexts are not shared between threads, so each proof begins with a new one. All terms
    here belong to `context`; terms of two contexts never meet in one formula. With `sums` a count
    is a sum of numbers, else z3's own count of truths: see `summing`.
    """

    context: Any
    answers: Mapping[str, Asked]
    facts: Mapping[str, Stated]
    sums: bool = False

    @classmethod
    def over(cls, words: Vocabulary) -> "AnyConcern":
        """Any concern in these words, in a new context."""
        return cls.within(z3.Context(), words.indicators, words.facts)

    @classmethod
    def within(
        cls, context: Any, questions: Iterable[str], facts: Mapping[str, Fact]
    ) -> "AnyConcern":
        """Any concern with these questions and facts."""
        answers = {name: _asked(name, context) for name in questions}
        return cls(context, answers, {name: _stated(fact, context) for name, fact in facts.items()})

    def domain(self) -> Formula:
        """No question has two answers, and no fact a value that it cannot have."""
        asked = [z3.Not(z3.And(it.yes, it.no)) for it in self.answers.values()]
        stated = [_allowed(it) for it in self.facts.values()]
        return self.every([*asked, *stated])

    def true(self, condition: Condition) -> Formula:
        """The condition is certainly true, as in rules.engines.oracle (strong Kleene)."""
        return self.holds(condition, True)

    def false(self, condition: Condition) -> Formula:
        """The condition is certainly false; when it is neither, it is unknown."""
        return self.holds(condition, False)

    def may(self, condition: Condition, *, sure: bool) -> Formula:
        """The condition is certainly true; when not `sure`, also when it is unknown."""
        return self.true(condition) if sure else z3.Not(self.false(condition))

    def some_true(self, conditions: Iterable[Condition]) -> Formula:
        """At least one of the conditions is certainly true."""
        return self.some([self.true(each) for each in conditions])

    def at_least(self, rules: Iterable[Rule], level: Level) -> Formula:
        """Some rule that gives `level`, or a higher one, is certainly true."""
        return self.some_true(rule.when for rule in rules if not level.above(rule.level))

    def pinned(self, name: str, value: Scalar | None) -> "AnyConcern":
        """The same, but with this answer (None is okänt) or this value of one question or fact."""
        if name in self.answers:
            asked = Asked(self._constant(value is True), self._constant(value is False))
            return replace(self, answers={**self.answers, name: asked})
        fact = self.facts[name].fact
        number = z3.IntVal(0 if value is None else code(fact, value), self.context)
        stated = Stated(fact, self._constant(value is not None), number)
        return replace(self, facts={**self.facts, name: stated})

    def summing(self) -> "AnyConcern":
        """The same, with counts that z3 can compare with each other.

        That seven of forty are also six of them it sees at once between sums, and not in minutes
        between its own counts, which are the faster ones for everything else.
        """
        return replace(self, sums=True)

    def answered(self, *, but: str | None = None) -> Formula:
        """Every question has an answer, one of them perhaps left out."""
        asked = [it for name, it in self.answers.items() if name != but]
        return self.every([z3.Or(it.yes, it.no) for it in asked])

    def every(self, formulas: Iterable[Formula]) -> Formula:
        """All of the formulas; true when there are none."""
        return self._joined(z3.Z3_mk_and, formulas)

    def some(self, formulas: Iterable[Formula]) -> Formula:
        """At least one of the formulas; false when there are none."""
        return self._joined(z3.Z3_mk_or, formulas)

    def denied(self, formula: Formula) -> Formula:
        """The formula is not true; of a condition: it is false or unknown."""
        return z3.Not(formula)

    def situation(self, model: Model) -> Situation:
        """The concern that the model describes; what it leaves open is unknown."""
        given = {name: _truth(model, it.yes) for name, it in self.answers.items()}
        denied = {name for name, it in self.answers.items() if _truth(model, it.no)}
        answers = {name: yes for name, yes in given.items() if yes or name in denied}
        return Situation(answers, {name: _value(model, it) for name, it in self.facts.items()})

    def is_just(self, situation: Situation) -> Formula:
        """The concern is that one and no other; questions and facts that it lacks are unknown."""
        return self.every(
            [
                *(self._as_answered(name, situation) for name in self.answers),
                *(self._as_stated(name, situation) for name in self.facts),
            ]
        )

    def _as_answered(self, name: str, situation: Situation) -> Formula:
        asked, answer = self.answers[name], situation.answers.get(name)
        return z3.And(
            asked.yes == self._constant(answer is True),
            asked.no == self._constant(answer is False),
        )

    def _as_stated(self, name: str, situation: Situation) -> Formula:
        stated, value = self.facts[name], situation.facts.get(name)
        if value is None:
            return z3.Not(stated.known)
        return z3.And(stated.known, stated.value == code(stated.fact, value))

    def _constant(self, truth: bool) -> Formula:
        return z3.BoolVal(truth, self.context)

    def holds(self, condition: Condition, wanted: bool) -> Formula:
        """The condition is certainly true, or else certainly false."""
        match condition:
            case Not(part):
                return self.holds(part, not wanted)
            case All(parts) | AnyOf(parts):
                inner = [self.holds(part, wanted) for part in parts]
                together = isinstance(condition, All) is wanted
                return self.every(inner) if together else self.some(inner)
            case Answered(indicator):
                return self._said(indicator, wanted)
            case AtLeast(count, indicators):
                need = count if wanted else len(indicators) - count + 1
                return self._count([self._said(name, wanted) for name in indicators], need)
            case Unanswered(indicators):
                given = [part for name in indicators for part in self._either(name)]
                return z3.Not(self.some(given)) if wanted else self.some(given)
            case Bound() | OneOf():
                return self._fact(condition, wanted)
            case _:
                assert_never(condition)

    def _count(self, formulas: list[Formula], need: int) -> Formula:
        """At least `need` of the formulas."""
        if need == 1:
            return self.some(formulas)
        if need == len(formulas):
            return self.every(formulas)
        if not self.sums:
            return self._joined(z3.Z3_mk_atleast, formulas, need)
        one, none = z3.IntVal(1, self.context), z3.IntVal(0, self.context)
        return z3.Sum([z3.If(each, one, none) for each in formulas]) >= need

    def _joined(self, make: Any, formulas: Iterable[Formula], *count: int) -> Formula:
        """As z3.And, z3.Or and z3.AtLeast, without their search for things that are no formulas:
        most of the time of a proof would go there."""
        held = list(formulas)  # z3 frees a term as soon as nothing here holds it
        listed = (z3.Ast * len(held))(*(each.as_ast() for each in held))
        return z3.BoolRef(make(self.context.ref(), len(held), listed, *count), self.context)

    def _said(self, question: str, yes: bool) -> Formula:
        asked = self.answers[question]
        return asked.yes if yes else asked.no

    def _either(self, question: str) -> tuple[Formula, Formula]:
        asked = self.answers[question]
        return asked.yes, asked.no

    def _fact(self, leaf: Bound | OneOf, wanted: bool) -> Formula:
        stated = self.facts[leaf.fact]
        right = self._matches(leaf, stated)
        if not wanted:
            return z3.And(stated.known, z3.Not(right))
        if leaf.if_unknown:
            return z3.Or(z3.Not(stated.known), right)
        return z3.And(stated.known, right)

    def _matches(self, leaf: Bound | OneOf, stated: Stated) -> Formula:
        if isinstance(leaf, OneOf):
            codes = [code(stated.fact, value) for value in leaf.values]
            return self.some([stated.value == each for each in codes])
        below = leaf.side is Side.BELOW
        return stated.value < leaf.limit if below else stated.value >= leaf.limit


def span(fact: Fact) -> tuple[int, int]:
    """The lowest and highest number, or place among the values, that the fact may have."""
    values = places(fact)
    return (0, len(values) - 1) if values else fact.span


def places(fact: Fact) -> tuple[Scalar, ...]:
    """The values of a fact that is no number, in the order of their places."""
    match fact.type:
        case FactType.YES_OR_NO:
            return (False, True)
        case FactType.WORD:
            return fact.values
        case _:
            return ()


def code(fact: Fact, value: Scalar) -> int:
    """The number that stands for the value in formulas."""
    values = places(fact)
    return values.index(value) if values else int(value)


def _asked(name: str, context: Any) -> Asked:
    return Asked(z3.Bool(f"{name}=ja", context), z3.Bool(f"{name}=nej", context))


def _stated(fact: Fact, context: Any) -> Stated:
    known, value = z3.Bool(f"{fact.id}?", context), z3.Int(fact.id, context)
    return Stated(fact, known, value)


def _allowed(stated: Stated) -> Formula:
    low, high = span(stated.fact)
    return z3.And(
        low <= stated.value,
        stated.value <= high,
        z3.Or(stated.known, stated.value == low),
    )


def _truth(model: Model, term: Formula) -> bool:
    return bool(z3.is_true(model.eval(term, model_completion=True)))


def _value(model: Model, stated: Stated) -> Scalar | None:
    if not _truth(model, stated.known):
        return None
    number = int(model.eval(stated.value, model_completion=True).as_long())
    values = places(stated.fact)
    return values[number] if values else number

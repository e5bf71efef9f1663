"""Conditions of the syntax tree as expressions over columns; certain truth, as strong Kleene says.

Three values become two expressions: one that is true where the condition certainly holds, one
where it certainly does not. Neither is ever null, so that each is one bit a concern.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

import polars as pl

from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    OneOf,
    Side,
    Unanswered,
)


def said(question: str, *, yes: bool) -> str:
    """The column that is true where the question has that answer, and the answer counts."""
    return f"{'ja' if yes else 'nej'}:{question}"


def known(fact: str) -> str:
    """The column with the fact, null where it is unknown; a date is the number of its day."""
    return f"uppgift:{fact}"


@dataclass(frozen=True, slots=True)
class Compiler:
    """Turns conditions into expressions.

    `completed` answers the open questions in it: True as ja, False as nej. It is how the ends of
    the interval are found.
    """

    completed: Mapping[str, bool] = field(default_factory=dict)

    def certain(self, condition: Condition, holds: bool = True) -> pl.Expr:
        """True where the condition certainly holds, or (`holds` false) certainly does not."""
        match condition:
            case Not(part):
                return self.certain(part, not holds)
            case All(parts) | AnyOf(parts):
                every = isinstance(condition, All) is holds
                truths = [self.certain(part, holds) for part in parts]
                return pl.all_horizontal(truths) if every else pl.any_horizontal(truths)
            case Answered(question):
                return self._said(question, yes=holds)
            case AtLeast(count, questions):
                need = count if holds else len(questions) - count + 1
                return self._counted(questions, need, yes=holds)
            case Unanswered(questions):
                something = pl.any_horizontal(*map(self._answered, questions))
                return ~something if holds else something
            case Bound(fact, side, limit, if_unknown):
                below = (side is Side.BELOW) is holds
                column = pl.col(known(fact))
                return _settled(column < limit if below else column >= limit, if_unknown and holds)
            case OneOf(fact, values, if_unknown):
                inside = pl.any_horizontal(*(pl.col(known(fact)) == value for value in values))
                return _settled(inside if holds else ~inside, if_unknown and holds)
            case _:
                assert_never(condition)

    def _said(self, question: str, *, yes: bool) -> pl.Expr:
        """An open question is answered as `completed` says: not answered otherwise is enough."""
        if self.completed.get(question) is yes:
            return ~pl.col(said(question, yes=not yes))
        return pl.col(said(question, yes=yes))

    def _answered(self, question: str) -> pl.Expr:
        return self._said(question, yes=True) | self._said(question, yes=False)

    def _counted(self, questions: tuple[str, ...], need: int, *, yes: bool) -> pl.Expr:
        columns = [self._said(question, yes=yes) for question in questions]
        if need == 1:
            return pl.any_horizontal(columns)
        if need == len(columns):
            return pl.all_horizontal(columns)
        return pl.sum_horizontal(columns) >= need


def _settled(truth: pl.Expr, unknown: bool) -> pl.Expr:
    """An unknown fact is neither, unless the rule says that it counts as true."""
    return truth.fill_null(unknown)

"""Looks for a concern of which something holds: none can be, or the plainest one there is."""

from collections.abc import Iterable, Iterator
from typing import Any

import z3  # type: ignore[import-untyped]

from rules.engines.situation import Situation
from rules.proofs.logic import AnyConcern, Formula, Model, Stated, span

# Counted in z3's own steps, not in time: the same file gives the same answer on any machine.
MOST_STEPS = 5_000_000
# Over all the questions of one search: a file that needs more is too hard to be proved. The shipped
# rules need five million, a hundred rules over sixty questions need twenty-eight.
MOST_STEPS_IN_ALL = 60_000_000
# To make a witness plainer is worth less than to prove.
PLAINER_STEPS = 1_000_000
# Beyond reason; only so that a question can never hang for ever.
LONGEST_MS = 10_000
_SPENT = "rlimit count"


class Unproved(Exception):
    """z3 came to no answer within its limits; then nothing is proved."""


class Search:
    """One solver over any concern; asked many questions, it remembers what it has learnt."""

    def __init__(
        self, concern: AnyConcern, *, steps: int = MOST_STEPS, in_all: int = MOST_STEPS_IN_ALL
    ) -> None:
        self._concern = concern
        self._steps = steps
        self._in_all = in_all
        self._solver = z3.Solver(ctx=concern.context)
        self._solver.set("random_seed", 0)
        self._solver.set("timeout", LONGEST_MS)
        self._solver.add(concern.domain())

    def possible(self, *claims: Formula) -> bool:
        """True when some concern meets all the claims, False when none can; raises Unproved."""
        return self._model(claims) is not None

    def example(self, *claims: Formula) -> Situation | None:
        """Some concern that meets the claims, None when none can; raises Unproved."""
        model = self._model(claims)
        return None if model is None else self._concern.situation(model)

    def witness(self, *claims: Formula) -> Situation | None:
        """The plainest concern that meets the claims, None when none can; raises Unproved.

        As few answers as possible, then as few known facts, then the first questions of the file
        and the lowest values: the same one every time, whatever z3 happens to try first.
        """
        model = self._model(claims)
        if model is None:
            return None
        self._solver.push()
        try:
            self._solver.add(*claims)
            return self._concern.situation(self._plainest(model))
        finally:
            self._solver.pop()

    def _model(self, claims: Iterable[Formula]) -> Model | None:
        found = self._checked(claims, self._steps)
        if found == z3.unknown:
            raise Unproved(self._solver.reason_unknown())
        return self._solver.model() if found == z3.sat else None

    def _checked(self, claims: Iterable[Formula], steps: int) -> Any:
        if self._spent() > self._in_all:
            return z3.unknown
        self._solver.set("rlimit", steps)
        return self._solver.check(*claims)

    def _spent(self) -> int:
        """The steps taken so far, in everything that was asked."""
        counted = (value for name, value in self._solver.statistics() if name == _SPENT)
        return int(next(counted, 0))

    def _plainest(self, model: Model) -> Model:
        concern = self._concern
        answered = [said for it in concern.answers.values() for said in (it.yes, it.no)]
        known = [it.known for it in concern.facts.values()]
        for choices in (_fewest(answered), _fewest(known)):
            model = self._first(choices, model)
        for asked in concern.answers.values():
            model = self._first((asked.yes, asked.no), model)
        for stated in concern.facts.values():
            model = self._first((stated.known,), model)
            model = self._lowest(stated, model)
        return model

    def _first(self, choices: Iterable[Formula], model: Model) -> Model:
        """A model that keeps to the first of the choices that is possible, if one is."""
        for choice in choices:
            found = self._if_so(choice, model)
            if found is not None:
                self._solver.add(choice)
                return found
        return model

    def _lowest(self, stated: Stated, model: Model) -> Model:
        low, high = span(stated.fact)[0], _number(model, stated)
        while low < high:
            middle = (low + high) // 2
            found = self._if_so(stated.value <= middle, model)
            if found is None:
                low = middle + 1
            else:
                model, high = found, _number(found, stated)
        self._solver.add(stated.value == high)
        return model

    def _if_so(self, choice: Formula, model: Model) -> Model | None:
        """The model, or another, of which the choice is true; None when none was found."""
        if z3.is_true(model.eval(choice, model_completion=True)):
            return model
        found = self._checked([choice], PLAINER_STEPS)
        return self._solver.model() if found == z3.sat else None


def _fewest(formulas: list[Formula]) -> Iterator[Formula]:
    """None of them, at most one, at most two …"""
    return (z3.AtMost(*formulas, most) for most in range(len(formulas)))


def _number(model: Model, stated: Stated) -> int:
    return int(model.eval(stated.value, model_completion=True).as_long())

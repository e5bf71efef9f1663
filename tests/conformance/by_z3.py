"""The formulas alone: the concern is pinned, and z3 is asked what can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.level import Level
from rules.proofs.logic import AnyConcern
from rules.proofs.search import Search
from tests.conformance.outcome import (
    Answers,
    Compilation,
    Evaluate,
    Facts,
    Outcome,
    outcome,
    situation,
)


@contextmanager
def start(ruleset: RuleSet) -> Iterator[Evaluate]:
    """One solver for all the questions that are put to it."""
    solved = _Solved(ruleset)

    def evaluate(facts: Facts, answers: Answers) -> Outcome:
        known = situation(ruleset, facts, answers)
        return outcome(ruleset, solved.fired(known), solved.interval(known))

    yield evaluate


class _Solved:
    def __init__(self, ruleset: RuleSet) -> None:
        self._rules = ruleset.all_rules
        self._any = AnyConcern.over(ruleset.words)
        self._search = Search(self._any)

    def fired(self, known: Situation) -> frozenset[str]:
        """The rules that are true of just this concern."""
        pinned = self._any.is_just(known)
        return frozenset(
            rule.id
            for rule in self._rules
            if self._search.possible(pinned, self._any.true(rule.when))
        )

    def interval(self, known: Situation) -> tuple[Level, Level]:
        """The lowest level that some way to answer what is open does not pass, and the highest."""
        answered = self._answered(known)
        low = [level for level in Level if not self._escaped(answered, level)]
        high = [level for level in Level if self._reached(answered, level)]
        return low[-1], high[-1]

    def _answered(self, known: Situation) -> Any:
        """Every question has an answer, those given are as they are, and the facts as well."""
        open_ = [name for name in self._any.answers if name not in known.answers]
        pinned = [
            it.yes if known.answers[name] else it.no
            for name, it in self._any.answers.items()
            if name in known.answers
        ]
        free = [self._any.some((it.yes, it.no)) for it in map(self._any.answers.get, open_) if it]
        facts = AnyConcern(self._any.context, {}, self._any.facts).is_just(known)
        return self._any.every([*pinned, *free, facts])

    def _escaped(self, answered: Any, level: Level) -> bool:
        """Some way to answer makes no rule of the level, or above it, certainly true."""
        if level is Level.GREEN:
            return False
        none = [
            self._any.every([answered]),
            *(_not(self._any, self._any.true(rule.when)) for rule in self._at_least(level)),
        ]
        return self._search.possible(*none)

    def _reached(self, answered: Any, level: Level) -> bool:
        """Some way to answer leaves a rule of the level, or above it, not certainly false."""
        if level is Level.GREEN:
            return True
        maybe = [_not(self._any, self._any.false(rule.when)) for rule in self._at_least(level)]
        return self._search.possible(answered, self._any.some(maybe))

    def _at_least(self, level: Level) -> list[Any]:
        return [rule for rule in self._rules if not level.above(rule.level)]


def _not(concern: AnyConcern, formula: Any) -> Any:
    return formula == concern.some(())


Z3 = Compilation("z3", "formlerna som bevisen bygger på", start)

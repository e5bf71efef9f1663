"""One version of the rules on one day: the level that it proposes, as a formula and in the open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import z3  # type: ignore[import-untyped]

from rules.engines.ends import MOST_TRIED, Ends, ends
from rules.engines.explain import Explainer
from rules.engines.oracle import compile_test
from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import Unanswered, leaves
from rules.level import Level, highest
from rules.proofs.both import understood
from rules.proofs.logic import AnyConcern, Asked, Formula
from rules.proofs.search import Unproved


@dataclass(frozen=True, slots=True)
class Side:
    """A version's rules of one day over any concern; `reaches` tells when it proposes a level.

    The proposal is the highest of the certain rules and of the lowest level that every way to
    answer the rest would give (rules.engines.engine). The second matters only for questions that
    pull both ways: any other question has an answer, its best, by which no more rules become
    certain than without it. So without such questions the proposal is the certain rules, and with
    them every combination of answers to them is laid out here, as the engine tries them.
    """

    ruleset: RuleSet
    view: AnyConcern
    reaches: Mapping[Level, Formula]

    @classmethod
    def of(cls, ruleset: RuleSet, view: AnyConcern) -> "Side":
        """Raises Unproved when more questions pull both ways than the engine always tries."""
        pulls = ends(ruleset.all_rules, ruleset.indicators)
        if len(pulls.mixed) > MOST_TRIED:
            raise Unproved(f"{len(pulls.mixed)} questions pull both ways")
        reaches = {level: _reaches(ruleset, view, level, pulls=pulls) for level in Level}
        return cls(ruleset, view, reaches)

    def proposes(self, level: Level) -> Formula:
        """The level is proposed: it is reached, and no higher one is."""
        above = [self.reaches[it] for it in Level if it.above(level)]
        return z3.And(self.reaches[level], z3.Not(self.view.some(above)))

    def true(self, rule: Rule) -> Formula:
        """The rule is certainly true."""
        return self.view.true(rule.when)

    def level(self, told: Situation) -> Level:
        """The level that the engine proposes for the concern."""
        known = understood(told, self.ruleset.words)
        low, _ = Explainer(self.ruleset.all_rules, self.ruleset.indicators).view(known).possible()
        return highest(low, *(rule.level for rule in self._certain(known)))

    def deciding(self, told: Situation, level: Level) -> tuple[str, ...]:
        """The rules of that level that are certain, in the order of the file."""
        known = understood(told, self.ruleset.words)
        return tuple(rule.id for rule in self._certain(known) if rule.level is level)

    def _certain(self, known: Situation) -> Iterator[Rule]:
        return (rule for rule in self.ruleset.all_rules if compile_test(rule.when)(known) is True)


def _reaches(ruleset: RuleSet, view: AnyConcern, level: Level, *, pulls: Ends) -> Formula:
    rules = ruleset.all_rules
    if level is Level.GREEN:
        return view.every([])
    certain = view.at_least(rules, level)
    if not pulls.mixed and not any(map(_wants_an_answer, rules)):
        return certain
    ways = (_completed(view, pulls, tried) for tried in _answers(sorted(pulls.mixed)))
    return z3.Or(certain, view.every([way.at_least(rules, level) for way in ways]))


def _wants_an_answer(rule: Rule) -> bool:
    """Any answer at all may make the rule true."""
    return any(isinstance(leaf, Unanswered) and not holds for leaf, holds in leaves(rule.when))


def _answers(questions: list[str]) -> Iterator[Mapping[str, bool]]:
    for values in product((False, True), repeat=len(questions)):
        yield dict(zip(questions, values, strict=True))


def _completed(view: AnyConcern, pulls: Ends, tried: Mapping[str, bool]) -> AnyConcern:
    """The concern with an answer to all that it leaves open; what is answered stays."""
    rest = {**pulls.best, **tried}
    answers = {name: _answered(it, yes=rest[name]) for name, it in view.answers.items()}
    return AnyConcern(view.context, answers, view.facts)


def _answered(asked: Asked, *, yes: bool) -> Asked:
    return Asked(z3.Not(asked.no), asked.no) if yes else Asked(asked.yes, z3.Not(asked.yes))

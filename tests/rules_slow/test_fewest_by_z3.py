"""On the shipped rules the smallest change is as small as z3 finds it to be, on every example."""

from collections.abc import Callable

import pytest
import z3  # type: ignore[import-untyped]

from rules.engines.changes import MOST_CHANGES
from rules.engines.counterfactual import Counterfactuals
from rules.engines.situation import Situation
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
from rules.level import Level
from tests.rules import shipped

RULESET = shipped.file().ruleset
FOUND = Counterfactuals(RULESET)


class Unknowns:
    """Every answer and fact as z3 sees them; another program for when a rule certainly holds."""

    def __init__(self) -> None:
        self.yes = {name: z3.Bool(f"yes {name}") for name in RULESET.indicators}
        self.no = {name: z3.Bool(f"no {name}") for name in RULESET.indicators}
        self.known = {name: z3.Bool(f"known {name}") for name in RULESET.words.facts}
        self.value = {name: z3.Int(f"value {name}") for name in RULESET.words.facts}
        self.rules = {rule.id: self.true(rule.when) for rule in RULESET.all_rules}

    def possible(self) -> list[z3.BoolRef]:
        """What holds of any concern at all."""
        each = [z3.Not(z3.And(self.yes[name], self.no[name])) for name in self.yes]
        for name, fact in RULESET.words.facts.items():
            low, high = fact.span if fact.max else (0, max(len(fact.values) - 1, 1))
            each.append(z3.And(self.value[name] >= low, self.value[name] <= high))
        return each

    def true(self, condition: Condition) -> z3.BoolRef:
        """Certainly true."""
        match condition:
            case All(parts):
                return z3.And([self.true(part) for part in parts])
            case AnyOf(parts):
                return z3.Or([self.true(part) for part in parts])
            case Not():
                pytest.fail("the shipped rules use no not")
            case Answered(name):
                return self.yes[name]
            case AtLeast(count, names):
                return z3.AtLeast(*(self.yes[name] for name in names), count)
            case Unanswered(names):
                return z3.Not(z3.Or([z3.Or(self.yes[it], self.no[it]) for it in names]))
            case Bound() | OneOf():
                known = z3.And(self.known[condition.fact], self._fits(condition))
                return z3.Or(
                    known, z3.And(condition.if_unknown, z3.Not(self.known[condition.fact]))
                )

    def _fits(self, leaf: Bound | OneOf) -> z3.BoolRef:
        value = self.value[leaf.fact]
        if isinstance(leaf, Bound):
            return value < leaf.limit if leaf.side is Side.BELOW else value >= leaf.limit
        return z3.Or([value == number(leaf.fact, it) for it in leaf.values])

    def changed(self, situation: Situation) -> list[z3.BoolRef]:
        """For each name, that it is not as it is."""
        found = []
        for name in self.yes:
            said = situation.answers.get(name)
            as_it_is = z3.And(self.yes[name] == (said is True), self.no[name] == (said is False))
            found.append(z3.Not(as_it_is))
        for name in self.known:
            value = situation.facts.get(name)
            same = z3.Not(self.known[name])
            if value is not None:
                same = z3.And(self.known[name], self.value[name] == number(name, value))
            found.append(z3.Not(same))
        return found

    def reached(self, level: Level) -> z3.BoolRef:
        """That some rule of at least that level holds."""
        return z3.Or([self.rules[it.id] for it in RULESET.all_rules if not level.above(it.level)])


def number(fact: str, value: object) -> int:
    values = RULESET.words.facts[fact].values
    return values.index(str(value)) if values else int(value)  # type: ignore[call-overload]


def least(situation: Situation, wanted: Callable[[Unknowns], list[z3.BoolRef]]) -> int | None:
    """How few changes give what is wanted; None when it takes more than is looked for."""
    unknowns = Unknowns()
    solver = z3.Solver()
    solver.add(*unknowns.possible(), *wanted(unknowns))
    changed = unknowns.changed(situation)
    for size in range(1, MOST_CHANGES + 1):
        solver.push()
        solver.add(z3.AtMost(*changed, size))
        if solver.check() == z3.sat:
            return size
        solver.pop()
    return None


EXAMPLES = {it["id"]: shipped.situation_of(it) for it in shipped.examples()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_smaller_change_gives_another_level(name: str) -> None:
    situation = EXAMPLES[name]
    level = FOUND.level(situation)
    above = {Level.GREEN: Level.ORANGE, Level.ORANGE: Level.RED, Level.RED: None}

    for target in (it for it in Level if it.above(level)):
        over = above[target]
        ways = FOUND.up(situation, target)
        size = least(
            situation,
            lambda it, target=target, over=over: [  # type: ignore[misc]
                it.reached(target),
                *([z3.Not(it.reached(over))] if over else []),
            ],
        )
        assert (len(ways[0].changes) if ways else None) == size
    if level is not Level.GREEN:
        way = FOUND.down(situation, level)
        size = least(situation, lambda it: [z3.Not(it.reached(level))])
        assert (len(way.changes) if way else None) == size

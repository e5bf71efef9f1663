"""What would have to be known otherwise for another level: the smallest change, up and down.

Made for pages, documents and the command line, one concern at a time; not for live classification.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

from rules.answer import Value
from rules.classification import Question
from rules.engines.changes import (
    MOST_CHANGES,
    Change,
    Scale,
    by_weight,
    nearest,
    scale,
    situation_of,
    state_of,
    stretches,
)
from rules.engines.demand import Demand, Either, State, met, never, ways
from rules.engines.explain import Explainer
from rules.engines.fewest import Chosen, Option, fewest
from rules.engines.normal import TooWide
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.engines.support import support
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.shape import FactType
from rules.language.syntax import Condition, asked, leaves
from rules.level import Level, highest

# So many sets of changes are tried one by one where a question pulls both ways.
MOST_TRIED = 100_000


@dataclass(frozen=True, slots=True)
class Way:
    """The fewest changes by which the level becomes `level`; `rule` is the one that then holds."""

    level: Level
    changes: tuple[Change, ...]
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Answers that only together give `level`, when no other answers, as few, give more."""

    answers: tuple[Question, ...]
    level: Level


class Counterfactuals:
    """One set of rules, of one day, ready to be asked what would have changed the level."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._ruleset = ruleset
        self._oracle = Oracle(ruleset.all_rules)
        self._levels = {rule.id: rule.level for rule in ruleset.all_rules}
        self._ways = {rule.id: _ways(rule.when) for rule in ruleset.all_rules}
        self._never = {name: never(every) for name, every in self._ways.items()}
        # What is certain of a rule is all that is certain, unless a ja and a nej can both raise.
        two_faced = _two_faced(ruleset.rules)
        self._explainer = Explainer(ruleset.all_rules, ruleset.indicators) if two_faced else None

    def level(self, situation: Situation) -> Level:
        """The level that the rules propose, as live classification does when all is well."""
        certain = highest(*(self._levels[name] for name in self._oracle.fire(situation)))
        if self._explainer is None:
            return certain
        low, _ = self._explainer.view(situation).possible()
        return highest(low, certain)

    def is_exact(self, situation: Situation) -> bool:
        """False when a ja and a nej can both raise, and there is too much to try every change."""
        options = len(scale(self._ruleset, situation).options)
        tried = sum(comb(options, number) for number in range(1, MOST_CHANGES + 1))
        return self._explainer is None or tried <= MOST_TRIED

    def up(self, situation: Situation, level: Level) -> tuple[Way, ...]:
        """The smallest changes that give just `level`, the best first, one for each rule.

        They are all as small; none when no change of at most `MOST_CHANGES` things gives it.
        """
        return self._least(situation, self._raising(level), lambda it: it is level)

    def down(self, situation: Situation, level: Level) -> Way | None:
        """The smallest change that gives a level below `level`; None as for `up`."""
        goal = tuple(self._without(rule for rule in self._rules(level, above=True)))
        found = self._least(situation, ((None, goal),), level.above)
        return found[0] if found else None

    def builds_on(self, situation: Situation, name: str, *, answer: bool) -> bool:
        """True when the answer gives its level only together with answers that are given."""
        after = Situation({**situation.answers, name: answer}, situation.facts)
        fired, level = self._oracle.fire(after), self.level(after)
        holding = [rule for rule in self._rules(level) if rule.id in fired]
        rests = [support(rule, after, self._ruleset) for rule in holding]
        return bool(rests) and all(it is not None and {*it.answers} - {name} for it in rests)

    def together(self, situation: Situation, level: Level) -> tuple[Together, ...]:
        """The smallest sets of open questions whose answers raise `level`, where one is too few.

        A set is left out when as few answers give a higher level.
        """
        weights, state = scale(self._ruleset, situation), state_of(situation)
        options, fewer = weights.only_new(situation), weights.limit
        found: list[Together] = []
        for target in (it for it in reversed(Level) if it.above(level)):
            goals = ((rule.id, way) for rule in self._rules(target) for way in self._goals(rule))
            sets = _smallest(goals, state, options, weights=weights)
            size = len(sets[0][1]) if sets else 0
            if size * weights.one < fewer and size > 1:
                found += (self._asked(situation, chosen) for _, chosen in sets)
            fewer = min(fewer, size * weights.one) if size else fewer
        return tuple(sorted(found, key=lambda it: (len(it.answers), -it.level.rank)))

    def _rules(self, level: Level, *, above: bool = False) -> Iterator[Rule]:
        for rule in self._ruleset.all_rules:
            if rule.level is level or (above and rule.level.above(level)):
                yield rule

    def _goals(self, rule: Rule) -> Iterator[tuple[Either, ...]]:
        """For each way in which the rule holds, all that it demands."""
        for way in self._ways[rule.id]:
            yield tuple((demand,) for demand in way)

    def _without(self, rules: Iterable[Rule]) -> Iterator[Either]:
        for rule in rules:
            yield from self._never[rule.id]

    def _raising(self, level: Level) -> Iterator[tuple[str | None, tuple[Either, ...]]]:
        """The ways in which a rule of just that level holds and none of a higher one does."""
        over = tuple(
            self._without(rule for rule in self._ruleset.all_rules if rule.level.above(level))
        )
        for rule in self._rules(level):
            for way in self._goals(rule):
                yield rule.id, (*way, *over)

    def _least(
        self,
        situation: Situation,
        goals: Iterable[tuple[str | None, tuple[Either, ...]]],
        wanted: Callable[[Level], bool],
    ) -> tuple[Way, ...]:
        weights, state = scale(self._ruleset, situation), state_of(situation)
        found = _smallest(goals, state, weights.options, weights=weights)
        found = [(rule, it) for rule, it in found if wanted(self._after(state, it))]
        if self._explainer:
            found = self._tried(found, situation, wanted, weights=weights)
        return tuple(
            Way(
                self._after(state, chosen),
                self._changes(state, chosen, wanted),
                rule,
            )
            for rule, chosen in found
        )

    def _after(self, state: State, chosen: Iterable[Option]) -> Level:
        return self.level(self._situation({**state, **by_weight(chosen)}))

    def _situation(self, state: State) -> Situation:
        return situation_of(state, self._ruleset.words.facts)

    def _tried(
        self,
        found: list[tuple[str | None, Chosen]],
        situation: Situation,
        wanted: Callable[[Level], bool],
        *,
        weights: Scale,
    ) -> list[tuple[str | None, Chosen]]:
        """Where the opposite of a ja can raise, several rules may together make a level certain.

        So smaller changes than any rule alone demands are tried one by one, while they are few.
        """
        state, options = state_of(situation), sorted(weights.options, key=lambda it: -it.weight)
        size = len(found[0][1]) if found else MOST_CHANGES
        tried = 0
        for number in range(1, size + 1):
            tried += comb(len(options), number)
            if tried > MOST_TRIED:
                break
            sets = (it for it in combinations(options, number) if _each_once(it))
            fit = [it for it in sets if wanted(self._after(state, it))]
            best = min(fit, key=_weight, default=None)
            if best and (not found or _weight(best) < _weight(found[0][1])):
                rest = [it for it in found if len(it[1]) == number]
                return [(None, tuple(sorted(best, key=lambda it: it.weight))), *rest]
        return found

    def _changes(
        self, state: State, chosen: Chosen, wanted: Callable[[Level], bool]
    ) -> tuple[Change, ...]:
        after = {**state, **by_weight(chosen)}
        return tuple(
            Change(
                name,
                state.get(name),
                value,
                is_fact=name in self._ruleset.words.facts,
                between=self._between(name, after, wanted),
            )
            for name, value in by_weight(chosen).items()
        )

    def _between(
        self, name: str, after: State, wanted: Callable[[Level], bool]
    ) -> tuple[int | None, int | None] | None:
        """The whole stretch of numbers around the one found that would do as well."""
        fact = self._ruleset.words.facts.get(name)
        value = after.get(name)
        if fact is None or value is None or fact.type in (FactType.YES_OR_NO, FactType.WORD):
            return None
        all_ = stretches(fact, self._ruleset.all_rules)
        place = next(n for n, (low, high) in enumerate(all_) if low <= int(value) <= high)

        def does(number: int) -> bool:
            other = nearest(all_[number], None)
            return wanted(self.level(self._situation({**after, name: other})))

        first = last = place
        while first > 0 and does(first - 1):
            first -= 1
        while last + 1 < len(all_) and does(last + 1):
            last += 1
        low = None if first == 0 else all_[first][0]
        return low, None if last + 1 == len(all_) else all_[last][1]

    def _asked(self, situation: Situation, chosen: Chosen) -> Together:
        level = self._after(state_of(situation), chosen)
        answers = tuple(
            Question(name, (Value.YES if value else Value.NO).value, level)
            for name, value in by_weight(chosen).items()
        )
        return Together(answers, level)


def _smallest(
    goals: Iterable[tuple[str | None, tuple[Either, ...]]],
    state: State,
    options: Iterable[Option],
    *,
    weights: Scale,
) -> list[tuple[str | None, Chosen]]:
    """For each rule its lightest set, of those rules whose sets are the fewest; lightest first."""
    known, below = tuple(options), weights.limit
    best: dict[str | None, Chosen] = {}
    for rule, goal in goals:
        if met(goal, state):
            continue
        mine = min(below, _weight(best[rule])) if rule in best else below
        if (found := fewest(goal, state, known, below=mine)) is not None:
            best[rule] = found
            below = min(below, (len(found) + 1) * weights.one - weights.one // 2)
    size = min(map(len, best.values()), default=0)
    alike = [(rule, it) for rule, it in best.items() if len(it) == size]
    unique = {frozenset(it): (rule, it) for rule, it in reversed(alike)}
    return sorted(unique.values(), key=lambda found: _weight(found[1]))


def _weight(chosen: Iterable[Option]) -> int:
    return sum(option.weight for option in chosen)


def _each_once(chosen: Chosen) -> bool:
    return len({option.name for option in chosen}) == len(chosen)


def _ways(condition: Condition) -> tuple[tuple[Demand, ...], ...]:
    """What no live engine takes either is left out."""
    try:
        return ways(condition)
    except TooWide:
        return ()


def _two_faced(rules: Iterable[Rule]) -> bool:
    """True when a ja and a nej to the same question can both raise."""
    pulls = {
        (name, holds) for rule in rules for leaf, holds in leaves(rule.when) for name in asked(leaf)
    }
    return any((name, not holds) in pulls for name, holds in pulls)

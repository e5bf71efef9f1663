"""One concern at a time by the second engine: what the columns are held against."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rules.engines.carried import carried_answers, carried_facts
from rules.engines.explain import Explainer
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation, counted
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar
from rules.language.vocabulary import Vocabulary, as_scalar, measured
from rules.level import Level, highest
from rules.local_time import local_day
from workflows.concern_line import Concern


@dataclass(frozen=True, slots=True)
class Outcome:
    """What rules say: the level, the lowest and highest possible, and which rules hold."""

    level: Level
    low: Level
    high: Level
    rules: frozenset[str]


class Recount:
    """One version; each concern under the rules of its own day, an undated one under today's."""

    def __init__(self, ruleset: RuleSet, today: date) -> None:
        self._ruleset = ruleset
        self._today = today
        self._days = ruleset.days
        self._editions: dict[int, _Edition] = {}

    def outcome(self, concern: Concern) -> Outcome:
        """What the rules say of what this version knows, carried over as in live classification."""
        return self._edition(concern.received_at).outcome(concern)

    def deciding(self, outcome: Outcome, received_at: datetime | None) -> tuple[str, ...]:
        """The rules that give the level, in the order of the file.

        None when no rule holds, or when the level is what every answer to an open question gives.
        """
        return self._edition(received_at).deciding(outcome)

    def _edition(self, received_at: datetime | None) -> "_Edition":
        day = self._day(received_at)
        number = bisect_right(self._days, day)
        if number not in self._editions:
            self._editions[number] = _Edition(self._ruleset.on(day))
        return self._editions[number]

    def _day(self, received_at: datetime | None) -> date:
        if received_at is None or not self._days:
            return self._today
        return local_day(received_at)


class _Edition:
    """The rules of one day."""

    def __init__(self, ruleset: RuleSet) -> None:
        self._levels = {rule.id: rule.level for rule in ruleset.all_rules}
        self._deciding: dict[tuple[Level, frozenset[str]], tuple[str, ...]] = {}
        self._words = ruleset.words
        self._oracle = Oracle(ruleset.all_rules)
        self._explainer = Explainer(ruleset.all_rules, ruleset.indicators)

    def outcome(self, concern: Concern) -> Outcome:
        situation = _situation(concern, self._words)
        fired = self._oracle.fire(situation)
        low, high = self._explainer.view(situation).possible()
        level = highest(low, *(self._levels[rule] for rule in fired))
        return Outcome(level, low, highest(high, level), fired)

    def deciding(self, outcome: Outcome) -> tuple[str, ...]:
        """The same few rules hold for very many concerns, so what was found is kept."""
        key = outcome.level, outcome.rules
        if key not in self._deciding:
            giving = {rule for rule, level in self._levels.items() if level is outcome.level}
            self._deciding[key] = tuple(it for it in self._levels if it in giving & outcome.rules)
        return self._deciding[key]


def _situation(concern: Concern, words: Vocabulary) -> Situation:
    return Situation(counted(carried_answers(words, concern.answers)), _facts(concern, words))


def _facts(concern: Concern, words: Vocabulary) -> Mapping[str, Scalar | None]:
    told = {name: as_scalar(value) for name, value in concern.facts.items()}
    carried = carried_facts(words, told)
    return {name: measured(fact, carried.get(name)) for name, fact in words.facts.items()}

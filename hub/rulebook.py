"""The rules that are in force: one version at a time, replaced whole or not at all."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from weakref import finalize

from rules.answer import Answer
from rules.classification import Classification
from rules.engines.carried import carried_answers, carried_facts
from rules.engines.editions import Editions
from rules.engines.rulebook import LiveRules
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact
from rules.level import Level
from rules.local_time import local_day
from rules.policy import Policy

Told = Callable[[Classification], None]


def sentences(fault: Unreadable | Unsound, file: str = "rules.yaml") -> tuple[str, ...]:
    """Every fault as a person reads it, with line and field."""
    if isinstance(fault, Unsound):
        return tuple(one.sentence(file) for one in fault.faults)
    return (f"{file}: {fault}",)


class RulesInForce:
    """One version of the rules; each classification is told of, and uses the rules of its day."""

    def __init__(self, rules: LiveRules, *, clock: Callable[[], datetime], told: Told) -> None:
        self._rules = rules
        self._clock = clock
        self._told = told

    @property
    def version(self) -> str:
        """The label of the file and the hash of its content."""
        return self._rules.version

    @property
    def policy(self) -> Policy:
        """Clocks, gates, units and the rest that is no rule."""
        return self._rules.policy

    @property
    def hub_levels(self) -> frozenset[Level]:
        """The levels at which the hub is convened."""
        return self._rules.hub_levels

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What the program may know of a concern, by id, as this version declares it."""
        return self._rules.facts

    @property
    def instrument(self) -> RuleSet:
        """The questions and the rules, for those who show them."""
        return self._rules.ruleset

    def classify(
        self,
        facts: Mapping[str, int | bool | str | None],
        answers: Mapping[str, Answer],
        *,
        on: date | None = None,
    ) -> Classification:
        """What both engines say, by the rules of the day `on`, or else of today.

        A case may be older than this version: facts and questions that it no longer has are left
        out, so that what was once asked never stops what is asked now.
        """
        day, words = on or local_day(self._clock()), self.instrument.words
        said = self._rules.engines.classify(
            carried_facts(words, facts), carried_answers(words, answers), on=day
        )
        self._told(said)
        return said

    def check_answers(self, answers: Mapping[str, Answer]) -> Mapping[str, str]:
        """Faults by indicator: a question or a source that does not exist."""
        return self._rules.check_answers(answers)

    def prepare(self) -> None:
        """Compile what the day needs, so that nobody waits for it when the version takes over."""
        self._rules.engines.of_day(local_day(self._clock()))

    def when_unused(self, freed: Callable[[Editions], object]) -> None:
        """Hand what holds memory outside Python to `freed` when no step has this any more."""
        finalize(self, freed, self._rules.engines).atexit = False

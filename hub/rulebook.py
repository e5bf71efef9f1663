"""The rules that are in force: one version at a time, replaced whole or not at all."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from threading import Lock

import structlog

from rules.answer import Answer
from rules.classification import Classification
from rules.engines.rulebook import LiveRules
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RuleSet
from rules.level import Level
from rules.policy import Policy
from rules.span import STOCKHOLM

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

        A fact that this version of the rules does not use is left out.
        """
        day = on or self._clock().astimezone(STOCKHOLM).date()
        used = self.instrument.words.facts
        known = {name: value for name, value in facts.items() if name in used}
        said = self._rules.engines.classify(known, answers, on=day)
        self._told(said)
        return said

    def check_answers(self, answers: Mapping[str, Answer]) -> Mapping[str, str]:
        """Faults by indicator: a question or a source that does not exist."""
        return self._rules.check_answers(answers)

    def retire(self) -> None:
        """Give back what the engine holds."""
        self._rules.engines.retire()


class RuleShelf:
    """Holds the rulebook in force; a broken file never takes its place.

    A replaced one is retired only when its successor is replaced too, so that a step that has
    begun with it can end with it.
    """

    def __init__(
        self,
        load: Callable[[], RulesInForce],
        *,
        mark: Callable[[], object],
    ) -> None:
        self._load = load
        self._mark = mark
        self._lock = Lock()
        self._seen = mark()
        self._current = load()
        self._before: RulesInForce | None = None
        self._faults: tuple[str, ...] = ()
        self._log = structlog.get_logger()

    def current(self) -> RulesInForce:
        """The rulebook in force."""
        return self._current

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file on disk, when the one in force is an older one."""
        return self._faults

    def reload_if_changed(self) -> None:
        """Read the file again when it is another than last time."""
        if self._mark() != self._seen:
            self.reload()

    def reload(self) -> None:
        """Put the file's rules in force, or keep the old and say so loudly."""
        with self._lock:
            self._seen = self._mark()
            try:
                fresh = self._load()
            except (Unreadable, Unsound) as fault:
                self._faults = sentences(fault)
                self._log.error("rules.refused", rules_version=self._current.version)
                return
            self._faults = ()
            if fresh.version == self._current.version:
                fresh.retire()
                return
            retired, self._before, self._current = self._before, self._current, fresh
            self._log.info("rules.replaced", rules_version=fresh.version)
            if retired is not None:
                retired.retire()

"""The rules that are in force: one version at a time, replaced whole or not at all."""

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock

import structlog

from rules.answer import Answer
from rules.classification import Classification
from rules.concern import ReporterKind
from rules.engine import Engine
from rules.fault import Unreadable, Unsound
from rules.people import Role
from rules.policy import Policy
from rules.ruleset import RuleSet, RulesFile
from rules.span import STOCKHOLM
from rules.wording import suggestion

Told = Callable[[Classification], None]


def sentences(fault: Unreadable | Unsound, file: str = "rules.yaml") -> tuple[str, ...]:
    """Every fault as a person reads it, with line and field."""
    if isinstance(fault, Unsound):
        return tuple(one.sentence(file) for one in fault.faults)
    return (f"{file}: {fault}",)


class LiveRulebook:
    """One version of the rules, ready to use; safe to share between threads."""

    def __init__(self, file: RulesFile, *, clock: Callable[[], datetime], told: Told) -> None:
        self._file = file
        self._clock = clock
        self._told = told
        self._engine = Engine(file.ruleset)
        self._sources = _sources(file.policy)

    @property
    def version(self) -> str:
        """The label of the file and the hash of its content."""
        return self._file.version

    @property
    def policy(self) -> Policy:
        """Clocks, gates, units and the rest that is no rule."""
        return self._file.policy

    @property
    def instrument(self) -> RuleSet:
        """The questions and the rules, for those who show them."""
        return self._file.ruleset

    def classify(
        self, facts: Mapping[str, int | bool | str | None], answers: Mapping[str, Answer]
    ) -> Classification:
        """What both engines say, with the rules that are in force today."""
        today = self._clock().astimezone(STOCKHOLM).date()
        known = {
            name: value for name, value in facts.items() if name in self._file.ruleset.words.facts
        }
        said = self._engine.classify(known, answers, on=today)
        self._told(said)
        return said

    def check_answers(self, answers: Mapping[str, Answer]) -> Mapping[str, str]:
        """Faults by indicator: a question or a source that does not exist."""
        return {
            name: fault for name, answer in answers.items() if (fault := self._fault(name, answer))
        }

    def retire(self) -> None:
        """Give back what the engine holds."""
        self._engine.retire()

    def _fault(self, name: str, answer: Answer) -> str | None:
        if unknown := self._file.ruleset.words.unknown_indicator(name):
            return f"{unknown[0].upper()}{unknown[1:]}."
        if answer.source not in self._sources:
            hint = suggestion(answer.source, self._sources)
            return f"Källan till svaret finns inte{hint}."
        return None


def _sources(policy: Policy) -> frozenset[str]:
    """Who may have said something: a kind of reporter, a unit, a party, or the intake."""
    kinds = {kind.value for kind in ReporterKind}
    return frozenset({Role.INTAKE.value, *kinds, *policy.units, *policy.parties})


class RuleShelf:
    """Holds the rulebook in force; a broken file never takes its place.

    A replaced one is retired only when its successor is replaced too, so that a step that has
    begun with it can end with it.
    """

    def __init__(
        self,
        load: Callable[[], LiveRulebook],
        *,
        mark: Callable[[], object],
    ) -> None:
        self._load = load
        self._mark = mark
        self._lock = Lock()
        self._seen = mark()
        self._current = load()
        self._before: LiveRulebook | None = None
        self._faults: tuple[str, ...] = ()
        self._log = structlog.get_logger()

    def current(self) -> LiveRulebook:
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

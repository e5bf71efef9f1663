"""Classifies a concern with two engines, compares them, and explains; never silent on a fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rules.answer import Answer
from rules.classification import Classification
from rules.engines.durable import Durable, EngineFault
from rules.engines.explain import Explainer
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation, counted, disregarded
from rules.errors import Invalid
from rules.language.ruleset import RuleSet
from rules.language.shape import FactType
from rules.language.syntax import Scalar
from rules.language.vocabulary import as_scalar, measured, wrong_fact
from rules.level import Level, highest


class Matcher(Protocol):
    """Tells which rules hold in a situation."""

    def fire(self, situation: Situation, /) -> frozenset[str]:
        """The ids of the rules that hold."""


@dataclass(frozen=True, slots=True)
class _Broken:
    """Stands where the live engine should, and says why it is not there."""

    reason: str

    def fire(self, _situation: Situation, /) -> frozenset[str]:
        raise EngineFault(self.reason)


@dataclass(frozen=True, slots=True)
class _Vote:
    """What one engine says; a fault is a vote of its own, never an empty one."""

    fired: frozenset[str] = frozenset()
    fault: str | None = None


class Engine:
    """The rules of one day of one version, ready to classify; safe to share between threads."""

    def __init__(
        self, ruleset: RuleSet, *, live: Matcher | None = None, oracle: Matcher | None = None
    ) -> None:
        self.ruleset = ruleset
        self.version = ruleset.version
        self._durable = None if live else _start(ruleset)
        self._live: Matcher = live or self._durable or _Broken("Regelmotorn startade inte.")
        self._oracle: Matcher = oracle or Oracle(ruleset.all_rules)
        self._explainer = Explainer(ruleset.all_rules, ruleset.indicators)
        self._findings = {rule.id: rule.finding for rule in ruleset.all_rules}
        self._facts = ruleset.words.facts
        self._dates = [it.id for it in self._facts.values() if it.type is FactType.DATE]
        self._place = {rule.id: place for place, rule in enumerate(ruleset.all_rules)}

    def classify(
        self, facts: Mapping[str, Scalar | None], answers: Mapping[str, Answer]
    ) -> Classification:
        """The proposed level with its reasons.

        A fault in an engine is no exception but an incident, and the level one step higher. Only
        input that the instrument does not know is refused, as Invalid.
        """
        self._refuse_unknown(facts, answers)
        known = {name: as_scalar(facts.get(name)) for name in self._facts}
        given = {name: answers[name] for name in self.ruleset.indicators if name in answers}
        situation = Situation(counted(given), self._measured(known))
        votes = _vote(self._live, situation), _vote(self._oracle, situation)
        fired = votes[0].fired | votes[1].fired
        findings = tuple(
            self._findings[name] for name in sorted(fired, key=self._place.__getitem__)
        )
        view = self._explainer.view(situation)
        low, high = view.possible()
        # Where every answer would give at least `low`, not knowing the answer gives no less.
        level, incident = highest(low, *(found.level for found in findings)), _incident(*votes)
        if any(vote.fault for vote in votes):
            level = _raised(level, both=all(vote.fault for vote in votes))
        return Classification(
            level=level,
            possible=(low, highest(high, level)),
            findings=findings,
            ask_next=view.ask_next(level),
            disregarded=disregarded(given),
            engines_agree=incident is None,
            rules_version=self.version,
            facts=known,
            answers=given,
            incident=incident,
        )

    def retire(self) -> None:
        """Give the compiled rules back when another version has taken over."""
        if self._durable is not None:
            self._durable.retire()

    def _measured(self, known: dict[str, Scalar | None]) -> dict[str, Scalar | None]:
        """The facts as conditions compare them."""
        dates = {name: measured(self._facts[name], known[name]) for name in self._dates}
        return known | dates if dates else known

    def _refuse_unknown(self, facts: Mapping[str, object], answers: Mapping[str, Answer]) -> None:
        words = self.ruleset.words
        faults = {
            name: f"{name}: {wrong}"
            for name, value in facts.items()
            if (wrong := words.unknown_fact(name) or wrong_fact(words.facts[name], value))
        }
        for name in answers:
            if wrong := words.unknown_indicator(name):
                faults[name] = wrong
        if faults:
            raise Invalid(faults)


def _start(ruleset: RuleSet) -> Durable | None:
    try:
        return Durable(ruleset.all_rules)
    except EngineFault:
        return None


def _vote(matcher: Matcher, situation: Situation) -> _Vote:
    try:
        return _Vote(matcher.fire(situation))
    except EngineFault as fault:
        return _Vote(fault=str(fault))
    except Exception as error:  # noqa: BLE001  any fault at all must give the higher level
        return _Vote(fault=f"Oväntat fel ({type(error).__name__}).")


def _incident(live: _Vote, oracle: _Vote) -> str | None:
    """What a person is told when the engines failed or disagreed; None when all is well."""
    if live.fault and oracle.fault:
        return f"Ingen av regelmotorerna svarade. Nivån sattes till röd. {live.fault}"
    if fault := live.fault or oracle.fault:
        return f"En av de två regelmotorerna svarade inte. Nivån höjdes ett steg. {fault}"
    if live.fired != oracle.fired:
        different = ", ".join(sorted(live.fired ^ oracle.fired))
        return f"De två regelmotorerna är oense om: {different}. Den högre nivån gäller."
    return None


def _raised(level: Level, *, both: bool) -> Level:
    levels = list(Level)
    return Level.RED if both else levels[min(level.rank + 1, len(levels) - 1)]

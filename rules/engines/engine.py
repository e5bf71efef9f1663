"""Classifies a concern with two engines, compares them, and explains; never silent on a fault."""

from collections.abc import Mapping

from rules.answer import Answer
from rules.classification import Classification
from rules.engines.durable import Durable
from rules.engines.explain import Explainer
from rules.engines.oracle import Oracle
from rules.engines.outlook import Outlook
from rules.engines.situation import Situation, counted, disregarded
from rules.engines.votes import Broken, Matcher, Vote, incident_of, started, vote
from rules.errors import Invalid
from rules.language.ruleset import RuleSet
from rules.language.shape import FactType
from rules.language.syntax import Scalar
from rules.language.vocabulary import as_scalar, measured, wrong_fact
from rules.level import Level, highest


class Engine:
    """The rules of one day of one version, ready to classify; safe to share between threads."""

    def __init__(
        self, ruleset: RuleSet, *, live: Matcher | None = None, oracle: Matcher | None = None
    ) -> None:
        self.ruleset = ruleset
        self.version = ruleset.version
        rules = ruleset.all_rules
        self._durable = None if live else started(lambda: Durable(rules))
        self._live = live or self._durable or Broken()
        self._oracle = oracle or started(lambda: Oracle(rules)) or Broken()
        self._explainer = started(lambda: Explainer(rules, ruleset.indicators))
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
        votes = self._vote(self._live, situation), self._vote(self._oracle, situation)
        fired = votes[0].fired | votes[1].fired
        findings = tuple(
            self._findings[name] for name in sorted(fired, key=self._place.__getitem__)
        )
        outlook = Outlook(self._explainer, situation)
        # Where every answer would give at least `low`, not knowing the answer gives no less.
        level = highest(outlook.low, *(found.level for found in findings))
        level = _raised(level, *votes, blind=outlook.blind)
        ask_next = outlook.ask_next(level)
        incident = incident_of(*votes, outlook.fault, raised=outlook.blind)
        return Classification(
            level=level,
            possible=(level if outlook.blind else outlook.low, highest(outlook.high, level)),
            findings=findings,
            ask_next=ask_next,
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

    def _vote(self, matcher: Matcher, situation: Situation) -> Vote:
        return vote(matcher, situation, self._findings.keys())

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


def _raised(level: Level, live: Vote, oracle: Vote, *, blind: bool) -> Level:
    """The level as it is, a step higher when something did not answer, red when nobody did."""
    if live.fault and oracle.fault:
        return Level.RED
    if live.fault or oracle.fault or blind:
        return list(Level)[min(level.rank + 1, Level.RED.rank)]
    return level

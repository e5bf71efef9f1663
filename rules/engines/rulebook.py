"""The live rules as one thing: the engine and the policy of the same version, never mixed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.answer import Answer
from rules.classification import Classification
from rules.concern import ReporterKind
from rules.engines.editions import Editions
from rules.language.ruleset import RuleSet, RulesFile
from rules.language.shape import Fact
from rules.level import Level
from rules.policy import Policy

INTAKE_SOURCE = "mottagning"


@dataclass(frozen=True, slots=True)
class LiveRules:
    """One version of rules.yaml, ready to use; swapped as a whole when another takes over."""

    file: RulesFile
    engines: Editions

    @property
    def version(self) -> str:
        return self.file.version

    @property
    def policy(self) -> Policy:
        return self.file.policy

    @property
    def hub_levels(self) -> frozenset[Level]:
        """The levels at which the hub is convened."""
        return frozenset(level for level, it in self.ruleset.levels.items() if it.hub)

    @property
    def ruleset(self) -> RuleSet:
        return self.file.ruleset

    @property
    def facts(self) -> Mapping[str, Fact]:
        """What the program may know of a concern, by id, as this version declares it."""
        return self.ruleset.words.facts

    def classify(
        self,
        facts: Mapping[str, int | bool | str | None],
        answers: Mapping[str, Answer],
        *,
        on: date,
    ) -> Classification:
        """What both engines say of a concern, by the rules in force on the day it came in."""
        return self.engines.classify(facts, answers, on=on)

    def check_answers(self, answers: Mapping[str, Answer]) -> Mapping[str, str]:
        """Faults by indicator, in Swedish: a question or a source that does not exist."""
        found: dict[str, str] = {}
        for name, answer in answers.items():
            unknown = self.ruleset.words.unknown_indicator(name)
            if unknown:
                found[name] = f"{name}: {unknown}{'' if unknown.endswith('?') else '.'}"
            elif answer.source not in self.sources:
                found[name] = f"{name}: källan ”{answer.source}” finns inte; välj en i listan."
        return found

    @property
    def sources(self) -> tuple[str, ...]:
        """Who may have said it: a kind of reporter, the intake, or one of the units."""
        kinds = (kind.value for kind in ReporterKind)
        return tuple(dict.fromkeys((*kinds, INTAKE_SOURCE, *self.policy.units)))


def live(file: RulesFile) -> LiveRules:
    """Compile the rules of `file` for both engines."""
    return LiveRules(file, Editions(file.ruleset))

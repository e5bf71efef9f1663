"""A classification explained: why this level, why no other, what to ask, and what did not count."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.answer import Value
from rules.classification import Classification, Disregarded, Finding, Question
from rules.engines.counterfactual import Counterfactuals, Together, Way
from rules.engines.situation import Situation, counted
from rules.engines.support import Support, support
from rules.language.ruleset import RuleSet
from rules.language.shape import Kind
from rules.language.vocabulary import measured
from rules.level import Level


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds, and what in the concern makes it hold; `decides` at the proposed level."""

    finding: Finding
    decides: bool
    support: Support | None


@dataclass(frozen=True, slots=True)
class Other:
    """A higher level, and the smallest changes that would give just that one; none are small."""

    level: Level
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything there is to say of a classification; `rules.engines.reasons` puts it in words.

    `comparable` is false when the rules are not those of the classification: then only what the
    classification itself holds is said, and nothing of what else could have been. `exact` is false
    when there may be a smaller change than the one told. `near` are the questions among `ask` that
    raise only together with what is answered.
    """

    found: Classification
    situation: Situation
    comparable: bool
    exact: bool
    why: tuple[Reason, ...]
    why_not_higher: tuple[Other, ...]
    why_not_lower: Way | None
    ask: tuple[Question, ...]
    near: frozenset[str]
    together: tuple[Together, ...]
    disregarded: tuple[Disregarded, ...]
    protection: tuple[str, ...]
    unknown: tuple[str, ...]
    unknown_facts: tuple[str, ...]
    interval: tuple[Level, Level]
    incident: str | None

    @property
    def level(self) -> Level:
        """The proposed level."""
        return self.found.level


class Explaining:
    """The rules of one version and day, ready to explain any number of classifications."""

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self._otherwise = Counterfactuals(ruleset)
        self._rules = {rule.id: rule for rule in ruleset.all_rules}

    def explain(self, found: Classification) -> Explanation:
        """The classification explained by these rules, which should be those that made it."""
        situation = situation_of(found, self.ruleset)
        comparable = found.rules_version == self.ruleset.version
        sound = comparable and found.incident is None
        ask = tuple(self._ask(found, situation)) if comparable else ()
        lower = sound and found.level is not Level.GREEN
        return Explanation(
            found=found,
            situation=situation,
            comparable=comparable,
            exact=comparable and self._otherwise.is_exact(situation),
            why=tuple(self._reasons(found, situation, comparable=comparable)),
            why_not_higher=tuple(self._higher(found, situation)) if comparable else (),
            why_not_lower=self._otherwise.down(situation, found.level) if lower else None,
            ask=ask,
            near=frozenset(it.indicator for it in ask if self._is_near(it, situation)),
            together=self._otherwise.together(situation, found.level) if comparable else (),
            disregarded=found.disregarded,
            protection=tuple(self._protection(found)),
            unknown=tuple(it for it, said in found.answers.items() if said.value is Value.UNKNOWN),
            unknown_facts=tuple(
                name for name in self.ruleset.words.facts if found.facts.get(name) is None
            ),
            interval=found.possible,
            incident=found.incident,
        )

    def _reasons(
        self, found: Classification, situation: Situation, *, comparable: bool
    ) -> Iterator[Reason]:
        """The rules at the proposed level first, then the others from the highest."""
        for it in sorted(found.findings, key=lambda finding: -finding.level.rank):
            rule = self._rules.get(it.rule) if comparable else None
            rests = support(rule, situation, self.ruleset) if rule else None
            yield Reason(it, it.level is found.level, rests)

    def _higher(self, found: Classification, situation: Situation) -> Iterator[Other]:
        for level in Level:
            if level.above(found.level):
                yield Other(level, self._otherwise.up(situation, level))

    def _ask(self, found: Classification, situation: Situation) -> Iterator[Question]:
        """The questions of which a single answer raises, with the level that it gives."""
        for question in found.ask_next:
            yes = question.answer == Value.YES.value
            answers = {**situation.answers, question.indicator: yes}
            level = self._otherwise.level(Situation(answers, situation.facts))
            if level.above(found.level):
                yield Question(question.indicator, question.answer, level)

    def _is_near(self, question: Question, situation: Situation) -> bool:
        yes = question.answer == Value.YES.value
        return self._otherwise.builds_on(situation, question.indicator, answer=yes)

    def _protection(self, found: Classification) -> Iterator[str]:
        for name, answer in found.answers.items():
            known = self.ruleset.indicators.get(name)
            if known and known.kind is Kind.PROTECTION and answer.value is Value.YES:
                yield name


def explanation(found: Classification, ruleset: RuleSet) -> Explanation:
    """The classification explained by the rules of its day; `Explaining` for many at a time."""
    return Explaining(ruleset).explain(found)


def situation_of(found: Classification, ruleset: RuleSet) -> Situation:
    """What the engines looked at."""
    facts = ruleset.words.facts
    return Situation(
        counted(found.answers),
        {name: measured(fact, found.facts.get(name)) for name, fact in facts.items()},
    )

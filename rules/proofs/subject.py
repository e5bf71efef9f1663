"""What a proof is about: the rules of one day, beside the formulas and the tests that they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.engines.oracle import Test, compile_test
from rules.engines.situation import Situation
from rules.engines.soundness import paths
from rules.language.fault import Path
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import Bound, Condition, OneOf, indicators_of, leaves
from rules.level import Level, highest
from rules.proofs.logic import AnyConcern, Formula
from rules.proofs.search import MOST_STEPS, Search

ABOVE_GREEN = (Level.ORANGE, Level.RED)


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule as a claim about any concern: certainly true, or `possible`, which is not false.

    `reads` names its questions and facts; `example` is some concern of which the rule is true, None
    when it never is.
    """

    rule: Rule
    path: Path
    reads: frozenset[str]
    true: Formula
    possible: Formula
    test: Test
    example: Situation | None


@dataclass(frozen=True, slots=True)
class Subject:
    """The rules of one day, ready to be reasoned about; `claims` in the order of the file."""

    ruleset: RuleSet
    concern: AnyConcern
    search: Search
    claims: tuple[Claim, ...]

    def reaching(self, level: Level, *, but: Claim | None = None) -> tuple[Claim, ...]:
        """The rules that give `level` or a higher one, one of them left out."""
        return tuple(it for it in self.claims if it is not but and not level.above(it.rule.level))

    def apart(self, name: str, level: Level) -> tuple[Formula, tuple[Claim, ...]]:
        """That the level is reached whatever `name` is, and the rules that look at it."""
        reaching = self.reaching(level)
        rest = self.concern.some([it.true for it in reaching if name not in it.reads])
        return rest, tuple(it for it in reaching if name in it.reads)

    def follows(self, claim: Claim, others: Iterable[Claim]) -> bool:
        """True when some of the others is true of every concern of which the claim is."""
        known = tuple(others)
        example = claim.example
        if example is not None and not any(it.test(example) for it in known):
            return False
        either = self.concern.some([it.true for it in known])
        return not self.search.possible(claim.true, self.concern.denied(either))

    def level(self, situation: Situation) -> Level:
        """What the rules that are certain of a concern give."""
        return highest(*(it.rule.level for it in self.claims if it.test(situation)))


def subject(ruleset: RuleSet, *, steps: int = MOST_STEPS) -> Subject:
    """The rules in a context of their own; raises Unproved when one of them is too much."""
    concern = AnyConcern.over(ruleset.words)
    search = Search(concern, steps=steps)
    claims = (_claim(rule, path, concern, search=search) for path, rule in paths(ruleset))
    return Subject(ruleset, concern, search, tuple(claims))


def _claim(rule: Rule, path: Path, concern: AnyConcern, *, search: Search) -> Claim:
    true = concern.true(rule.when)
    test, example = compile_test(rule.when), search.example(true)
    possible = concern.may(rule.when, sure=False)
    return Claim(rule, path, _reads(rule.when), true, possible, test, example)


def _reads(when: Condition) -> frozenset[str]:
    about = (leaf for leaf, _ in leaves(when))
    facts = frozenset(leaf.fact for leaf in about if isinstance(leaf, Bound | OneOf))
    return indicators_of(when) | facts

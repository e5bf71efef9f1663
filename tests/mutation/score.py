"""Which slips of the pen the shipped examples notice, which change nothing, and which slip by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.engines.oracle import compile_test
from rules.engines.situation import Situation
from rules.engines.soundness import example
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import Condition
from rules.proofs.logic import AnyConcern, Formula
from rules.proofs.search import Search
from tests.mutation.mutants import Mutant, mutants


class Fate(StrEnum):
    """What becomes of a mutant."""

    KILLED = "killed by an example"
    EQUIVALENT = "shown equivalent"
    ALIVE = "alive"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One mutant and its fate."""

    mutant: Mutant
    fate: Fate


@dataclass(frozen=True, slots=True)
class Example:
    """An example that would tell a mutant from its rule; `fires` when the rule is true of it."""

    situation: Situation
    fires: bool


def judged(ruleset: RuleSet) -> Iterator[Verdict]:
    """Every mutant of every rule."""
    concern = AnyConcern.over(ruleset.words)
    search = Search(concern)
    for rule in ruleset.all_rules:
        rows = examples(rule, ruleset)
        for mutant in mutants(rule):
            if noticed(mutant.rule.when, rows):
                yield Verdict(mutant, Fate.KILLED)
            elif search.possible(differ(concern, rule, mutant)):
                yield Verdict(mutant, Fate.ALIVE)
            else:
                yield Verdict(mutant, Fate.EQUIVALENT)


def examples(rule: Rule, ruleset: RuleSet) -> list[Example]:
    """The rule's own examples."""
    rows = [(row, True) for row in rule.fires] + [(row, False) for row in rule.silent]
    return [Example(example(row, ruleset), fires) for row, fires in rows]


def noticed(when: Condition, rows: Sequence[Example]) -> bool:
    """Some example says otherwise of this condition than of the rule's own."""
    test = compile_test(when)
    return any((test(row.situation) is True) is not row.fires for row in rows)


def differ(concern: AnyConcern, rule: Rule, mutant: Mutant) -> Formula:
    """The rule is certainly true and the mutant not, or the other way."""
    own, other = concern.true(rule.when), concern.true(mutant.rule.when)
    return own != other

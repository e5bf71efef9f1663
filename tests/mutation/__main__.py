"""`python -m tests.mutation`: the score, and an example that would notice each mutant alive."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping

from adapters.rulesfile import load
from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import AtLeast, Scalar, leaves
from rules.proofs.logic import AnyConcern, Formula
from rules.proofs.search import Search
from rules.proofs.told import row
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.score import Example, Fate, differ, examples, judged, noticed


def main() -> int:
    """Exit 1 when a mutant is alive."""
    ruleset = load().ruleset
    fates = Counter(verdict.fate for verdict in judged(ruleset))
    for fate in Fate:
        print(f"{fates[fate]:5}  {fate.value}")
    for rule in ruleset.all_rules:
        for wanted in missing(rule, ruleset):
            kind = "fires" if wanted.fires else "silent"
            print(f"{rule.id} {kind}: {_flow(row(wanted.situation, ruleset.words))}")
    return 1 if fates[Fate.ALIVE] else 0


def missing(rule: Rule, ruleset: RuleSet) -> Iterator[Example]:
    """Few examples that together notice every mutant of the rule that is alive."""
    concern = AnyConcern.over(ruleset.words)
    search = Search(concern)
    rows = examples(rule, ruleset)
    for mutant in mutants(rule):
        if noticed(mutant.rule.when, rows) or not search.possible(differ(concern, rule, mutant)):
            continue
        found = _telling(rule, mutant, rows, concern=concern, search=search)
        rows.append(found)
        yield found


def _telling(
    rule: Rule, mutant: Mutant, rows: list[Example], *, concern: AnyConcern, search: Search
) -> Example:
    """A plain example that notices the mutant, with as many new questions of a count as it can."""
    claims: list[Formula] = [differ(concern, rule, mutant)]
    if mutant.slip.startswith("without"):
        said = {name for it in rows if it.fires for name in it.situation.answers}
        new = [name for name in _counted(rule) if name not in said]
        for name in (*new, *_counted(rule)):
            wish = concern.answers[name].yes
            if search.possible(*claims, wish):
                claims.append(wish)
    situation = search.witness(*claims)
    assert situation is not None
    return Example(situation, fires=is_true(rule, situation))


def is_true(rule: Rule, situation: Situation) -> bool:
    """Whether the rule itself is true of the example."""
    return noticed(rule.when, [Example(situation, fires=False)])


def _counted(rule: Rule) -> list[str]:
    groups = (leaf.indicators for leaf, _ in leaves(rule.when) if isinstance(leaf, AtLeast))
    return [name for group in groups for name in group]


def _flow(values: Mapping[str, Scalar]) -> str:
    inner = ", ".join(f"{name}: {_plain(value)}" for name, value in values.items())
    return f"{{{inner}}}"


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    sys.exit(main())

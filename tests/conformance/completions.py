"""Ways to answer what is open, enough of them to find the lowest and the highest level."""

from collections.abc import Iterable, Iterator
from itertools import product

from rules.engines.ends import ends
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.syntax import Unanswered, asked, leaves

# So many open questions are answered in every way; beyond that each is put at its two ends.
EVERY_WAY = 6


def completions(ruleset: RuleSet, situation: Situation) -> Iterator[Situation]:
    """The situation with every question answered; between them every level that can be reached."""
    open_ = [name for name in ruleset.indicators if name not in situation.answers]
    read = [name for name in open_ if name in _deciding(ruleset)]
    rest = dict.fromkeys(open_, False)
    if len(read) <= EVERY_WAY:
        yield from _answered(situation, rest, read)
        return
    extremes = ends(ruleset.all_rules, ruleset.indicators)
    mixed = [name for name in read if name in extremes.mixed]
    for end in (extremes.best, extremes.worst):
        yield from _answered(situation, {**rest, **end}, mixed)


def _deciding(ruleset: RuleSet) -> frozenset[str]:
    """The questions of which it matters what the answer is, and not only that there is one."""
    return frozenset(
        name
        for rule in ruleset.all_rules
        for leaf, _ in leaves(rule.when)
        if not isinstance(leaf, Unanswered)
        for name in asked(leaf)
    )


def _answered(
    situation: Situation, rest: dict[str, bool], tried: Iterable[str]
) -> Iterator[Situation]:
    names = tuple(tried)
    for values in product((False, True), repeat=len(names)):
        answers = {**rest, **dict(zip(names, values, strict=True)), **situation.answers}
        yield Situation(answers, situation.facts)

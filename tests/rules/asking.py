"""What to ask next, found again by trying every set of answers, the smallest first."""

from collections.abc import Iterator
from itertools import combinations, product

from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.level import Level, highest
from tests.rules import language

Asked = dict[str, tuple[Level, set[str]]]
WORDS = {True: "ja", False: "nej"}


class Tried:
    """Another program for the same, from the rules that are certain after each set of answers."""

    def __init__(self, ruleset: RuleSet, situation: Situation) -> None:
        self._oracle = Oracle(ruleset.all_rules)
        self._levels = {rule.id: rule.level for rule in ruleset.all_rules}
        self._situation = situation
        self._open = [name for name in ruleset.indicators if name not in situation.answers]

    def asked(self, level: Level) -> Asked:
        """Each question of a way, with the level of the first way and the answers that it can be.

        The level that one answer gives; above that, the shortest sets of answers to each level,
        but a longer set only to a higher level.
        """
        found: Asked = {}
        for name in self._open:
            reached = {yes: highest(*self._after({name: yes})) for yes in (True, False)}
            better = [yes for yes, it in reached.items() if it.above(level)]
            if better:
                found[name] = (reached[better[0]], {WORDS[better[0]]})
        top = highest(level, *(it for it, _ in found.values()))
        ways = {it: self._shortest(it) for it in Level if it.above(top)}
        sizes = {it: len(every[0]) for it, every in ways.items() if every}
        for it in sorted(sizes, key=lambda each: (sizes[each], -each.rank)):
            if any(size < sizes[it] and other.above(it) for other, size in sizes.items()):
                continue
            for name, yes in (reply for way in ways[it] for reply in way.items()):
                if found.setdefault(name, (it, set()))[0] is it and it.above(top):
                    found[name][1].add(WORDS[yes])
        return found

    def _shortest(self, level: Level) -> list[dict[str, bool]]:
        for size in range(1, len(self._open) + 1):
            if ways := [it for it in self._sets(size) if level in self._after(it)]:
                return ways
        return []

    def _sets(self, size: int) -> Iterator[dict[str, bool]]:
        for names in combinations(self._open, size):
            for values in product((True, False), repeat=size):
                yield dict(zip(names, values, strict=True))

    def _after(self, answers: dict[str, bool]) -> set[Level]:
        fired = self._oracle.fire(language.answering(self._situation, **answers))
        return {self._levels[rule] for rule in fired}

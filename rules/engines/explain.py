"""What the unanswered questions still allow, and which of them to ask next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rules.answer import Value
from rules.classification import Question
from rules.engines.alone import Alone, Reply, compile_alone
from rules.engines.ends import MOST_TRIED, Ends, ends
from rules.engines.normal import TooWide, alternatives
from rules.engines.oracle import Test, Truth, compile_test
from rules.engines.situation import Situation
from rules.engines.touching import NOTHING_KNOWN, Touching
from rules.engines.ways import Alternative, Way, shortest_way
from rules.language.rule import Rule
from rules.language.syntax import Unanswered, leaves
from rules.level import Level, highest


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A rule with what is asked of it; `blank` is what it says when nothing is known.

    What is certain of a rule stays so when more is answered, unless it asks whether anything is
    answered at all; then it is not `lasting`.
    """

    id: str
    number: int
    test: Test
    alone: Alone
    lasting: bool
    blank: "_Blank"
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class _Blank:
    """The truth of a rule, and the single answers that make it hold, when nothing is known."""

    truth: Truth
    alone: frozenset[Reply]


_Ranked = tuple[tuple[Level, tuple[_Compiled, ...]], ...]


class Explainer:
    """Looks at a set of rules from the side of what is not known yet."""

    def __init__(self, rules: Iterable[Rule], indicators: Iterable[str]) -> None:
        known = tuple(rules)
        self._order = {name: index for index, name in enumerate(indicators)}
        self._touching = Touching(rule.when for rule in known)
        self._rules: _Ranked = tuple(
            (
                level,
                tuple(_compiled(n, rule) for n, rule in enumerate(known) if rule.level is level),
            )
            for level in reversed(Level)
        )
        self._ends = ends(known, self._order)

    def view(self, situation: Situation) -> "View":
        """The rules that the unanswered may still decide, above those that hold."""
        touched = self._touching.numbers(situation)
        floor, undecided = self._decided(situation, touched)
        return View(situation, touched, floor, undecided, order=self._order, ends=self._ends)

    def _decided(self, situation: Situation, touched: set[int]) -> tuple[Level, _Ranked]:
        """The highest level that is certain, and by level the rules above it that may hold."""
        undecided: list[tuple[Level, tuple[_Compiled, ...]]] = []
        for level, rules in self._rules:
            maybe: list[_Compiled] = []
            for item in rules:
                truth = item.test(situation) if item.number in touched else item.blank.truth
                if truth is not None and item.lasting:
                    if truth:
                        return level, tuple(undecided)
                    continue
                maybe.append(item)
            undecided.append((level, tuple(maybe)))
        return Level.GREEN, tuple(undecided)


@dataclass(frozen=True, slots=True)
class View:
    """A situation from the side of what is open in it; the highest level first.

    The rules that are not `touched` by what is known say what they say of nothing.
    """

    situation: Situation
    touched: set[int]
    floor: Level
    undecided: _Ranked
    order: Mapping[str, int]
    ends: Ends

    def possible(self) -> tuple[Level, Level]:
        """The lowest and highest level over every way to answer what is unanswered."""
        if not self.undecided:
            return self.floor, self.floor
        ways, widest = self._extremes()
        low = (self._level(self._completed(self.ends.best, it), sure=True) for it in ways)
        high = (self._level(self._completed(self.ends.worst, it), sure=False) for it in widest)
        return min(low, key=lambda level: level.rank), highest(*high)

    def ask_next(self, level: Level) -> tuple[Question, ...]:
        """The questions whose answer could raise `level`, which is no lower than the lowest.

        A question that raises it alone comes first, with the level that it gives. Where a level
        can be reached only by several answers together, the questions of its shortest ways follow.
        """
        rules = _above(level, self.undecided)
        alone = list(self._alone(rules))
        reached = highest(level, *(question.level for question in alone))
        further = _above(reached, rules)
        ways = [(1, question) for question in alone] + _together(further, self.situation)
        ways.sort(key=lambda way: (way[0], -way[1].level.rank, self.order[way[1].indicator]))
        first: dict[str, Question] = {}
        for _, question in ways:
            first.setdefault(question.indicator, question)
        return tuple(first.values())

    def _extremes(self) -> tuple[Sequence[Mapping[str, bool]], Sequence[Mapping[str, bool]]]:
        """Ways to answer what pulls both ways, for the lowest level and for the highest.

        Where it is too much to try them all, some are tried for the lowest, and for the highest
        they are left open: whatever may hold then counts.
        """
        mixed = [name for name in self.ends.mixed if name not in self.situation.answers]
        if len(mixed) > MOST_TRIED:
            return [dict.fromkeys(mixed, answer) for answer in (False, True)], [{}]
        ways = [
            dict(zip(mixed, values, strict=True))
            for values in product((False, True), repeat=len(mixed))
        ]
        return ways, ways

    def _completed(self, rest: Mapping[str, bool], tried: Mapping[str, bool]) -> Situation:
        """Answers to everything: those given and tried, and the rest at one end."""
        return Situation({**rest, **self.situation.answers, **tried}, self.situation.facts)

    def _level(self, situation: Situation, *, sure: bool) -> Level:
        """The level by the rules that hold; when not `sure`, also by those that may (facts)."""
        for level, rules in self.undecided:
            for item in rules:
                truth = item.test(situation)
                if truth or (truth is None and not sure):
                    return level
        return self.floor

    def _alone(self, undecided: _Ranked) -> Iterable[Question]:
        """Each open question that raises the level by itself, with the highest that it gives."""
        found: dict[str, Question] = {}
        for level, rules in undecided:
            replies = frozenset[Reply]().union(*map(self._replies, rules))
            for name in (
                {name for name, _ in replies} - self.situation.answers.keys() - found.keys()
            ):
                found[name] = Question(name, _WORDS[(name, True) in replies], level)
        return found.values()

    def _replies(self, item: _Compiled) -> frozenset[Reply]:
        """The single answers that make the rule hold."""
        if item.number not in self.touched:
            return item.blank.alone
        return item.alone(self.situation) or frozenset()


_WORDS = {True: Value.YES.value, False: Value.NO.value}


def _above(level: Level, undecided: _Ranked) -> _Ranked:
    return tuple(ranked for ranked in undecided if ranked[0].above(level))


def _compiled(number: int, rule: Rule) -> _Compiled:
    test, alone = compile_test(rule.when), compile_alone(rule.when)
    return _Compiled(
        rule.id,
        number,
        test,
        alone,
        lasting=not any(isinstance(leaf, Unanswered) for leaf, _ in leaves(rule.when)),
        blank=_Blank(test(NOTHING_KNOWN), alone(NOTHING_KNOWN) or frozenset()),
        alternatives=_alternatives(rule),
    )


def _alternatives(rule: Rule) -> tuple[Alternative, ...]:
    try:
        found = alternatives(rule.when)
    except TooWide:
        return ()
    return tuple(
        tuple((literal, compile_test(literal.leaf)) for literal in clause) for clause in found
    )


def _together(undecided: _Ranked, situation: Situation) -> list[tuple[int, Question]]:
    """The questions of the shortest ways to each level, with how many answers the way needs.

    A longer way is worth its questions only for a higher level.
    """
    found: list[tuple[int, Question]] = []
    higher: list[Way] = []
    for level, rules in undecided:
        ways = [
            way
            for item in rules
            for alternative in item.alternatives
            if (way := shortest_way(alternative, situation)) is not None
        ]
        shortest = min((way.size for way in (*ways, *higher)), default=0)
        found += [
            (way.size, Question(name, _WORDS[answer], level))
            for way in ways
            if way.size == shortest
            for name, answer in way.replies
        ]
        higher += ways
    return found

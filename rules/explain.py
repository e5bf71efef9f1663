"""What the unanswered questions still allow, and which of them to ask next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from rules.answer import Value
from rules.classification import Question
from rules.level import Level, highest
from rules.normal import Clause, TooWide, alternatives
from rules.oracle import Test, compile_test
from rules.rule import Rule
from rules.situation import Situation
from rules.syntax import Answered, AtLeast, asked, indicators_of, leaves

# So many questions that pull both ways are tried in every combination; beyond that the interval
# is still wide enough, only perhaps too wide.
MOST_TRIED = 8


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    test: Test
    reads: frozenset[str]
    clauses: tuple[Clause, ...]


class Explainer:
    """Looks at a set of rules from the side of what is not known yet."""

    def __init__(self, rules: Iterable[Rule], indicators: Iterable[str]) -> None:
        self._indicators = tuple(indicators)
        self._rules = tuple(
            _Compiled(rule, compile_test(rule.when), indicators_of(rule.when), _clauses(rule))
            for rule in rules
        )
        pulls = [pull for item in self._rules for pull in _pulls(item.rule)]
        self._up = frozenset(name for name, raises in pulls if raises)
        self._down = frozenset(name for name, raises in pulls if not raises)

    def possible(self, situation: Situation, active: frozenset[str]) -> tuple[Level, Level]:
        """The lowest and highest level over every way to answer what is unanswered."""
        rules = self._active(active)
        low, high = [], []
        for completion in self._extremes(situation):
            best = Situation(completion(best=True), situation.facts)
            worst = Situation(completion(best=False), situation.facts)
            low.append(_level(rules, best, sure=True))
            high.append(_level(rules, worst, sure=False))
        return min(low, key=lambda level: level.rank), highest(*high)

    def ask_next(
        self, situation: Situation, active: frozenset[str], level: Level
    ) -> tuple[Question, ...]:
        """The questions whose answer could raise the level, the shortest way first.

        A question that raises it alone comes first, with the level that it gives. Where a level
        can be reached only by several answers together, the questions of its shortest ways follow.
        """
        rules = [item for item in self._active(active) if item.rule.level.above(level)]
        alone = list(self._alone(situation, rules))
        reached = highest(level, *(question.level for question in alone))
        further = [item for item in rules if item.rule.level.above(reached)]
        ways = [(1, question) for question in alone] + _together(further, situation)
        order = {name: index for index, name in enumerate(self._indicators)}
        ways.sort(key=lambda way: (way[0], -way[1].level.rank, order[way[1].indicator]))
        first: dict[str, Question] = {}
        for _, question in ways:
            first.setdefault(question.indicator, question)
        return tuple(first.values())

    def _active(self, active: frozenset[str]) -> list[_Compiled]:
        return [item for item in self._rules if item.rule.id in active]

    def _extremes(self, situation: Situation) -> Iterator["_Completion"]:
        """Ways to answer the rest between which every level lies.

        A question that only ever raises is nej at best and ja at worst; one that pulls both ways
        is tried both ways.
        """
        open_ = [name for name in self._indicators if name not in situation.answers]
        mixed = [name for name in open_ if name in self._up & self._down]
        plain = [name for name in open_ if name not in mixed]
        tried = mixed if len(mixed) <= MOST_TRIED else []
        for values in product((False, True), repeat=len(tried)):
            fixed = {**situation.answers, **dict(zip(tried, values, strict=True))}
            yield _Completion(fixed, plain, self._down)

    def _alone(self, situation: Situation, rules: list[_Compiled]) -> Iterator[Question]:
        for name in self._indicators:
            if name in situation.answers:
                continue
            for value in (Value.YES, Value.NO):
                answers = {**situation.answers, name: value is Value.YES}
                reached = [
                    item.rule.level
                    for item in rules
                    if name in item.reads and item.test(Situation(answers, situation.facts))
                ]
                if reached:
                    yield Question(name, value.value, highest(*reached))
                    break


@dataclass(frozen=True, slots=True)
class _Completion:
    """Answers to everything: those fixed, and the rest at their best or at their worst."""

    fixed: Mapping[str, bool]
    plain: list[str]
    down: frozenset[str]

    def __call__(self, *, best: bool) -> dict[str, bool]:
        rest = {name: (name in self.down) is best for name in self.plain}
        return {**rest, **self.fixed}


@dataclass(frozen=True, slots=True)
class _Way:
    """Answers that complete an alternative; `size` counts how many of them are needed."""

    answers: Mapping[str, Value]
    size: int


def _level(rules: list[_Compiled], situation: Situation, *, sure: bool) -> Level:
    """The level by the rules that hold; when not `sure`, also by those that may (unknown facts)."""
    return highest(
        *(
            item.rule.level
            for item in rules
            if (truth := item.test(situation)) or (truth is None and not sure)
        )
    )


def _pulls(rule: Rule) -> Iterator[tuple[str, bool]]:
    """Each question that the rule reads, and whether a ja can raise (else a nej can)."""
    for leaf, holds in leaves(rule.when):
        if isinstance(leaf, Answered | AtLeast):
            for name in asked(leaf):
                yield name, holds


def _clauses(rule: Rule) -> tuple[Clause, ...]:
    try:
        return alternatives(rule.when)
    except TooWide:
        return ()


def _together(rules: list[_Compiled], situation: Situation) -> list[tuple[int, Question]]:
    """The questions of the shortest ways to each level, with how many answers the way needs."""
    ways = [
        (way, item.rule.level)
        for item in rules
        for clause in item.clauses
        if (way := _way(clause, situation)) is not None
    ]
    shortest = {
        level: min(way.size for way, reached in ways if reached is level) for _, level in ways
    }
    return [
        (way.size, Question(name, answer.value, level))
        for way, level in ways
        if way.size == shortest[level]
        for name, answer in way.answers.items()
    ]


def _way(clause: Clause, situation: Situation) -> _Way | None:
    """What must be answered for the alternative to hold; None when it cannot by answers alone."""
    required: dict[str, Value] = {}
    counts: list[tuple[AtLeast, bool]] = []
    for literal in clause:
        truth = compile_test(literal.leaf)(situation)
        if truth is literal.holds:
            continue
        match literal.leaf:
            case Answered(indicator) if truth is None:
                required[indicator] = Value.YES if literal.holds else Value.NO
            case AtLeast() as leaf if truth is None:
                counts.append((leaf, literal.holds))
            case _:
                return None
    size, offered = len(required), dict(required)
    for leaf, holds in counts:
        size += _short(leaf, holds, situation.answers, required=required)
        wanted = Value.YES if holds else Value.NO
        for name in leaf.indicators:
            if name not in situation.answers:
                offered.setdefault(name, wanted)
    return _Way(offered, size)


def _short(
    leaf: AtLeast, holds: bool, answers: Mapping[str, bool], *, required: Mapping[str, Value]
) -> int:
    """How many answers the count still needs, besides those that the way requires anyway."""
    wanted = Value.YES if holds else Value.NO
    need = leaf.count if holds else len(leaf.indicators) - leaf.count + 1
    given = sum(answers.get(name) is holds for name in leaf.indicators)
    chosen = sum(required.get(name) is wanted for name in leaf.indicators)
    return max(0, need - given - chosen)

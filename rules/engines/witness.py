"""Finds a situation in which one alternative of a condition holds, and little else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.engines.normal import Clause, Literal
from rules.engines.oracle import Test, compile_test
from rules.engines.situation import Situation
from rules.language.shape import Fact, FactType
from rules.language.syntax import Answered, AtLeast, Bound, OneOf, Scalar, Side, Unanswered
from rules.language.vocabulary import Vocabulary


def least(clause: Clause, words: Vocabulary, rivals: Sequence[Test] = ()) -> Situation | None:
    """The least that makes the alternative hold; None when nothing does."""
    named = {leaf.fact for leaf, _ in _about_facts(clause)}
    facts = {
        name: next(_values(clause, fact), None)
        for name, fact in words.facts.items()
        if name in named
    }
    situation = Situation({}, facts)
    for literal in sorted(clause, key=lambda item: isinstance(item.leaf, AtLeast)):
        situation = _answered(literal, situation, rivals)
    return situation if _holds(clause, situation) else None


def quietest(clause: Clause, rivals: Sequence[Test], words: Vocabulary) -> Situation | None:
    """The least, with every other question answered nej and the facts at their most harmless."""
    situation = least(clause, words, rivals)
    if situation is None:
        return None
    answered = {**dict.fromkeys(words.indicators, False), **situation.answers}
    if _holds(clause, quiet := replace(situation, answers=answered)):
        situation = quiet
    for name, fact in words.facts.items():
        choices = [
            replace(situation, facts={**situation.facts, name: value})
            for value in (*_values(clause, fact), None)
        ]
        sound = [choice for choice in choices if _holds(clause, choice)]
        situation = min(sound, key=lambda choice: _loudness(choice, rivals), default=situation)
    return situation


def _answered(literal: Literal, situation: Situation, rivals: Sequence[Test]) -> Situation:
    """The situation with the answers that a leaf needs, the least alarming ones of a count."""
    match literal.leaf:
        case Answered(indicator):
            return _with(situation, indicator, literal.holds)
        case AtLeast(count, indicators):
            need = count if literal.holds else len(indicators) - count + 1
            while sum(situation.answers.get(name) is literal.holds for name in indicators) < need:
                free = [name for name in indicators if name not in situation.answers]
                if not free:
                    break
                choices = [_with(situation, name, literal.holds) for name in free]
                situation = min(choices, key=lambda choice: _loudness(choice, rivals))
        case Unanswered(indicators) if not literal.holds:
            if situation.answers.keys().isdisjoint(indicators):
                return _with(situation, indicators[0], answer=False)
        case _:
            pass
    return situation


def _with(situation: Situation, indicator: str, answer: bool) -> Situation:
    return replace(situation, answers={**situation.answers, indicator: answer})


def _about_facts(clause: Clause) -> Iterator[tuple[Bound | OneOf, bool]]:
    for literal in clause:
        if isinstance(literal.leaf, Bound | OneOf):
            yield literal.leaf, literal.holds


def _values(clause: Clause, fact: Fact) -> Iterator[Scalar]:
    """The values of the fact that the alternative allows; of numbers, those at a limit."""
    about = [(leaf, holds) for leaf, holds in _about_facts(clause) if leaf.fact == fact.id]
    if fact.type not in (FactType.NUMBER, FactType.DATE):
        words: tuple[Scalar, ...] = fact.values or (False, True)
        for word in words:
            if all(_allows(leaf, word) is holds for leaf, holds in about):
                yield word
        return
    low, high = fact.span
    for leaf, holds in about:
        if isinstance(leaf, Bound):
            below = (leaf.side is Side.BELOW) is holds
            low, high = (low, min(high, leaf.limit - 1)) if below else (max(low, leaf.limit), high)
    yield from range(low, min(high, low + 30) + 1)


def _allows(leaf: Bound | OneOf, value: Scalar) -> bool:
    return compile_test(leaf)(Situation({}, {leaf.fact: value})) is True


def _holds(clause: Clause, situation: Situation) -> bool:
    return all(compile_test(item.leaf)(situation) is item.holds for item in clause)


def _loudness(situation: Situation, rivals: Sequence[Test]) -> int:
    return sum(test(situation) is True for test in rivals)

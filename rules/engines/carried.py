"""What one version of the rules can use of what was found and answered under another."""

from collections.abc import Mapping

from rules.answer import Answer
from rules.language.shape import Fact, FactType
from rules.language.syntax import Scalar
from rules.language.vocabulary import Vocabulary, wrong_fact


def carried_facts(
    words: Vocabulary, facts: Mapping[str, Scalar | None]
) -> dict[str, Scalar | None]:
    """The facts that the version declares, each with a value that it knows.

    A number beyond the ends is the nearest end, so that every limit is passed as before; another
    value that the version does not have is unknown.
    """
    return {
        name: _carried(words.facts[name], value)
        for name, value in facts.items()
        if name in words.facts
    }


def carried_answers(words: Vocabulary, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers to questions that the version asks; the others stay in the journal."""
    return {name: answer for name, answer in answers.items() if name in words.indicators}


def _carried(fact: Fact, value: Scalar | None) -> Scalar | None:
    if wrong_fact(fact, value) is None:
        return value
    if fact.type is FactType.NUMBER and isinstance(value, int) and not isinstance(value, bool):
        low, high = fact.span
        return max(low, min(value, high))
    return None

"""A concern that two versions judge apart, as a person reads it: a sentence for each thing."""

from collections.abc import Iterator
from datetime import date

from rules.engines.situation import Situation
from rules.language.prose import begun, subject, value_words
from rules.language.shape import Fact, FactType
from rules.language.syntax import Scalar
from rules.language.vocabulary import Vocabulary
from rules.proofs.both import within

Words = tuple[Vocabulary, Vocabulary]


def known_facts(told: Situation, words: Words) -> dict[str, Scalar | date]:
    """The known facts by name; the number of a day as its date."""
    return {
        name: _shown(_fact(name, value, words), value)
        for name, value in told.facts.items()
        if value is not None
    }


def sentences(told: Situation, words: Words) -> tuple[str, ...]:
    """What is answered and what is known, then that nothing more is."""
    said = [*_answers(told, words), *_facts(told, words)]
    return (*said, "Inget annat är känt." if said else "Inget är känt.")


def _answers(told: Situation, words: Words) -> Iterator[str]:
    old, new = (it.indicators for it in words)
    for name, yes in told.answers.items():
        ask = new[name].ask if name in new else old[name].ask
        said = f"Ja på ”{ask}”" if yes else f"Nej på ”{ask}”, från någon vars nej räknas"
        yield said + _only_in(name in old, name in new)


def _facts(told: Situation, words: Words) -> Iterator[str]:
    for name, value in told.facts.items():
        if value is not None:
            known = [name in it.facts and within(it.facts[name], value) is not None for it in words]
            yield _said(_fact(name, value, words), value) + _only_in(*known)


def _only_in(old: bool, new: bool) -> str:
    if old and new:
        return "."
    return " (finns bara i den gamla versionen)." if old else " (finns bara i den nya versionen)."


def _fact(name: str, value: Scalar, words: Words) -> Fact:
    """The fact of the newest version that may have the value."""
    old, new = (it.facts for it in words)
    return new[name] if name in new and within(new[name], value) is not None else old[name]


def _said(fact: Fact, value: Scalar) -> str:
    match _shown(fact, value):
        case bool(so) if fact.name:
            return begun(fact.name) if so else f"Det stämmer inte att {fact.name}"
        case bool(so):
            return f"{begun(subject(fact))} är {'ja' if so else 'nej'}"
        case str(word):
            return f"{begun(subject(fact))} är {value_words(fact, word)}"
        case number:
            unit = f" {fact.unit}" if fact.unit else ""
            return f"{begun(subject(fact))} är {number}{unit}"


def _shown(fact: Fact, value: Scalar) -> Scalar | date:
    return date.fromordinal(int(value)) if fact.type is FactType.DATE else value

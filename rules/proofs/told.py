"""A concern found by a proof as a person reads it: like an example of a rule, ready to paste."""

from collections.abc import Mapping
from datetime import date

from rules.answer import Value
from rules.engines.situation import Situation
from rules.language.shape import FactType
from rules.language.syntax import Scalar
from rules.language.vocabulary import Vocabulary

NOTHING = "när inget är känt"


def row(situation: Situation, words: Vocabulary) -> dict[str, Scalar]:
    """The answers and the known facts by name, as in `fires` and `silent` of a rules file."""
    answers = {
        name: (Value.YES if situation.answers[name] else Value.NO).value
        for name in words.indicators
        if name in situation.answers
    }
    return {**answers, **_known(situation.facts, words)}


def told(situation: Situation, words: Vocabulary) -> str:
    """The same in running text."""
    said = ", ".join(f"{name}: {_plain(value)}" for name, value in row(situation, words).items())
    return f"till exempel {{{said}}}" if said else NOTHING


def spoken(value: Scalar | None) -> str:
    """An answer, or the value of a fact, in a sentence."""
    match value:
        case None:
            return Value.UNKNOWN.value
        case bool():
            return (Value.YES if value else Value.NO).value
        case _:
            return str(value)


def _known(facts: Mapping[str, Scalar | None], words: Vocabulary) -> dict[str, Scalar]:
    known = {name: value for name, value in facts.items() if value is not None}
    days = [name for name in known if words.facts[name].type is FactType.DATE]
    return {**known, **{name: date.fromordinal(int(known[name])).isoformat() for name in days}}


def _plain(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

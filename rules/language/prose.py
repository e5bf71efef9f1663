"""A condition in Swedish, built from the syntax tree: the same tree always gives the same words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from rules.language.shape import Fact, FactType, Kind
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Leaf,
    Not,
    OneOf,
    Side,
    Unanswered,
    leaves,
)
from rules.language.vocabulary import Vocabulary
from rules.language.wording import listed

ABOUT: Mapping[Kind, str] = {
    Kind.RISK: "risk",
    Kind.PROTECTION: "skydd",
    Kind.EVENT: "händelser",
}
_NUMBERS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; with `parts` it ends in a colon and they stand as a list below it."""

    text: str
    parts: tuple["Sentence", ...] = ()


def prose(condition: Condition, words: Vocabulary, limits: Sequence[str] = ()) -> Sentence:
    """When the condition holds; `limits` name the parameter of each leaf, as a rule's do."""
    given = [*limits] or [""] * sum(1 for _ in leaves(condition))
    return _Speaker(words, iter(given)).say(condition, True)


def lines(sentence: Sentence, indent: str = "") -> Iterator[str]:
    """The sentence as plain text, a line for each of its parts."""
    yield indent + sentence.text
    for part in sentence.parts:
        yield from lines(part, f"{indent}  ")


def in_line(sentence: Sentence) -> str:
    """The sentence on one line, a list within it in brackets."""
    told = [f"[{in_line(part)}]" if part.parts else part.text for part in sentence.parts]
    return f"{sentence.text} {'; '.join(told)}" if told else sentence.text


def number(count: int) -> str:
    """Small numbers in letters, as in running text."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def value_words(fact: Fact, value: str) -> str:
    """A word of a fact as people say it."""
    return fact.words.get(value, value.replace("_", " "))


def subject(fact: Fact) -> str:
    """What the fact is called in the middle of a sentence."""
    return fact.name or f"uppgiften ”{fact.id.replace('_', ' ')}”"


def begun(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


@dataclass(slots=True)
class _Speaker:
    """Says a tree from left to right; `limits` has one name for each leaf that is left."""

    words: Vocabulary
    limits: Iterator[str]

    def say(self, condition: Condition, holds: bool) -> Sentence:
        """When the condition is true, or false; an unknown is neither."""
        match condition:
            case Not(part):
                return self.say(part, not holds)
            case All(parts) | AnyOf(parts):
                every = isinstance(condition, All) is holds
                return _joined([self.say(part, holds) for part in parts], every=every)
            case Answered() | AtLeast() | Unanswered() | Bound() | OneOf():
                return self._leaf(condition, holds)
            case _:
                assert_never(condition)

    def _leaf(self, leaf: Leaf, holds: bool) -> Sentence:
        limit = next(self.limits)
        match leaf:
            case Answered(indicator):
                return self._answered(indicator, holds)
            case AtLeast():
                return self._counted(leaf, limit, holds)
            case Unanswered(indicators):
                return self._unanswered(indicators, holds)
            case Bound():
                return Sentence(self._bound(leaf, limit, holds))
            case OneOf():
                return Sentence(self._one_of(leaf, holds))
            case _:
                assert_never(leaf)

    def _answered(self, name: str, holds: bool) -> Sentence:
        if holds:
            return Sentence(f"Ja på {self._ask(name)}")
        return Sentence(f"Nej på {self._ask(name)} från någon vars nej räknas")

    def _counted(self, leaf: AtLeast, limit: str, holds: bool) -> Sentence:
        if leaf.count == len(leaf.indicators) == 1:
            return self._answered(leaf.indicators[0], holds)
        among, asked = self._among(leaf.indicators)
        if holds:
            many = "besvarad" if leaf.count == 1 else "besvarade"
            start = f"Minst {number(leaf.count)}{_aside(limit)} av {among} är {many} med ja"
        else:
            start = f"Färre än {number(leaf.count)}{_aside(limit)} av {among} kan vara ja"
        return _listing(start, asked)

    def _unanswered(self, names: tuple[str, ...], holds: bool) -> Sentence:
        among, asked = self._among(names)
        who = "Ingen" if holds else "Minst en"
        return _listing(f"{who} av {among} har ett svar som räknas", asked)

    def _among(self, names: tuple[str, ...]) -> tuple[str, tuple[Sentence, ...]]:
        """What the questions are together; those that are no whole kind or area are listed."""
        for kind, about in ABOUT.items():
            whole = [it for it in self.words.indicators.values() if it.kind is kind]
            if names == tuple(it.id for it in whole):
                return f"frågorna om {about}", ()
            for area, title in self.words.areas.items():
                if names == tuple(it.id for it in whole if it.area == area):
                    return f"frågorna om {about} i området {title}", ()
        return "de här frågorna", tuple(Sentence(self._ask(name)) for name in names)

    def _bound(self, leaf: Bound, limit: str, holds: bool) -> str:
        fact = self.words.facts[leaf.fact]
        below = (leaf.side is Side.BELOW) is holds
        if fact.type is FactType.DATE:
            how = f"{'före' if below else 'från och med'} {date.fromordinal(leaf.limit)}"
        else:
            unit = f" {fact.unit}" if fact.unit else ""
            how = f"{'under' if below else 'minst'} {leaf.limit}{unit}"
        return f"{begun(subject(fact))} är {how}{_aside(limit, _unknown(leaf, holds))}"

    def _one_of(self, leaf: OneOf, holds: bool) -> str:
        fact = self.words.facts[leaf.fact]
        unknown = _aside("", _unknown(leaf, holds))
        if fact.type is FactType.YES_OR_NO:
            return begun(_claim(fact, {value is holds for value in leaf.values})) + unknown
        told = [value_words(fact, str(value)) for value in leaf.values]
        if holds:
            return f"{begun(subject(fact))} är {listed(told)}{unknown}"
        return f"Det är känt att {subject(fact)} inte är {listed(told)}"

    def _ask(self, name: str) -> str:
        return f"”{self.words.indicators[name].ask}”"


def _joined(said: list[Sentence], *, every: bool) -> Sentence:
    if len(said) == 1:
        return said[0]
    start = "Allt det här stämmer:" if every else "Minst ett av det här stämmer:"
    return Sentence(start, tuple(said))


def _listing(start: str, asked: tuple[Sentence, ...]) -> Sentence:
    return Sentence(f"{start}:" if asked else start, asked)


def _claim(fact: Fact, truths: set[bool]) -> str:
    """That a yes-or-no is so, is not, or is known at all."""
    said = fact.name or f"{subject(fact)} är ja"
    if len(truths) > 1:
        return f"det är känt om {said}"
    return said if True in truths else f"det är känt att det inte stämmer att {said}"


def _aside(limit: str = "", unknown: str = "") -> str:
    """What stands in parentheses: the name of the number, and what an unknown means."""
    told = [part for part in (f"gränsen {limit}" if limit else "", unknown) if part]
    return f" ({'; '.join(told)})" if told else ""


def _unknown(leaf: Bound | OneOf, holds: bool) -> str:
    return "okänt räknas hit" if holds and leaf.if_unknown else ""

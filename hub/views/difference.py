"""The difference between two versions as the one who approves reads it: first what it lowers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hub.views.words import LevelTag, level_tag
from rules.proofs.change import (
    Bearing,
    Difference,
    FieldChange,
    LevelChange,
    RuleChange,
    Verdict,
    Witness,
)

_VERDICTS: Mapping[Verdict, str] = {
    Verdict.EQUAL: "Ingen anmälan får en annan nivå.",
    Verdict.STRICTER: "Bara strängare: ingen anmälan får en lägre nivå, och några får en högre.",
    Verdict.LAXER: "Bara mildare: ingen anmälan får en högre nivå, och några får en lägre.",
    Verdict.INCOMPARABLE: "Både strängare och mildare: några anmälningar höjs och andra sänks.",
    Verdict.UNDECIDED: "Det gick inte att avgöra om någon anmälan får en lägre nivå.",
}


@dataclass(frozen=True, slots=True)
class Example:
    """The plainest concern that shows a change, in sentences, with the rules that decide."""

    sentences: tuple[str, ...]
    when: str
    old_rules: tuple[str, ...]
    new_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One way in which levels change, proved possible by its examples."""

    before: LevelTag
    after: LevelTag
    raises: bool
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One field of a rule that is otherwise; examples are only said to be."""

    sentence: str
    before: str
    after: str
    shown: bool


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule that is otherwise; its name stands before the sentence."""

    rule: str
    sentence: str
    words: tuple[Wording, ...]
    examples: tuple[tuple[str, Example], ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One other field that is otherwise."""

    sentence: str
    bearing: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Everything that is otherwise, as the page shows it."""

    verdict: str
    equal: bool
    lowers: bool
    moves: tuple[Move, ...]
    rules: tuple[RuleLine, ...]
    fields: tuple[FieldLine, ...]
    wordings: tuple[str, ...]
    ticks: tuple[tuple[str, str], ...]


def difference_view(found: Difference) -> DifferenceView:
    """The moves that lower first; fields that are only words apart."""
    moves = sorted(found.levels, key=lambda it: it.raises)
    fields = [it for it in found.fields if it.bearing is not Bearing.WORDS]
    fields.sort(key=lambda it: _WEIGHT[it.bearing])
    return DifferenceView(
        verdict=_VERDICTS[found.verdict],
        equal=found.alike,
        lowers=bool(found.lowering),
        moves=tuple(_move(it) for it in moves),
        rules=tuple(_rule(it) for it in found.rules),
        fields=tuple(_field(it) for it in fields),
        wordings=tuple(it.sentence for it in found.fields if it.bearing is Bearing.WORDS),
        ticks=tuple((it.key, it.sentence) for it in found.lowering),
    )


_WEIGHT: Mapping[Bearing, int] = {
    Bearing.LOWERS: 0,
    Bearing.STRICTER: 1,
    Bearing.CLASSIFIES: 2,
}


def _move(change: LevelChange) -> Move:
    examples = tuple(_example(it) for it in change.witnesses)
    return Move(level_tag(change.before), level_tag(change.after), change.raises, examples)


def _example(witness: Witness) -> Example:
    when = "" if witness.period.endless else f"För anmälningar {witness.period}."
    return Example(witness.sentences, when, witness.old_rules, witness.new_rules)


def _rule(change: RuleChange) -> RuleLine:
    words = tuple(_wording(it) for it in change.words)
    sentence = change.sentence.removeprefix(f"Regeln {change.rule} ")
    return RuleLine(change.rule, sentence, words, tuple(_reaches(change)))


def _wording(change: FieldChange) -> Wording:
    what = change.sentence.partition(": ")[2]
    shown = change.path.rpartition(".")[2] not in _EXAMPLES
    return Wording(
        what[:1].upper() + what[1:], change.before or "", change.after or "", shown=shown
    )


_EXAMPLES = ("fires", "silent")


def _reaches(change: RuleChange) -> Iterator[tuple[str, Example]]:
    if change.wider:
        yield "Stämmer nu men inte förut", _example(change.wider)
    if change.narrower:
        yield "Stämde förut men inte nu", _example(change.narrower)


def _field(change: FieldChange) -> FieldLine:
    return FieldLine(change.sentence, change.bearing.value)

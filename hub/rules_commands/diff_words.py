"""The difference between two versions of the rules, as text for people and as data for scripts."""

from collections.abc import Iterator

from rules.answer import Value
from rules.language.period import Period
from rules.proofs.change import (
    Bearing,
    Difference,
    Extent,
    FieldChange,
    LevelChange,
    RuleChange,
    RuleEdit,
    Verdict,
    Witness,
)

Data = dict[str, object]

# Whoever knows; a nej from the child or a guardian alone would not count.
_SOURCE = "mottagning"

_VERDICTS = {
    Verdict.EQUAL: "equal",
    Verdict.STRICTER: "stricter",
    Verdict.LAXER: "laxer",
    Verdict.INCOMPARABLE: "incomparable",
    Verdict.UNDECIDED: "undecided",
}
_EXTENTS = {
    Extent.EQUAL: "equal",
    Extent.WIDER: "wider",
    Extent.NARROWER: "narrower",
    Extent.INCOMPARABLE: "incomparable",
    Extent.UNDECIDED: "undecided",
}
_EDITS = {RuleEdit.ADDED: "added", RuleEdit.REMOVED: "removed", RuleEdit.CHANGED: "changed"}
_BEARINGS = {
    Bearing.WORDS: "words",
    Bearing.CLASSIFIES: "classifies",
    Bearing.STRICTER: "stricter",
    Bearing.LOWERS: "lowers",
}
_TOLD = {
    Verdict.EQUAL: "Lika: varje tänkbar anmälan får samma nivå som förut.",
    Verdict.STRICTER: "Strängare: ingen anmälan får lägre nivå än förut, och någon får högre.",
    Verdict.LAXER: "Mildare: ingen anmälan får högre nivå än förut, och någon får lägre.",
    Verdict.INCOMPARABLE: "Ojämförbar: någon anmälan får högre nivå än förut, och någon får lägre.",
    Verdict.UNDECIDED: "Det gick inte att avgöra för varje tänkbar anmälan. Räkna med att någon får"
    " lägre nivå.",
}


def text(found: Difference) -> Iterator[str]:
    """Line by line; first the verdict, last what must be ticked."""
    yield f"{found.old_version} → {found.new_version}"
    yield _TOLD[found.verdict]
    yield from _section("Nivåer", (line for it in found.levels for line in _level(it)))
    yield from _section("Regler", (line for it in found.rules for line in _rule(it)))
    fields = (f"  {it.sentence} [{it.bearing}]" for it in found.fields)
    yield from _section("Annat", fields)
    ticks = (f"  [ ] {it.sentence}\n      {it.key}" for it in found.lowering)
    yield from _section("Ska bockas för, ett i taget, av den som godkänner", ticks)


def data(found: Difference) -> Data:
    """The same, in the form that docs/rules.md describes."""
    witnesses = [it for change in found.levels for it in change.witnesses]
    return {
        "verdict": _VERDICTS[found.verdict],
        "alike": found.alike,
        "old": found.old_version,
        "new": found.new_version,
        "witness": _witness(witnesses[0]) if witnesses else None,
        "levels": [_level_data(it) for it in found.levels],
        "rules": [_rule_data(it) for it in found.rules],
        "fields": [_field(it) for it in found.fields],
        "lowering": [{"key": it.key, "sentence": it.sentence} for it in found.lowering],
        "undecided": [_period(it) for it in found.undecided],
    }


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    told = list(lines)
    if told:
        yield from ("", title, *told)


def _level(change: LevelChange) -> Iterator[str]:
    how = "höjs" if change.raises else "sänks"
    yield f"  {change.before} → {change.after}: {how}, till exempel"
    for witness in change.witnesses:
        yield from _example(witness)


def _example(witness: Witness) -> Iterator[str]:
    if witness.day:
        yield f"    Gäller {witness.period}:"
    yield from (f"    - {sentence}" for sentence in witness.sentences)
    before, after = (", ".join(it) or "ingen" for it in (witness.old_rules, witness.new_rules))
    yield f"    Förut {witness.before}, regel: {before}. Nu {witness.after}, regel: {after}."


def _rule(change: RuleChange) -> Iterator[str]:
    yield f"  {change.sentence}"
    for title, witness in (("Nytt fall", change.wider), ("Inte längre", change.narrower)):
        if witness:
            yield f"    {title}: {' '.join(witness.sentences)}"


def _level_data(change: LevelChange) -> Data:
    return {
        "key": change.key,
        "from": change.before.value,
        "to": change.after.value,
        "direction": "raises" if change.raises else "lowers",
        "witnesses": [_witness(it) for it in change.witnesses],
    }


def _rule_data(change: RuleChange) -> Data:
    return {
        "rule": change.rule,
        "change": _EDITS[change.edit],
        "from": change.before.value if change.before else None,
        "to": change.after.value if change.after else None,
        "condition": _EXTENTS[change.extent] if change.extent else None,
        "wider": _witness(change.wider) if change.wider else None,
        "narrower": _witness(change.narrower) if change.narrower else None,
        "periods": [_period(it) for it in change.periods],
        "fields": [_field(it) for it in change.words],
        "sentence": change.sentence,
    }


def _field(change: FieldChange) -> Data:
    return {
        "key": change.key,
        "path": change.path,
        "before": change.before,
        "after": change.after,
        "bearing": _BEARINGS[change.bearing],
        "sentence": change.sentence,
    }


def _witness(witness: Witness) -> Data:
    return {
        "day": witness.day.isoformat() if witness.day else None,
        "facts": {name: _plain(value) for name, value in witness.facts.items()},
        "answers": {name: _answer(yes) for name, yes in witness.answers.items()},
        "old": {"level": witness.before.value, "rules": list(witness.old_rules)},
        "new": {"level": witness.after.value, "rules": list(witness.new_rules)},
        "unknown_to_old": list(witness.unknown_to_old),
        "unknown_to_new": list(witness.unknown_to_new),
        "sentences": list(witness.sentences),
    }


def _answer(yes: bool) -> Data:
    return {"value": (Value.YES if yes else Value.NO).value, "source": _SOURCE}


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | str) else str(value)


def _period(period: Period) -> Data:
    first, last = (it.isoformat() if it else None for it in (period.first, period.last))
    return {"from": first, "until": last}

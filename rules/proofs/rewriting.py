"""What happened to each rule: added, removed, true of other concerns, or only other words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import z3  # type: ignore[import-untyped]

from rules.language.period import Period
from rules.language.prose import lines, prose
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.proofs.change import Bearing, Extent, FieldChange, RuleChange, RuleEdit, Witness
from rules.proofs.compared import Compared
from rules.proofs.search import Unproved

_WORDS = {
    "because": "skälet",
    "law": "lagrummet",
    "source": "källan",
    "fires": "exemplen där den slår till",
    "silent": "exemplen där den är tyst",
}
_EXTENTS = {
    Extent.EQUAL: "villkoret är omskrivet men betyder det samma",
    Extent.WIDER: "den slår till i fler fall än förut",
    Extent.NARROWER: "den slår till i färre fall än förut",
    Extent.INCOMPARABLE: "den slår till i en del nya fall och inte längre i andra",
    Extent.UNDECIDED: "det gick inte att avgöra om den slår till i fler eller färre fall",
}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A rule as it reads in both versions; None where it is not there. Dates are left out."""

    id: str
    old: Rule | None
    new: Rule | None


def rewritten(periods: Iterable[Compared]) -> tuple[RuleChange, ...]:
    """The changed rules, those of the old version first and in its order."""
    found: list[tuple[_Pair, RuleChange]] = []
    for compared in periods:
        for pair in _pairs(compared.old.ruleset, compared.new.ruleset):
            _add(pair, compared, found)
    order = {name: place for place, name in enumerate(dict.fromkeys(it.rule for _, it in found))}
    changes = sorted((change for _, change in found), key=lambda it: order[it.rule])
    return tuple(replace(it, sentence=_sentence(it)) for it in changes)


def _add(pair: _Pair, compared: Compared, found: list[tuple[_Pair, RuleChange]]) -> None:
    for place, (known, change) in enumerate(found):
        if known == pair:
            periods = (*change.periods, compared.period)
            found[place] = known, replace(change, periods=_joined(periods))
            return
    found.append((pair, _change(pair, compared)))


def _joined(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Periods that follow on each other as one; they come in the order of time."""
    *before, last, new = periods
    if last.last and new.first and (new.first - last.last).days == 1:
        return (*before, Period(last.first, new.last))
    return periods


def _pairs(old: RuleSet, new: RuleSet) -> Iterator[_Pair]:
    was, now = _by_id(old), _by_id(new)
    for name in dict.fromkeys((*was, *now)):
        pair = _Pair(name, was.get(name), now.get(name))
        if pair.old != pair.new:
            yield pair


def _by_id(rules: RuleSet) -> Mapping[str, Rule]:
    return {
        it.id: replace(it, valid_from=None, valid_until=None, path=(), limits=())
        for it in rules.all_rules
    }


def _change(pair: _Pair, compared: Compared) -> RuleChange:
    if pair.old and pair.new:
        return _changed(pair.old, pair.new, compared)
    return RuleChange(
        rule=pair.id,
        edit=RuleEdit.ADDED if pair.new else RuleEdit.REMOVED,
        periods=(compared.period,),
        before=pair.old.level if pair.old else None,
        after=pair.new.level if pair.new else None,
    )


def _changed(old: Rule, new: Rule, compared: Compared) -> RuleChange:
    extent, wider, narrower = _extent(old, new, compared)
    return RuleChange(
        rule=old.id,
        edit=RuleEdit.CHANGED,
        periods=(compared.period,),
        before=old.level,
        after=new.level,
        extent=extent,
        wider=wider,
        narrower=narrower,
        words=(*_condition(old, new, compared), *_words(old, new)),
    )


def _extent(
    old: Rule, new: Rule, compared: Compared
) -> tuple[Extent, Witness | None, Witness | None]:
    was, now = compared.old.true(old), compared.new.true(new)
    if was.eq(now):
        return Extent.EQUAL, None, None
    try:
        wider = compared.witness(z3.And(now, z3.Not(was)))
        narrower = compared.witness(z3.And(was, z3.Not(now)))
    except Unproved:
        return Extent.UNDECIDED, None, None
    if wider and narrower:
        return Extent.INCOMPARABLE, wider, narrower
    if wider or narrower:
        return (Extent.WIDER if wider else Extent.NARROWER), wider, narrower
    return Extent.EQUAL, None, None


def _condition(old: Rule, new: Rule, compared: Compared) -> Iterator[FieldChange]:
    if old.when != new.when:
        before, after = (
            "\n".join(lines(prose(rule.when, side.ruleset.words)))
            for rule, side in ((old, compared.old), (new, compared.new))
        )
        yield _field(old.id, "when", "villkoret", values=(before, after))


def _words(old: Rule, new: Rule) -> Iterator[FieldChange]:
    for name, word in _WORDS.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield _field(old.id, name, word, values=(_text(before), _text(after)))


def _field(
    rule: str, name: str, word: str, *, values: tuple[str | None, str | None]
) -> FieldChange:
    before, after = values
    return FieldChange(
        key=f"regel:{rule}.{name}",
        path=f"rules.{rule}.{name}",
        before=before,
        after=after,
        bearing=Bearing.CLASSIFIES if name == "when" else Bearing.WORDS,
        sentence=f"Regeln {rule}: {word} ändras.",
    )


def _text(value: object) -> str | None:
    if isinstance(value, tuple):
        return "; ".join(_row(it) for it in value)
    return None if value is None else str(value)


def _row(row: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {_said(value)}" for name, value in row.items())


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{value.get('value')} (sagt av {value.get('source')})"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sentence(change: RuleChange) -> str:
    when = ", ".join(str(it) for it in change.periods if not it.endless)
    ending = f" ({when})." if when else "."
    sentences = {
        RuleEdit.ADDED: f"läggs till; den ger {change.after}",
        RuleEdit.REMOVED: f"tas bort; den gav {change.before}",
        RuleEdit.CHANGED: f"ändras: {'; '.join(_told(change))}",
    }
    return f"Regeln {change.rule} {sentences[change.edit]}{ending}"


def _told(change: RuleChange) -> Iterator[str]:
    if change.before is not change.after:
        yield f"den ger {change.after} i stället för {change.before}"
    conditions = [it for it in change.words if it.bearing is Bearing.CLASSIFIES]
    if change.extent and (conditions or change.extent is not Extent.EQUAL):
        yield _EXTENTS[change.extent]
    if words := [_WORDS[it.path.rsplit(".")[-1]] for it in change.words if it not in conditions]:
        yield f"{' och '.join([', '.join(words[:-1]), words[-1]] if words[1:] else words)} ändras"

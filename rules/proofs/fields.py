"""What the board has changed besides the rules: each field with its old and its new value."""

from collections.abc import Iterator, Mapping
from enum import Enum

from rules.language.ruleset import RulesFile
from rules.level import Level
from rules.proofs.bearing import of_added, of_changed, of_removed
from rules.proofs.change import Bearing, FieldChange
from rules.proofs.entries import LENGTH, Entry, entries

# What a kind of change is called in its key, by section of the file.
_KINDS = {
    "name": "instrument",
    "sources": "underlag",
    "levels": "löfte",
    "areas": "område",
    "indicators": "fråga",
    "facts": "uppgift",
    "never_inputs": "aldrig",
    "groups": "grupp",
    "parameters": "tal",
    "units": "enhet",
    "routing": "väg",
    "slots": "hubbtid",
    "clocks": "frist",
    "breach_causes": "orsak",
    "violence": "våld",
    "delegation": "delegation",
    "parties": "part",
    "grounds": "grund",
    "gates": "spärr",
}
_WORDS = {
    "act": "hämta eller lämna",
    "allowed": "tillåtet utan grund",
    "answer_time": "enheternas svarstid",
    "area": "området",
    "ask": "frågans lydelse",
    "because": "skälet",
    "call": "enheterna som kallas",
    "counts": "vad som räknas",
    "decision": "beslutet",
    "decision_time": "tiden mellan mötets slut och fristen",
    "earliest": "första dag",
    "escalate": "vem som får veta vid fristbrott",
    "from": "början",
    "gate": "namnet",
    "grounds": "grunderna som öppnar",
    "handle_within": "tiden",
    "hub": "att hubben kallas",
    "id": "namnet",
    "indicators": "frågorna",
    "investigators": "vart överlämningen går",
    "kind": "slaget",
    "latest": "sista dag",
    "law": "lagrummet",
    "length": "längden",
    "max": "högsta värde",
    "min": "lägsta värde",
    "more_is_risk": "att mer är mer risk",
    "name": "namnet",
    "note": "anmärkningen",
    "on_rest_days": "fasta tider på helgdagar",
    "only": "vilka anmälningar den gäller",
    "opens": "vad som öppnar",
    "parties": "parterna",
    "phase": "skedet",
    "questions": "frågorna",
    "requires": "delegationen som krävs",
    "rooms": "rummen",
    "same_board": "att enheten hör till samma nämnd",
    "source": "källan",
    "tell": "vem som varnas",
    "text": "texten",
    "times": "klockslagen",
    "type": "typen",
    "unit": "måttet",
    "until": "slutet",
    "value": "värdet",
    "values": "värdena",
    "warn": "varningarna före fristen",
    "weekdays": "veckodagarna",
    "within": "tiden bakåt",
    "words": "orden för värdena",
    **{level.value: f"längden för {level.value}" for level in Level},
}
_ORIGIN = {"indicators": "källan"}

_Place = tuple[str, str]
_Entries = Mapping[_Place, Entry]


def changed_fields(old: RulesFile, new: RulesFile) -> tuple[FieldChange, ...]:
    """In the order of the old file, then what is new in the order of the new."""
    was, now = ({(it.section, it.id): it for it in entries(file)} for file in (old, new))
    places = dict.fromkeys((*was, *now))
    return tuple(it for place in places for it in _changes(place, was, now))


def _changes(place: _Place, was: _Entries, now: _Entries) -> Iterator[FieldChange]:
    if place not in was:
        new = now[place]
        yield _whole(new, of_added(new.section), before=None, after=new.title)
    elif place not in now:
        old = was[place]
        yield _whole(old, of_removed(old.section), before=old.title, after=None)
    else:
        old, new = was[place], now[place]
        yield from (_changed(old, new, field) for field in _differing(old, new))


def _differing(old: Entry, new: Entry) -> list[str]:
    """The names of the fields that differ; a length that does so alike at all levels is one."""
    names = dict.fromkeys((*old.fields, *new.fields))
    found = [name for name in names if old.fields.get(name) != new.fields.get(name)]
    levels = [level.value for level in Level]
    lengths = {(old.fields.get(name), new.fields.get(name)) for name in levels}
    if old.section == "clocks" and len(lengths) == 1 and set(levels) <= set(found):
        return [LENGTH, *(name for name in found if name not in levels)]
    return found


def _whole(entry: Entry, bearing: Bearing, *, before: str | None, after: str | None) -> FieldChange:
    how = "läggs till" if before is None else "tas bort"
    return FieldChange(
        key=f"{_KINDS[entry.section]}:{entry.id}:{how}",
        path=_path(entry),
        before=before,
        after=after,
        bearing=bearing,
        sentence=f"{entry.title} {how}.",
    )


def _changed(old: Entry, new: Entry, field: str) -> FieldChange:
    name = Level.RED.value if field == LENGTH and field not in old.fields else field
    was, now = old.fields.get(name), new.fields.get(name)
    before, after = said(was), said(now)
    word = _ORIGIN.get(old.section) if field == "from" else None
    return FieldChange(
        key=f"{_KINDS[old.section]}:{'.'.join(part for part in (old.id, field) if part)}",
        path=_path(old, field),
        before=before,
        after=after,
        bearing=of_changed(old.section, name, before=was, after=now),
        sentence=f"{old.title}: {word or _WORDS[field]} ändras från {before} till {after}.",
    )


def _path(entry: Entry, field: str = "") -> str:
    return ".".join(part for part in (entry.section, entry.id, field) if part)


def said(value: object) -> str:
    """The value as a person reads it."""
    match value:
        case None | () | "":
            return "inget"
        case bool():
            return "ja" if value else "nej"
        case tuple():
            return ", ".join(said(it) for it in value)
        case Mapping():
            return ", ".join(f"{said(name)}: {said(it)}" for name, it in value.items())
        case Enum():
            return str(value.value)
        case str() if " " in value:
            return f"”{value}”"
        case _:
            return str(value)

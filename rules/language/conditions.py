"""Reads what a rule says under `when` into the syntax tree, and tells every fault it finds."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from rules.language.fault import Fault, Path
from rules.language.limits import MOST_CONDITIONS
from rules.language.shape import Fact, FactType, Kind
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    OneOf,
    Side,
)
from rules.language.vocabulary import Vocabulary, as_day, wrong_fact
from rules.language.wording import listed, missing, quoted, suggestion

_FORMS = "en fråga, eller all, any, not, at_least … of, fact"
_RELATIONS = ("below", "at_least", "before", "from", "equals", "in")
_KEYS = ("all", "any", "not", "of", "fact", "if_unknown", *_RELATIONS)
_SIDES = {
    "below": Side.BELOW,
    "before": Side.BELOW,
    "at_least": Side.AT_LEAST,
    "from": Side.AT_LEAST,
}
# What may be said of each type of fact.
_SAID = {
    FactType.NUMBER: ("below", "at_least"),
    FactType.DATE: ("before", "from"),
    FactType.YES_OR_NO: ("equals", "in"),
    FactType.WORD: ("equals", "in"),
}
_NAMES = {FactType.NUMBER: "ett tal", FactType.DATE: "ett datum"}


class Reader:
    """Reads conditions; collects faults and answers None where there was one."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self.faults: list[Fault] = []

    def read(self, raw: object, path: Path) -> Condition | None:
        """The tree for what a rule says under `when`; None when a fault was found in it."""
        if _size(raw) > MOST_CONDITIONS:
            return self._fault(path, f"har mer än {MOST_CONDITIONS} villkor; dela regeln")
        return self._read(raw, path)

    def _read(self, raw: object, path: Path) -> Condition | None:
        if isinstance(raw, str):
            return self._answered(raw, path)
        if not isinstance(raw, Mapping) or not raw:
            return self._fault(path, f"{quoted(raw)} är inget villkor; skriv {_FORMS}")
        if unknown := [key for key in raw if key not in _KEYS]:
            hint = suggestion(str(unknown[0]), _KEYS)
            return self._fault(path, f'"{unknown[0]}" är inget villkorsord; skriv {_FORMS}{hint}')
        return self._form(raw)(raw, path)

    def _form(
        self, raw: Mapping[str, object]
    ) -> Callable[[Mapping[str, object], Path], Condition | None]:
        if "fact" in raw:
            return self._fact
        if "of" in raw or "at_least" in raw:
            return self._at_least
        return self._combined

    def _answered(self, name: str, path: Path) -> Condition | None:
        if wrong := self._words.unknown_indicator(name):
            return self._fault(path, wrong)
        return Answered(name)

    def _combined(self, raw: Mapping[str, object], path: Path) -> Condition | None:
        if len(raw) != 1 or not set(raw) <= {"all", "any", "not"}:
            return self._fault(path, f"skriv ett villkor i taget: {_FORMS}")
        ((word, inner),) = raw.items()
        if word == "not":
            part = self._read(inner, (*path, "not"))
            return Not(part) if part else None
        if not isinstance(inner, list) or not inner:
            return self._fault((*path, word), "ska vara en lista med minst ett villkor")
        parts = [self._read(item, (*path, word, index)) for index, item in enumerate(inner)]
        whole = tuple(part for part in parts if part)
        if len(whole) < len(parts):
            return None
        return All(whole) if word == "all" else AnyOf(whole)

    def _at_least(self, raw: Mapping[str, object], path: Path) -> Condition | None:
        if set(raw) != {"at_least", "of"}:
            return self._fault(path, "skriv {at_least: antal, of: frågor}")
        count = self._number(raw["at_least"], (*path, "at_least"))
        chosen = self._questions(raw["of"], (*path, "of"))
        if count is None or not chosen:
            return None
        if not 1 <= count <= len(chosen):
            message = f"antalet är {count}, ska vara 1–{len(chosen)} (så många frågor är det)"
            return self._fault((*path, "at_least"), message)
        return AtLeast(count, chosen)

    def _questions(self, raw: object, path: Path) -> tuple[str, ...]:
        """The questions of a list, a group, or of a kind and area, each once, in order."""
        if isinstance(raw, list) and raw:
            wrong = [(n, self._words.unknown_indicator(name)) for n, name in enumerate(raw)]
            for index, message in wrong:
                if message:
                    self._fault((*path, index), message)
            if len(set(map(str, raw))) < len(raw):
                self._fault(path, "samma fråga står två gånger")
            return () if any(message for _, message in wrong) else tuple(dict.fromkeys(raw))
        if isinstance(raw, Mapping) and set(raw) == {"group"}:
            return self._group(raw["group"], (*path, "group"))
        if isinstance(raw, Mapping) and raw and set(raw) <= {"kind", "area"}:
            return self._chosen(raw, path)
        self._fault(path, "ska vara en lista av frågor, {group: …}, {kind: …} eller {area: …}")
        return ()

    def _group(self, name: object, path: Path) -> tuple[str, ...]:
        if isinstance(name, str) and name in self._words.groups:
            return self._words.groups[name]
        self._fault(path, missing("gruppen", name, self._words.groups, section="groups"))
        return ()

    def _chosen(self, raw: Mapping[str, object], path: Path) -> tuple[str, ...]:
        kind, area = raw.get("kind", Kind.RISK.value), raw.get("area")
        if kind not in list(Kind):
            self._fault((*path, "kind"), f"{quoted(kind)} finns inte; välj {listed(list(Kind))}")
        elif "area" in raw and area not in list(self._words.areas):
            known = listed(list(self._words.areas))
            self._fault((*path, "area"), f"{quoted(area)} finns inte; välj {known}")
        else:
            return tuple(
                name
                for name, indicator in self._words.indicators.items()
                if indicator.kind == kind and area in (None, indicator.area)
            )
        return ()

    def _fact(self, raw: Mapping[str, object], path: Path) -> Condition | None:
        name = raw["fact"]
        if wrong := self._words.unknown_fact(name):
            return self._fault((*path, "fact"), wrong)
        given = [word for word in _RELATIONS if word in raw]
        extra = set(raw) - {"fact", "if_unknown", *given}
        if len(given) != 1 or extra:
            return self._fault(path, f"skriv {{fact: …}} med ett av {', '.join(_RELATIONS)}")
        if not isinstance(raw.get("if_unknown", False), bool):
            return self._fault((*path, "if_unknown"), "ska vara true eller false")
        fact, word = self._words.facts[str(name)], given[0]
        if word not in (said := _SAID[fact.type]):
            what = _NAMES.get(fact.type, "inget tal")
            return self._fault(
                (*path, word), f'"{fact.id}" är {what}; skriv {said[0]} eller {said[1]}'
            )
        return self._bound(raw, word, path) if word in _SIDES else self._one_of(raw, word, path)

    def _bound(self, raw: Mapping[str, object], word: str, path: Path) -> Condition | None:
        fact = self._words.facts[str(raw["fact"])]
        read = self._day if fact.type is FactType.DATE else self._number
        limit = read(raw[word], (*path, word))
        if limit is None:
            return None
        low, high = fact.span
        if not low < limit <= high:
            ends = f"{fact.id} är {_shown(fact, low)}–{_shown(fact, high)}"
            message = f"gränsen är {_shown(fact, limit)}; {ends}, så villkoret avgör ingenting"
            return self._fault((*path, word), message)
        return Bound(fact.id, _SIDES[word], limit, raw.get("if_unknown") is True)

    def _one_of(self, raw: Mapping[str, object], word: str, path: Path) -> Condition | None:
        fact = self._words.facts[str(raw["fact"])]
        given = raw[word] if word == "in" else [raw[word]]
        if not isinstance(given, list) or not given:
            return self._fault((*path, word), "ska vara en lista med minst ett värde")
        wrong = list(self._wrong_values(given, path=(*path, word), fact_id=fact.id))
        self.faults.extend(wrong)
        return None if wrong else OneOf(fact.id, tuple(given), raw.get("if_unknown") is True)

    def _wrong_values(self, given: list[object], *, path: Path, fact_id: str) -> Iterator[Fault]:
        for value in given:
            message = wrong_fact(self._words.facts[fact_id], value)
            if value is None:
                message = "ett villkor jämför med ett känt värde; använd if_unknown för okänt"
            if given.count(value) > 1:
                message = f"{quoted(value)} står två gånger"
            if message:
                yield Fault(path, message)

    def _number(self, raw: object, path: Path) -> int | None:
        if isinstance(raw, Mapping) and set(raw) == {"parameter"}:
            name = raw["parameter"]
            if isinstance(name, str) and name in self._words.parameters:
                return self._words.parameters[name]
            text = missing("parametern", name, self._words.parameters, section="parameters")
            self._fault((*path, "parameter"), text)
            return None
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        self._fault(path, f"ska vara ett heltal eller {{parameter: namn}}, inte {quoted(raw)}")
        return None

    def _day(self, raw: object, path: Path) -> int | None:
        if day := as_day(raw):
            return day.toordinal()
        self._fault(path, f"ska vara ett datum, ÅÅÅÅ-MM-DD, inte {quoted(raw)}")
        return None

    def _fault(self, path: Path, message: str) -> Condition | None:
        """Notes the fault; a condition with a fault in it is none."""
        self.faults.append(Fault(path, message))
        return None


def _size(raw: object) -> int:
    """How many conditions there are in a condition as written, itself counted."""
    match raw:
        case {"all": list(parts)} | {"any": list(parts)}:
            return 1 + sum(map(_size, parts))
        case {"not": part}:
            return 1 + _size(part)
        case _:
            return 1


def _shown(fact: Fact, number: int) -> object:
    return date.fromordinal(number) if fact.type is FactType.DATE else number


def limits_of(raw: object) -> Iterator[str]:
    """For each leaf of a condition as written, in order: the parameter of its number, or ""."""
    match raw:
        case {"all": list(parts)} | {"any": list(parts)}:
            for part in parts:
                yield from limits_of(part)
        case {"not": part}:
            yield from limits_of(part)
        case {"at_least": {"parameter": name}} | {"below": {"parameter": name}}:
            yield str(name)
        case _:
            yield ""


def named_parameters(raw: object) -> frozenset[str]:
    """The parameters that a condition as written names."""
    match raw:
        case {"parameter": name}:
            return frozenset({str(name)})
        case Mapping():
            return frozenset().union(*map(named_parameters, raw.values()))
        case list():
            return frozenset().union(*map(named_parameters, raw))
        case _:
            return frozenset()

"""What no single field shows: names that clash, are missing, or may never be inputs; examples."""

import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel, ValidationError

from rules.language.fault import Fault, Path
from rules.language.shape import Fact, FactType, Indicator, Kind, Parameter
from rules.language.vocabulary import Vocabulary, as_day, forbidden, wrong_fact, wrong_value
from rules.language.wording import listed, quoted, suggestion

PRACTICE = "praxis"
_SOURCES = f"; skriv {PRACTICE}, en av sources, eller en hel mening"
_PAGES = re.compile(r"\d+(-\d+)?", re.ASCII)

# In an example: the day on which the concern came in; without it the newest wording is meant.
EXAMPLE_DAY = "on"

Tree = Mapping[str, object]

# The protected grounds in other words, as a part of the name of a question or a fact.
_OTHER_WORDS: Mapping[str, frozenset[str]] = {
    "kön": frozenset({"kon", "flicka", "pojke", "konsidentitet"}),
    "etnicitet": frozenset({"etnicitet", "etnisk", "hudfarg", "ursprung", "harkomst"}),
    "födelseland": frozenset(
        {"fodelseland", "medborgarskap", "nationalitet", "utlandsk", "invandrare", "invandrad"}
    ),
    "språk": frozenset({"sprak", "modersmal", "hemsprak", "tolkbehov"}),
    "religion": frozenset({"religion", "trosuppfattning", "trossamfund", "muslim", "kristen"}),
    "bostadsområde": frozenset({"bostadsomrade", "stadsdel", "postnummer", "postort"}),
}


def items(tree: Tree, section: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The things listed in a section; those of the wrong shape are reported elsewhere."""
    listing = tree.get(section)
    for index, item in enumerate(listing if isinstance(listing, list) else []):
        if isinstance(item, Mapping):
            yield index, item


def fields(tree: Tree, section: str) -> Mapping[str, object]:
    """The named things of a section; empty when it has the wrong shape."""
    named = tree.get(section)
    return named if isinstance(named, Mapping) else {}


def vocabulary(tree: Tree) -> Vocabulary:
    """Every word that the file defines, also where the definition itself has a fault.

    So one fault in a question is one message, and not one more for each rule that uses it.
    """
    indicators = [_indicator(item) for _, item in items(tree, "indicators")]
    facts = [_fact(item) for _, item in items(tree, "facts")]
    never = tree.get("never_inputs")
    return Vocabulary(
        indicators={item.id: item for item in indicators},
        facts={item.id: item for item in facts},
        areas={name: str(text) for name, text in fields(tree, "areas").items()},
        groups={name: _names(group) for name, group in fields(tree, "groups").items()},
        parameters={name: _number(item) for name, item in fields(tree, "parameters").items()},
        never_inputs=_names(never),
    )


def crosscheck(tree: Tree, words: Vocabulary) -> Iterator[Fault]:
    """Every fault between the parts of the file, besides those in conditions."""
    yield from _clashes(tree, "indicators", "id")
    yield from _clashes(tree, "facts", "id")
    yield from _precaution_clash(tree)
    yield from _double_use(words)
    yield from _forbidden(tree, words)
    yield from _areas(tree, words)
    yield from _groups(tree, words)
    yield from _sources(tree)
    for path, row in rows(tree):
        yield from _row_faults(row, words, path)


def rows(tree: Tree) -> Iterator[tuple[Path, Mapping[str, object]]]:
    """Each example of each rule, with its place."""
    for path, rule in _rules(tree):
        for kind in ("fires", "silent"):
            listing = rule.get(kind)
            for index, row in enumerate(listing if isinstance(listing, list) else []):
                if isinstance(row, Mapping):
                    yield (*path, kind, index), row


def _rules(tree: Tree) -> Iterator[tuple[Path, Mapping[str, object]]]:
    precaution = tree.get("precaution")
    if isinstance(precaution, Mapping):
        yield ("precaution",), precaution
    for index, rule in items(tree, "rules"):
        yield ("rules", index), rule


def _indicator(item: Mapping[str, object]) -> Indicator:
    whole = _valid(Indicator, item)
    if isinstance(whole, Indicator):
        return whole
    kind = item["kind"] if item.get("kind") in list(Kind) else Kind.RISK.value
    area, name = str(item.get("area")), str(item.get("id"))
    return Indicator.model_construct(id=name, area=area, kind=Kind(str(kind)), ask="", origin="")


def _fact(item: Mapping[str, object]) -> Fact:
    whole = _valid(Fact, item)
    if isinstance(whole, Fact):
        return whole
    kind = item["type"] if item.get("type") in list(FactType) else FactType.NUMBER.value
    values = _names(item.get("values"))
    name = str(item.get("id"))
    return Fact.model_construct(
        id=name, type=FactType(str(kind)), min=0, max=1_000_000, values=values
    )


def _valid(model: type[BaseModel], item: Mapping[str, object]) -> BaseModel | None:
    try:
        return model.model_validate(dict(item), strict=False)
    except ValidationError:
        return None


def _names(listing: object) -> tuple[str, ...]:
    """The texts of a list; what is no text is reported elsewhere."""
    return tuple(it for it in listing if isinstance(it, str)) if isinstance(listing, list) else ()


def _number(item: object) -> int:
    """The newest number of a parameter; 1 where there is none, which is reported elsewhere."""
    parameter = _valid(Parameter, item) if isinstance(item, Mapping) else None
    amount = parameter.on(None) if isinstance(parameter, Parameter) else None
    return amount.value if amount else 1


def _clashes(tree: Tree, section: str, key: str) -> Iterator[Fault]:
    seen: dict[object, int] = {}
    for index, item in items(tree, section):
        name = item.get(key)
        if not isinstance(name, str):
            continue
        if name in seen:
            first = seen[name] + 1
            yield Fault((section, index, key), f'"{name}" finns redan, som nummer {first}')
        seen.setdefault(name, index)


def _precaution_clash(tree: Tree) -> Iterator[Fault]:
    name = fields(tree, "precaution").get("rule")
    if any(rule.get("rule") == name for _, rule in items(tree, "rules")):
        yield Fault(("precaution", "rule"), f"{quoted(name)} finns redan bland rules")


def _double_use(words: Vocabulary) -> Iterator[Fault]:
    if EXAMPLE_DAY in (words.indicators.keys() | words.facts.keys()):
        yield Fault((), f'inget får heta "{EXAMPLE_DAY}"; det är dagen i ett exempel')
    for name in words.indicators.keys() & words.facts.keys():
        yield Fault(("facts",), f'"{name}" är både en fråga och en uppgift; byt namn på den ena')


def _forbidden(tree: Tree, words: Vocabulary) -> Iterator[Fault]:
    for section in ("indicators", "facts"):
        for index, item in items(tree, section):
            name = item.get("id")
            if name in words.never_inputs:
                yield Fault((section, index, "id"), forbidden(name))
            elif ground := _in_other_words(str(name)):
                text = f"{quoted(name)} är {ground} i andra ord, och får aldrig avgöra nivån"
                yield Fault((section, index, "id"), text)


def _in_other_words(name: str) -> str | None:
    """The protected ground that a name speaks of; a person must read what no list can see."""
    parts = set(name.split("_"))
    return next((ground for ground, others in _OTHER_WORDS.items() if parts & others), None)


def _areas(tree: Tree, words: Vocabulary) -> Iterator[Fault]:
    for index, item in items(tree, "indicators"):
        area = item.get("area")
        if isinstance(area, str) and area not in words.areas:
            known = listed(list(words.areas))
            yield Fault(("indicators", index, "area"), f'"{area}" finns inte; välj {known}')


def _groups(tree: Tree, words: Vocabulary) -> Iterator[Fault]:
    for name, group in fields(tree, "groups").items():
        members = _names(group)
        if len(set(members)) < len(members) or not members:
            yield Fault(("groups", name), "gruppen är tom eller nämner samma fråga två gånger")
        for index, member in enumerate(group if isinstance(group, list) else ()):
            if isinstance(member, str) and (wrong := words.unknown_indicator(member)):
                yield Fault(("groups", name, index), wrong)


def _sources(tree: Tree) -> Iterator[Fault]:
    """A source is praxis, a law, or one of the sources of the file with its place."""
    known = fields(tree, "sources")
    for path, text in _cited(tree):
        for part in text.split(", "):
            key, colon, place = part.partition(":")
            if " " in key or part == PRACTICE:
                continue
            if key not in known:
                hint = suggestion(key, (*known, PRACTICE)) or _SOURCES
                yield Fault(path, f"källan {quoted(key)} finns inte{hint}")
            elif colon and not _PAGES.fullmatch(place):
                told = f"{quoted(part)}: skriv raderna som {key}:12 eller {key}:12-19"
                yield Fault(path, told)


def _cited(tree: Tree) -> Iterator[tuple[Path, str]]:
    for index, item in items(tree, "indicators"):
        if isinstance(text := item.get("from"), str):
            yield ("indicators", index, "from"), text
    for path, rule in _rules(tree):
        if isinstance(text := rule.get("source"), str):
            yield (*path, "source"), text
    for name, parameter in fields(tree, "parameters").items():
        if not isinstance(parameter, Mapping):
            continue
        if isinstance(text := parameter.get("source"), str):
            yield ("parameters", name, "source"), text
        for index, amount in items(parameter, "values"):
            if isinstance(text := amount.get("source"), str):
                yield ("parameters", name, "values", index, "source"), text


def _row_faults(row: Mapping[str, object], words: Vocabulary, path: Path) -> Iterator[Fault]:
    for name, value in row.items():
        if name == EXAMPLE_DAY:
            wrong = None if as_day(value) else f"{quoted(value)} är inget datum; skriv ÅÅÅÅ-MM-DD"
        elif name in words.facts:
            wrong = wrong_fact(words.facts[name], value)
        elif wrong := words.unknown_indicator(name):
            pass
        elif isinstance(value, Mapping):
            wrong = _wrong_sourced(value)
        else:
            wrong = wrong_value(value)
        if wrong:
            yield Fault((*path, name), wrong)


def _wrong_sourced(value: Mapping[str, object]) -> str | None:
    if set(value) != {"value", "source"} or not isinstance(value["source"], str):
        return "skriv ja, nej eller okänt, eller {value: …, source: …}"
    return wrong_value(value["value"])

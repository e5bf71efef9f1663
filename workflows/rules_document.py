"""The whole rules file as a document in Swedish; the page, the PDF and the HTML file share it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rules.language.prose import begun, number, prose, subject, value_words
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType, Kind
from rules.language.syntax import AtLeast, indicators_of, leaves
from rules.level import Level
from rules.policy import Policy
from workflows.policy_chapters import policy_chapters
from workflows.rules_text import Chapter, Entry, Note, Part, Table, grounds, origin

_PROTECTED: Mapping[str, str] = {
    "kon": "kön",
    "fodelseland": "födelseland",
    "sprak": "språk",
    "bostadsomrade": "bostadsområde",
}
_KINDS: Mapping[Kind, str] = {
    Kind.RISK: "Risk",
    Kind.PROTECTION: "Skydd",
    Kind.EVENT: "Händelse",
}
_READING = (
    "Varje fråga besvaras ja, nej eller okänt. Obesvarat är okänt, och okänt är aldrig nej.",
    "Ett nej som bara kommer från barnet eller en vårdnadshavare räknas inte. Frågan är då okänd.",
    "En regel stämmer först när allt den kräver är säkert. Det osäkra blir frågor att ställa.",
    "Alla regler som stämmer samlas in, och den högsta nivån gäller. Ordningen spelar ingen roll.",
    "Skyddsfaktorer visas för den som bedömer och vägs av människor.",
    "Reglerna föreslår. En människa bekräftar nivån.",
)


@dataclass(frozen=True, slots=True)
class RulesDocument:
    """The rules of one version; everything that the board has decided, in reading order."""

    name: str
    version: str
    chapters: tuple[Chapter, ...]


def rules_document(ruleset: RuleSet, policy: Policy) -> RulesDocument:
    """Every wording of every rule, also those of other days, and the policy beside them."""
    reading = Part(texts=_READING)
    chapters = (
        Chapter("lasa", "Så läser du reglerna", (reading,)),
        Chapter("nivaer", "Nivåerna och vad de lovar", (_levels(ruleset),)),
        *_precaution(ruleset),
        Chapter("regler", "Reglerna", tuple(_rules(ruleset))),
        *_optional("granser", "Gränserna och varför de är valda", _parameters(ruleset)),
        Chapter("fragor", "Frågorna", tuple(_questions(ruleset))),
        *_optional("grupper", "Frågor som nämns tillsammans", _groups(ruleset)),
        *_optional("uppgifter", "Uppgifter som inte frågas efter", _facts(ruleset)),
        *_never(ruleset),
        *policy_chapters(policy, ruleset.sources),
        *_sources(ruleset),
    )
    return RulesDocument(ruleset.name, ruleset.version, chapters)


def _optional(anchor: str, heading: str, part: Part) -> Iterator[Chapter]:
    """A chapter that is left out when the file has nothing to say in it."""
    if part.entries or (part.table and part.table.rows):
        yield Chapter(anchor, heading, (part,))


def _levels(ruleset: RuleSet) -> Part:
    rows = tuple(
        (
            begun(level.value),
            promise.name,
            str(promise.handle_within),
            "kallas" if promise.hub else "kallas inte",
            grounds(promise.law, promise.source, ruleset.sources),
        )
        for level in reversed(Level)
        if (promise := ruleset.levels.get(level))
    )
    return Part(table=Table(("Nivå", "Betyder", "Hanteras inom", "Hubben", "Grund"), rows))


def _precaution(ruleset: RuleSet) -> Iterator[Chapter]:
    if rule := ruleset.precaution:
        text = "Det första svaret som räknas ersätter försiktigheten med vad reglerna säger."
        entry = _entry(rule, ruleset, f"regel-{rule.id}")
        entry = replace(entry, notes=(Note("Nivå", begun(rule.level.value)), *entry.notes))
        yield Chapter("forsiktighet", "När inget är känt", (Part(texts=(text,), entries=(entry,)),))


def _rules(ruleset: RuleSet) -> Iterator[Part]:
    """The most urgent first, each level in the order of the file."""
    anchors = _anchors(ruleset)
    for level in reversed(Level):
        entries = tuple(
            _entry(rule, ruleset, anchor)
            for rule, anchor in zip(ruleset.rules, anchors, strict=True)
            if rule.level is level
        )
        if entries:
            promise = ruleset.levels.get(level)
            heading = f"{begun(level.value)}: {promise.name}" if promise else begun(level.value)
            yield Part(f"regler-{_LATIN[level]}", heading, level=level.value, entries=entries)


_LATIN = {Level.RED: "rod", Level.ORANGE: "orange", Level.GREEN: "gron"}


def _anchors(ruleset: RuleSet) -> list[str]:
    """One place for each wording; a later wording of the same rule has a number of its own."""
    seen: dict[str, int] = {}
    anchors = []
    for rule in ruleset.rules:
        seen[rule.id] = seen.get(rule.id, 0) + 1
        again = f"--{seen[rule.id]}" if seen[rule.id] > 1 else ""
        anchors.append(f"regel-{rule.id}{again}")
    return anchors


def _entry(rule: Rule, ruleset: RuleSet, anchor: str) -> Entry:
    notes = [Note("Grund", grounds(rule.law, rule.source, ruleset.sources))]
    notes += [Note("Gräns", text) for text in _limits(rule, ruleset)]
    if not rule.period.endless:
        notes.append(Note("Gäller", str(rule.period)))
    return Entry(
        anchor=anchor,
        title=rule.because,
        name=rule.id,
        level=rule.level.value,
        when=prose(rule.when, ruleset.words, ruleset.limits_of(rule)),
        notes=tuple(notes),
    )


def _limits(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    """Each number that the board has chosen for this rule, and why it is that one."""
    for name in dict.fromkeys(filter(None, rule.limits)):
        for amount in ruleset.parameters[name].amounts:
            if amount.period.shared(rule.period) == rule.period:
                called = begun(ruleset.parameters[name].called(name))
                yield f"{called} är {amount.value}. {amount.because}"


def _parameters(ruleset: RuleSet) -> Part:
    rows = []
    for name, parameter in ruleset.parameters.items():
        users = ", ".join(dict.fromkeys(it.id for it in ruleset.all_rules if name in it.limits))
        for amount in parameter.amounts:
            when = "" if amount.period.endless else f" Gäller {amount.period}."
            why, ground = f"{amount.because}{when}", origin(amount.source, ruleset.sources)
            rows.append((parameter.called(name), str(amount.value), why, ground, users or "ingen"))
    return Part(table=Table(("Gräns", "Tal", "Varför", "Grund", "Används av"), tuple(rows)))


def _questions(ruleset: RuleSet) -> Iterator[Part]:
    used = {name for rule in ruleset.rules for name in indicators_of(rule.when)}
    for area, title in ruleset.words.areas.items():
        rows = tuple(
            (it.ask, _KINDS[it.kind], origin(it.origin, ruleset.sources), it.id)
            for it in ruleset.indicators.values()
            if it.area == area
        )
        if rows:
            table = Table(("Fråga", "Slag", "Underlag", "Namn i filen"), rows)
            yield Part(f"omrade-{area}", title, table=table)
    alone = sum(1 for name in ruleset.indicators if name not in used)
    if alone:
        text = f"{begun(number(alone))} av frågorna nämns inte av någon regel; svaren visas ändå."
        yield Part(texts=(text,))


def _groups(ruleset: RuleSet) -> Part:
    entries = tuple(
        Entry(
            anchor=f"grupp-{name}",
            title=name,
            items=tuple(ruleset.indicators[it].ask for it in members),
            notes=(Note("Används av", ", ".join(_naming(members, ruleset)) or "ingen regel"),),
        )
        for name, members in ruleset.words.groups.items()
    )
    return Part(entries=entries)


def _naming(members: tuple[str, ...], ruleset: RuleSet) -> Iterator[str]:
    """The rules that ask for a number of just these questions."""
    for rule in ruleset.all_rules:
        for leaf, _ in leaves(rule.when):
            if isinstance(leaf, AtLeast) and leaf.indicators == members:
                yield rule.id


def _facts(ruleset: RuleSet) -> Part:
    rows = tuple(
        (begun(subject(fact)), _domain(fact), fact.note or "", fact.id)
        for fact in ruleset.words.facts.values()
    )
    return Part(table=Table(("Uppgift", "Kan vara", "Anmärkning", "Namn i filen"), rows))


def _domain(fact: Fact) -> str:
    match fact.type:
        case FactType.NUMBER:
            low, high = fact.span
            return f"{low}–{high}{f' {fact.unit}' if fact.unit else ''}, eller okänt"
        case FactType.DATE:
            return f"en dag {fact.earliest}–{fact.latest}, eller okänt"
        case FactType.YES_OR_NO:
            return "ja, nej eller okänt"
        case FactType.WORD:
            return f"{', '.join(value_words(fact, it) for it in fact.values)}, eller okänt"


def _never(ruleset: RuleSet) -> Iterator[Chapter]:
    names = [_PROTECTED.get(name, name.replace("_", " ")) for name in ruleset.words.never_inputs]
    if names:
        told = f"{', '.join(names[:-1])} och {names[-1]}" if names[1:] else names[0]
        text = (
            f"Reglerna får aldrig fråga efter eller räkna med {told}. Ett sådant namn vägras, både"
            " som fråga i filen och som uppgift i en anmälan."
        )
        yield Chapter("aldrig", "Det som aldrig får avgöra", (Part(texts=(text,)),))


def _sources(ruleset: RuleSet) -> Iterator[Chapter]:
    rows = (
        *ruleset.sources.items(),
        ("praxis", "Vanlig svensk praxis i mottagning; står inte i underlagen"),
    )
    text = (
        "Raderna efter ett underlag är rader i det. I regelfilen står det med sin beteckning, som"
        " s1:475-480."
    )
    table = Table(("Beteckning", "Underlag"), tuple(rows))
    yield Chapter("underlag", "Underlagen", (Part(texts=(text,), table=table),))

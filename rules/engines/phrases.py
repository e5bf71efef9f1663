"""The parts of an explanation's sentences: questions, who answered, facts, changes and grounds."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rules.answer import Answer
from rules.classification import Classification, Finding
from rules.concern import ReporterKind
from rules.engines.changes import Change
from rules.engines.support import Support
from rules.language.prose import number, subject, value_words
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType
from rules.language.syntax import Scalar
from rules.span import Span, Unit

_BY: Mapping[str, str] = {
    ReporterKind.SCHOOL: "skolan",
    ReporterKind.PRESCHOOL: "förskolan",
    ReporterKind.POLICE: "polisen",
    ReporterKind.HEALTH: "hälso- och sjukvården",
    ReporterKind.SOCIAL_SERVICES: "socialtjänsten",
    ReporterKind.AUTHORITY: "en annan myndighet",
    ReporterKind.GUARDIAN: "en vårdnadshavare",
    ReporterKind.CHILD: "barnet",
    ReporterKind.PRIVATE: "en privatperson",
    ReporterKind.ANONYMOUS: "en anonym anmälare",
    "mottagning": "mottagningen",
}
_LAWS: Mapping[str, str] = {"SoL": "socialtjänstlagen", "LVU": "LVU", "OSL": "OSL"}
_SECTION = re.compile(r"^(\w+) (\d+):(\d+)$")
_PRACTICE = "praxis"


class Phrases:
    """Says the words of one set of rules; `units` gives the names of units that answered."""

    def __init__(self, ruleset: RuleSet, units: Mapping[str, str]) -> None:
        self._ruleset = ruleset
        self._units = units

    def ask(self, name: str) -> str:
        """The question itself, in quotation marks."""
        known = self._ruleset.indicators.get(name)
        return f"”{known.ask}”" if known else "”en fråga som inte längre finns”"

    def asks(self, names: Iterable[str], last: str = "och") -> str:
        return together([self.ask(name) for name in names], last)

    def questions(self, names: Sequence[str]) -> str:
        """`frågan ”A”`, or `frågorna ”A” och ”B”`."""
        return f"{'frågan' if len(names) == 1 else 'frågorna'} {self.asks(names)}"

    def by(self, source: str) -> str:
        """Who answered."""
        if source in self._units:
            unit = self._units[source]
            return unit if unit.casefold().endswith("enheten") else f"enheten {unit}"
        return _BY.get(source, "en av enheterna")

    def support(self, rests: Support, found: Classification) -> str:
        """What makes a rule hold, as it stands after `därför att`."""
        said = ["ingen fråga om risk har ett svar som räknas"] if rests.empty else []
        said += self._answers(rests.answers, found.answers)
        said += (self._fact(name, found.facts.get(name)) for name in rests.facts)
        said += (
            f"uppgiften ”{self._name(name)}” är okänd, och då utgår regeln från det som skyddar"
            " barnet mest"
            for name in rests.unknown
        )
        return together(said)

    def _answers(self, names: Iterable[str], answers: Mapping[str, Answer]) -> Iterator[str]:
        grouped: dict[tuple[str, str], list[str]] = {}
        for name in names:
            said = answers[name]
            grouped.setdefault((said.value.value, said.source), []).append(name)
        for (value, source), asked in grouped.items():
            verb = "är besvarad" if len(asked) == 1 else "är besvarade"
            yield f"{self.questions(asked)} {verb} med {value} av {self.by(source)}"

    def _fact(self, name: str, value: Scalar | None) -> str:
        fact = self._ruleset.words.facts[name]
        if isinstance(value, bool) and fact.name:
            return fact.name if value else f"det inte stämmer att {fact.name}"
        return f"{subject(fact)} är {_value(fact, value)}"

    def _name(self, name: str) -> str:
        fact = self._ruleset.words.facts[name]
        return fact.name or fact.id.replace("_", " ")

    def fact_name(self, name: str) -> str:
        """What a fact is called, in quotation marks."""
        return f"”{self._name(name)}”"

    def changes(self, changes: Iterable[Change], *, open_: bool) -> str:
        """Changes as they stand after `om`; `open_` when they may still come to be."""
        said: list[str] = []
        grouped: dict[tuple[Scalar | None, Scalar | None], list[str]] = {}
        for change in changes:
            if change.is_fact:
                said.append(self._other_fact(change))
            else:
                grouped.setdefault((change.was, change.then), []).append(change.name)
        asked = (
            self._otherwise(names, was, now, open_=open_) for (was, now), names in grouped.items()
        )
        return together([*asked, *said])

    def _otherwise(
        self, names: Sequence[str], was: Scalar | None, now: Scalar | None, *, open_: bool
    ) -> str:
        question = self.questions(names)
        if now is None:
            return f"{question} inte hade besvarats"
        if open_:
            return f"{question} besvaras med {_yes_or_no(now)}"
        instead = "" if was is None else f" i stället för {_yes_or_no(was)}"
        return f"{question} hade besvarats med {_yes_or_no(now)}{instead}"

    def _other_fact(self, change: Change) -> str:
        fact = self._ruleset.words.facts[change.name]
        if change.then is None:
            return f"uppgiften ”{self._name(change.name)}” hade varit okänd"
        if change.between == (None, None):
            return f"uppgiften ”{self._name(change.name)}” hade varit känd"
        if isinstance(change.then, bool) and fact.name:
            return f"det {'' if change.then else 'inte '}hade stämt att {fact.name}"
        told = _stretch(fact, change) if change.between else _value(fact, change.then)
        instead = "" if change.was is None else f" i stället för {_value(fact, change.was)}"
        return f"{subject(fact)} hade varit {told}{instead}"

    def ground(self, finding: Finding) -> str:
        """What the rule rests on, as a sentence; empty when it is not told."""
        if finding.law:
            return f"Regeln vilar på {law(finding.law)}."
        return f"Regeln vilar på {self._sources((finding.source or '').split(', '))}."

    def _sources(self, parts: Iterable[str]) -> str:
        """What is common practice, and the titles of the sources, each once."""
        keys = dict.fromkeys(part.partition(":")[0] for part in parts)
        titles = [f"”{self._ruleset.sources.get(key, key)}”" for key in keys if key != _PRACTICE]
        said = ["vanlig praxis i mottagningen"] if _PRACTICE in keys else []
        if titles:
            said.append(f"{'underlaget' if len(titles) == 1 else 'underlagen'} {together(titles)}")
        return together(said)


def together(parts: Sequence[str], last: str = "och") -> str:
    """`a, b och c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def law(text: str) -> str:
    """The law as it is written out: `20 kap. 1 § socialtjänstlagen`."""
    found = [_SECTION.match(part) for part in text.split(", ")]
    if not all(found):
        return text
    return together([f"{it[2]} kap. {it[3]} § {_LAWS.get(it[1], it[1])}" for it in found if it])


def within(span: Span) -> str:
    """`12 timmar`."""
    if span.unit is Unit.HOURS:
        return f"{span.count} timm{'e' if span.count == 1 else 'ar'}"
    return str(span).replace(" min", " minuter")


def things(count: int) -> str:
    """`en sak`, `två saker`."""
    return f"{number(count)} {'sak' if count == 1 else 'saker'}"


def _yes_or_no(value: Scalar) -> str:
    return "ja" if value else "nej"


def _value(fact: Fact, value: Scalar | None) -> str:
    if isinstance(value, bool):
        return _yes_or_no(value)
    if isinstance(value, str):
        return value_words(fact, value)
    if fact.type is FactType.DATE and value is not None:
        return date.fromordinal(value).isoformat()
    return f"{value} {fact.unit}" if fact.unit else str(value)


def _stretch(fact: Fact, change: Change) -> str:
    """Every number that would do: under 7 år, minst 7 år, 4–6 år."""
    low, high = change.between or (None, None)
    if fact.type is FactType.DATE:
        return _days(low, high)
    unit = f" {fact.unit}" if fact.unit else ""
    if low is None:
        return f"under {(high or 0) + 1}{unit}"
    if high is None:
        return f"minst {low}{unit}"
    return f"{low}{unit}" if low == high else f"{low}–{high}{unit}"


def _days(low: int | None, high: int | None) -> str:
    said = []
    if low is not None:
        said.append(f"tidigast {date.fromordinal(low)}")
    if high is not None:
        said.append(f"senast {date.fromordinal(high)}")
    return together(said)

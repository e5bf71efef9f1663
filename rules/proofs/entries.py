"""Everything in a rules file that is no rule, as entries with named fields that can be compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from rules.clock_policy import ClockPolicy
from rules.language.period import ALWAYS
from rules.language.ruleset import RuleSet, RulesFile
from rules.language.shape import Fact, Indicator, Parameter
from rules.level import Level
from rules.policy import Policy

LENGTH = "length"

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the file states; `title` begins a sentence about it.

    `section` is as in the file, `id` is empty for a section that is one thing. `fields` are by the
    names of the file and have the values that were read (Span, tuple); the length of a clock stands
    under each level.
    """

    section: str
    id: str
    title: str
    fields: Mapping[str, object]


def entries(file: RulesFile) -> Iterator[Entry]:
    """In the order of the file, the language first."""
    yield from _language(file.ruleset)
    yield from _policy(file.policy)


def _language(rules: RuleSet) -> Iterator[Entry]:
    yield Entry("name", "", "Instrumentet", {"name": rules.name})
    yield from _texts("sources", "Underlaget", rules.sources)
    for level in reversed(Level):
        if level in rules.levels:
            fields = _fields(rules.levels[level])
            yield Entry("levels", level.value, f"Löftet för {level.value}", fields)
    yield from _texts("areas", "Området", rules.words.areas)
    yield from (_question(it) for it in rules.indicators.values())
    yield from (_known(it) for it in rules.words.facts.values())
    for name in rules.words.never_inputs:
        yield Entry("never_inputs", name, f"Skyddet mot att {name} används", {})
    for name, members in rules.words.groups.items():
        yield Entry("groups", name, f"Gruppen {name}", {"questions": members})
    for name, parameter in rules.parameters.items():
        yield Entry("parameters", name, f"Talet ”{parameter.called(name)}”", _amounts(parameter))


def _question(question: Indicator) -> Entry:
    return Entry("indicators", question.id, f"Frågan ”{question.ask}”", _fields(question))


def _known(fact: Fact) -> Entry:
    return Entry("facts", fact.id, f"Uppgiften ”{fact.name or fact.id}”", _fields(fact))


def _amounts(parameter: Parameter) -> dict[str, object]:
    """The numbers, and apart from them the grounds, each with its time."""
    told = [(it, "" if it.period == ALWAYS else f" ({it.period})") for it in parameter.amounts]
    return {
        "value": tuple(f"{amount.value}{when}" for amount, when in told),
        "because": tuple(f"{amount.because}{when}" for amount, when in told),
        "source": tuple(f"{amount.source}{when}" for amount, when in told if amount.source),
    }


def _policy(policy: Policy) -> Iterator[Entry]:
    for name, unit in policy.units.items():
        yield Entry("units", name, f"Enheten ”{unit.name}”", _fields(unit))
    yield Entry("routing", "", "Vart kallelser och överlämningar går", _fields(policy.routing))
    yield Entry("slots", "", "Hubbens fasta tider", _fields(policy.slots))
    for name, clock in policy.clocks.items():
        yield Entry("clocks", name, f"Fristen ”{clock.name}”", _clock(clock))
    yield from _texts("breach_causes", "Orsaken till fristbrott", policy.breach_causes)
    yield Entry("violence", "", "Våld av närstående", _fields(policy.violence))
    decided = ((it.decision.value, it) for it in policy.delegation)
    for name, item in _numbered(decided):
        yield Entry("delegation", name, f"Delegationen för {name}", _fields(item))
    yield from _texts("parties", "Parten", policy.parties)
    yield from _texts("grounds", "Grunden", policy.grounds)
    for name, gate in _numbered((it.gate, it) for it in policy.gates):
        yield Entry("gates", name, f"Spärren {name}", _fields(gate))


def _texts(section: str, word: str, texts: Mapping[str, str]) -> Iterator[Entry]:
    for name, text in texts.items():
        yield Entry(section, name, f"{word} ”{text}”", {"text": text})


def _fields(model: BaseModel) -> dict[str, object]:
    return {
        field.alias or name: getattr(model, name)
        for name, field in type(model).model_fields.items()
    }


def _clock(clock: ClockPolicy) -> dict[str, object]:
    """The length is a field for each level, also where it is the same for all."""
    fields = _fields(clock)
    del fields[LENGTH]
    return fields | {level.value: clock.span_for(level) for level in reversed(Level)}


def _numbered(items: Iterable[tuple[str, Item]]) -> Iterator[tuple[str, Item]]:
    """Names that stand several times get a number from the second on."""
    seen: dict[str, int] = {}
    for name, item in items:
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), item

"""Do the examples of a set of rules hold, in both engines, and can the live engine carry it?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.answer import Answer, Value
from rules.engines.durable import Durable, EngineFault
from rules.engines.normal import TooWide, alternatives
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation, counted
from rules.language.crosscheck import EXAMPLE_DAY
from rules.language.fault import Fault, Path
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar
from rules.language.vocabulary import as_day, as_scalar, measured


def soundness(ruleset: RuleSet) -> tuple[Fault, ...]:
    """The faults that need no proof: examples that do not hold, and what is too much to run."""
    return (*_examples(ruleset), *_live(ruleset), *_too_wide(ruleset))


def paths(ruleset: RuleSet) -> Iterator[tuple[Path, Rule]]:
    """Each rule with its place in the file."""
    for index, rule in enumerate(ruleset.rules):
        yield rule.path or ("rules", index), rule
    if ruleset.precaution:
        yield ("precaution",), ruleset.precaution


def example(row: Mapping[str, object], ruleset: RuleSet) -> Situation:
    """The situation that an example row describes; what it does not name is unknown."""
    facts: dict[str, Scalar | None] = {
        name: measured(fact, as_scalar(row.get(name))) for name, fact in ruleset.words.facts.items()
    }
    answers = {name: _answer(value) for name, value in row.items() if name in ruleset.indicators}
    return Situation(counted(answers), facts)


def _answer(value: object) -> Answer:
    if isinstance(value, Mapping):
        return Answer(Value(str(value["value"])), str(value["source"]))
    return Answer(Value(str(value)), "mottagning")


@dataclass(frozen=True, slots=True)
class Surprise:
    """An example that does not hold: `fired` is what the rule does, against what it should."""

    path: Path
    place: int
    fired: bool

    @property
    def kind(self) -> str:
        """The list in which the example stands."""
        return "silent" if self.fired else "fires"


def surprises(ruleset: RuleSet) -> Iterator[Surprise]:
    """Every example that says otherwise than its rule, by the wording of its day."""
    for path, readings in _wordings(ruleset).items():
        newest = readings[-1]
        for fires, rows in ((True, newest.fires), (False, newest.silent)):
            for place, row in enumerate(rows):
                fired = bool(Oracle(_meant(row, readings)).fire(example(row, ruleset)))
                if fired is not fires:
                    yield Surprise(path, place, fired)


def _examples(ruleset: RuleSet) -> Iterator[Fault]:
    for it in surprises(ruleset):
        text = "slår till men ska vara tyst" if it.fired else "är tyst men ska slå till"
        yield Fault((*it.path, it.kind, it.place), f"regeln {text}")


def _wordings(ruleset: RuleSet) -> dict[Path, list[Rule]]:
    """Each rule of the file with its wordings, the newest last."""
    found: dict[Path, list[Rule]] = {}
    for path, rule in paths(ruleset):
        found.setdefault(path, []).append(rule)
    return found


def _meant(row: Mapping[str, object], readings: list[Rule]) -> list[Rule]:
    """The wording of the day that the example names, or else the newest."""
    day = as_day(row.get(EXAMPLE_DAY))
    return [it for it in readings if it.period.covers(day)] if day else readings[-1:]


def _live(ruleset: RuleSet) -> Iterator[Fault]:
    """The examples in the live engine too, which must agree with the other about every rule."""
    try:
        live = Durable(ruleset.all_rules)
    except EngineFault as fault:
        yield Fault(("rules",), str(fault))
        return
    try:
        yield from _disagreements(live, ruleset)
    finally:
        live.retire()


def _disagreements(live: Durable, ruleset: RuleSet) -> Iterator[Fault]:
    oracle = Oracle(ruleset.all_rules)
    for path, rule in paths(ruleset):
        for row in (*rule.fires, *rule.silent):
            situation = example(row, ruleset)
            if live.fire(situation) != oracle.fire(situation):
                yield Fault(path, "de två regelmotorerna är oense om ett exempel")


def _too_wide(ruleset: RuleSet) -> Iterator[Fault]:
    for path, rule in paths(ruleset):
        try:
            alternatives(rule.when)
        except TooWide:
            yield Fault((*path, "when"), "villkoret har för många alternativ; dela regeln")

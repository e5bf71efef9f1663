"""Is a set of rules sound: do its examples hold, can each rule fire, does each one ever decide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.answer import Answer, Value
from rules.engines.durable import Durable, EngineFault
from rules.engines.normal import Clause, TooWide, alternatives
from rules.engines.oracle import Oracle, compile_test
from rules.engines.situation import Situation, counted
from rules.engines.witness import least, quietest
from rules.language.crosscheck import EXAMPLE_DAY
from rules.language.fault import Fault, Path
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.syntax import Scalar
from rules.language.vocabulary import as_day, as_scalar, measured
from rules.level import Level


@dataclass(frozen=True, slots=True)
class Soundness:
    """What was found: faults make the file unsound, remarks are worth a look."""

    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]


def soundness(ruleset: RuleSet) -> Soundness:
    """Everything that can be seen without proof: examples, limits, rules that never matter."""
    faults = [*_examples(ruleset), *_live(ruleset)]
    remarks: list[Fault] = []
    for path, rule in paths(ruleset):
        try:
            clauses = alternatives(rule.when)
        except TooWide:
            faults.append(Fault((*path, "when"), "villkoret har för många alternativ; dela regeln"))
            continue
        if all(least(clause, ruleset.words) is None for clause in clauses):
            faults.append(Fault((*path, "when"), "villkoret kan aldrig bli sant"))
        elif rule.level is not Level.GREEN and not _decides(rule, clauses, ruleset):
            remarks.append(Fault(path, "andra regler ger alltid samma eller högre nivå"))
    return Soundness(tuple(faults), tuple(remarks))


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


def _decides(rule: Rule, clauses: Sequence[Clause], ruleset: RuleSet) -> bool:
    """True when in some alternative no other rule gives as high a level."""
    rivals = [
        compile_test(other.when)
        for other in ruleset.all_rules
        if other.id != rule.id and not rule.level.above(other.level)
    ]
    return any(
        not any(test(witness) is True for test in rivals)
        for clause in clauses
        if (witness := quietest(clause, rivals, ruleset.words)) is not None
    )

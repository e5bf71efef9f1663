"""A whole set of rules, read and cross-checked: what an engine is built from."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from rules.language.conditions import Reader
from rules.language.crosscheck import Tree, crosscheck, fields, items, vocabulary
from rules.language.fault import Fault, Path, Unsound, placed
from rules.language.period import turns
from rules.language.promises import promise_faults
from rules.language.rule import Rule
from rules.language.shape import Indicator, Kind, Language, LevelPromise, Parameter
from rules.language.syntax import Condition, Unanswered
from rules.language.timeline import Timeline
from rules.language.vocabulary import Vocabulary
from rules.language.wording import faults_of, suggestion
from rules.level import Level
from rules.policy import Policy

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The instrument and the rules of one version; `precaution` holds when nothing is known.

    A rule is here once for each time that it has a wording of its own; `on` gives those of a day.
    """

    name: str
    version: str
    sources: Mapping[str, str]
    levels: Mapping[Level, LevelPromise]
    words: Vocabulary
    parameters: Mapping[str, Parameter]
    rules: tuple[Rule, ...]
    precaution: Rule | None = None

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules in the order of the file, the precaution last."""
        return (*self.rules, self.precaution) if self.precaution else self.rules

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The questions of the instrument, in the order of the file."""
        return self.words.indicators

    def limits_of(self, rule: Rule) -> tuple[str, ...]:
        """What the number of each leaf is called, empty where it has no name of its own."""
        named = self.parameters
        return tuple(named[it].called(it) if it in named else "" for it in rule.limits)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which a rule begins, ends or reads otherwise; none when all is timeless."""
        return turns([rule.period for rule in self.all_rules])

    def on(self, day: date) -> "RuleSet":
        """The rules and the numbers of one day."""
        if not self.days:
            return self
        amounts = {name: it.on(day) for name, it in self.parameters.items()}
        numbers = {name: amount.value for name, amount in amounts.items() if amount}
        precaution = self.precaution
        return replace(
            self,
            words=replace(self.words, parameters=numbers),
            rules=tuple(rule for rule in self.rules if rule.period.covers(day)),
            precaution=precaution if precaution and precaution.period.covers(day) else None,
        )


@dataclass(frozen=True, slots=True)
class RulesFile:
    """Everything that the board decides: the language that classifies, and the policy beside it."""

    ruleset: RuleSet
    policy: Policy
    tree: Tree = field(repr=False)
    lines: Mapping[Path, int] = field(repr=False)

    @property
    def version(self) -> str:
        """The label and a hash of the whole content; comments and layout do not count."""
        return self.ruleset.version

    def placed(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """The faults with the lines of the file that was read."""
        return placed(faults, self.tree, self.lines)


def build(tree: object, lines: Mapping[Path, int], found: Iterable[Fault] = ()) -> RulesFile:
    """The file that `tree` states; raises Unsound with every fault (`found` are known before)."""
    sections, rest = _sections(tree, found)
    faults = [*found]
    board = _shaped(Policy, rest, faults)
    ruleset, shape = _language(sections, faults)
    if faults or ruleset is None or shape is None or board is None:
        raise Unsound(placed(faults, tree, lines))
    if broken := list(promise_faults(shape, board)):
        raise Unsound(placed(broken, tree, lines))
    whole = {**sections, **rest}
    return RulesFile(replace(ruleset, version=version_of(whole)), board, whole, lines)


def language(tree: object, lines: Mapping[Path, int], found: Iterable[Fault] = ()) -> RuleSet:
    """The rules of a file that has only the language's sections; raises Unsound as `build`."""
    sections, rest = _sections(tree, found)
    faults = [*found, *(Fault((name,), "stycket hör inte till språket") for name in rest)]
    ruleset, _ = _language(sections, faults)
    if faults or ruleset is None:
        raise Unsound(placed(faults, tree, lines))
    return ruleset


def _language(
    sections: dict[str, object], faults: list[Fault]
) -> tuple[RuleSet | None, Language | None]:
    """The rules that the sections state; none, and more `faults`, when something is wrong."""
    before, words = len(faults), vocabulary(sections)
    reader = Reader(words)
    _read_conditions(sections, reader)
    shape = _shaped(Language, sections, faults)
    faults += [*crosscheck(sections, words), *reader.faults]
    if shape is None or len(faults) > before:
        return None, shape
    timeline = Timeline(shape, words)
    ruleset = _ruleset(shape, timeline, version_of(sections))
    faults += timeline.faults
    return ruleset, shape


def version_of(tree: Tree) -> str:
    """The label of the file and twelve signs of the hash of its content."""
    return f"{tree.get('version')}-{content_hash(tree)[:12]}"


def content_hash(tree: Tree) -> str:
    """The sha256 of what the file says; comments, layout and order of fields do not count."""
    canonical = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", canonical).encode()).hexdigest()


def _sections(tree: object, found: Iterable[Fault]) -> tuple[dict[str, object], dict[str, object]]:
    """The language's sections, and all others, which are policy."""
    if not isinstance(tree, Mapping):
        top = Fault((), "filen ska ha fält som levels, indicators och rules", 1)
        raise Unsound((*found, top))
    own = {key: value for key, value in tree.items() if key in Language.model_fields}
    return own, {key: value for key, value in tree.items() if key not in own}


def _shaped(model: type[Shape], section: Tree, faults: list[Fault]) -> Shape | None:
    """The section in its shape; None, and more `faults`, when it does not fit."""
    try:
        return model.model_validate_json(json.dumps(section, ensure_ascii=False))
    except ValidationError as error:
        told = faults_of(error, model)
        faults.extend(_with_every_section(it) if len(it.path) == 1 else it for it in told)
        return None


def _with_every_section(fault: Fault) -> Fault:
    """A misspelt section may be meant for either half of the file."""
    if not fault.message.startswith("fältet finns inte"):
        return fault
    known = (*Language.model_fields, *Policy.model_fields)
    return Fault(fault.path, f"stycket finns inte{suggestion(str(fault.path[0]), known)}")


def _read_conditions(tree: Tree, reader: Reader) -> None:
    """Read what every rule says under when, for its faults, which gather in the reader."""
    for index, rule in items(tree, "rules"):
        if "when" in rule:
            reader.read(rule["when"], ("rules", index, "when"))
    precaution = fields(tree, "precaution")
    if precaution.get("when") is not None:
        reader.read(precaution["when"], ("precaution", "when"))


def _ruleset(shape: Language, timeline: Timeline, version: str) -> RuleSet:
    precaution = shape.precaution
    return RuleSet(
        name=shape.name,
        version=version,
        sources=shape.sources,
        levels=shape.levels,
        words=timeline.words,
        parameters=shape.parameters,
        rules=timeline.rules(),
        precaution=timeline.precaution(precaution, _nothing_known(timeline.words))
        if precaution
        else None,
    )


def _nothing_known(words: Vocabulary) -> Condition:
    """No answer that counts to any question of risk; the other kinds say nothing of risk."""
    return Unanswered(
        tuple(name for name, item in words.indicators.items() if item.kind is Kind.RISK)
    )

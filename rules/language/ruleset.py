"""A whole set of rules, read and cross-checked: what an engine is built from."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from rules.language.conditions import Reader
from rules.language.crosscheck import Tree, crosscheck, items, vocabulary
from rules.language.fault import Fault, Path, Unsound, placed
from rules.language.promises import promise_faults
from rules.language.rule import Rule
from rules.language.shape import Indicator, Kind, Language, LevelPromise, Parameter, RuleShape
from rules.language.syntax import All, Condition, Unanswered
from rules.language.vocabulary import Vocabulary
from rules.language.wording import faults_of, suggestion
from rules.level import Level
from rules.policy import Policy

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The instrument and the rules of one version; `precaution` holds when nothing is known."""

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
    if not isinstance(tree, Mapping):
        top = Fault((), "filen ska ha fält som levels, indicators och rules", 1)
        raise Unsound((*found, top))
    language, policy = _sections(tree)
    words = vocabulary(tree)
    reader = Reader(words)
    conditions = dict(_conditions(tree, reader))
    faults = [*found]
    shape, board = _shaped(Language, language, faults), _shaped(Policy, policy, faults)
    faults += [*crosscheck(tree, words), *reader.faults]
    if faults or shape is None or board is None:
        raise Unsound(placed(faults, tree, lines))
    if broken := list(promise_faults(shape, board)):
        raise Unsound(placed(broken, tree, lines))
    ruleset = _ruleset(shape, conditions, words=words, version=version_of(tree))
    return RulesFile(ruleset, board, tree, lines)


def version_of(tree: Tree) -> str:
    """The label of the file and twelve signs of the hash of its content."""
    canonical = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    content = unicodedata.normalize("NFC", canonical).encode()
    return f"{tree.get('version')}-{hashlib.sha256(content).hexdigest()[:12]}"


def _sections(tree: Tree) -> tuple[dict[str, object], dict[str, object]]:
    """The language's sections, and all others, which are policy."""
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


def _conditions(tree: Tree, reader: Reader) -> Iterator[tuple[str, Condition]]:
    """What each rule says under when, by rule id; faults gather in the reader."""
    for index, rule in items(tree, "rules"):
        if "when" in rule and (condition := reader.read(rule["when"], ("rules", index, "when"))):
            yield str(rule.get("rule")), condition
    precaution = tree.get("precaution")
    if isinstance(precaution, Mapping) and precaution.get("when") is not None:
        condition = reader.read(precaution["when"], ("precaution", "when"))
        if condition:
            yield str(precaution.get("rule")), condition


def _ruleset(
    shape: Language, conditions: Mapping[str, Condition], *, words: Vocabulary, version: str
) -> RuleSet:
    precaution = shape.precaution
    return RuleSet(
        name=shape.name,
        version=version,
        sources=shape.sources,
        levels=shape.levels,
        words=words,
        parameters=shape.parameters,
        rules=tuple(_rule(rule, conditions[rule.rule]) for rule in shape.rules),
        precaution=_rule(precaution, _nothing_known(precaution.rule, conditions, words))
        if precaution
        else None,
    )


def _nothing_known(rule: str, conditions: Mapping[str, Condition], words: Vocabulary) -> Condition:
    """No answer that counts to any question of risk; the other kinds say nothing of risk."""
    questions = tuple(name for name, item in words.indicators.items() if item.kind is Kind.RISK)
    empty = Unanswered(questions)
    return All((empty, conditions[rule])) if rule in conditions else empty


def _rule(shape: RuleShape, when: Condition) -> Rule:
    return Rule(
        id=shape.rule,
        level=shape.level,
        when=when,
        because=shape.because,
        law=shape.law,
        source=shape.source,
        valid_from=shape.valid_from,
        valid_until=shape.valid_until,
        fires=shape.fires,
        silent=shape.silent,
    )

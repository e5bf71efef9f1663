"""SpiffWorkflow decides a DMN file as it stands; nothing of ours takes part but the input."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from lxml import etree  # type: ignore[import-untyped]
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator  # type: ignore[import-untyped]
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine  # type: ignore[import-untyped]
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine  # type: ignore[import-untyped]
from SpiffWorkflow.dmn.parser.BpmnDmnParser import SCHEMAS, BpmnDmnParser  # type: ignore[import-untyped]

from adapters.dmn.document import DECISION, NAMESPACE, dmn
from adapters.dmn.feel import Leaves
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType
from rules.level import Level

_LEVELS = tuple(Level)
_ANSWERS = {True: 1, False: -1, None: 0}


@dataclass(frozen=True, slots=True)
class Foreign:
    """The engine with one file in it."""

    engine: DMNEngine
    ruleset: RuleSet

    def fire(self, situation: Situation) -> frozenset[str]:
        """The rules of the rows that it collects."""
        rows = [rule.id for rule in self.engine.decide(self._task(situation))]
        return frozenset(row.split(".")[1] for row in rows if row.startswith("regel."))

    def level(self, situation: Situation) -> Level:
        """The highest of the numbers that it collects: it reads COLLECT, but no aggregation."""
        collected: list[int] = self.engine.result(self._task(situation))["niva"]
        return _LEVELS[max(collected)]

    def _task(self, situation: Situation) -> SimpleNamespace:
        workflow = SimpleNamespace(script_engine=PythonScriptEngine())
        return SimpleNamespace(data=dict(inputs(self.ruleset, situation)), workflow=workflow)


def foreign(ruleset: RuleSet) -> Foreign:
    """The rules of one day, written as DMN and read by SpiffWorkflow."""
    parser = BpmnDmnParser()
    parser.add_dmn_str(dmn(ruleset))
    engine = parser.get_engine(DECISION, None)
    return Foreign(engine, ruleset)


def require_valid(content: bytes) -> None:
    """Raises when the file is not what the schema of DMN 1.3 allows."""
    BpmnValidator(SCHEMAS[NAMESPACE]).validate(etree.fromstring(content))


def inputs(ruleset: RuleSet, situation: Situation) -> Iterator[tuple[str, int | str]]:
    """What the file asks for, of a situation."""
    names: Mapping[str, str] = Leaves(ruleset.words).names
    for question in ruleset.indicators:
        yield names[question], _ANSWERS[situation.answers.get(question)]
    for name, fact in ruleset.words.facts.items():
        yield names[name], _given(fact, situation.facts.get(name))


def _given(fact: Fact, value: int | bool | str | None) -> int | str:
    match fact.type:
        case FactType.NUMBER:
            return -1 if value is None else int(value)
        case FactType.YES_OR_NO:
            return 0 if value is None else 1 if value else -1
        case FactType.DATE:
            return "okänt" if value is None else str(date.fromordinal(int(value)))
        case FactType.WORD:
            return "okänt" if value is None else str(value)

"""The same rules as a decision table of zen-engine: collect, one row a rule, with its reason.

Written from the syntax tree alone, with nothing from the two engines of the hub, so that equal
answers mean something. The three values become two by asking "is it certainly true" and "is it
certainly false" of each part; a `not` turns the one into the other.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from zen import ZenDecision, ZenEngine

from rules.engines.situation import Situation
from rules.language.rule import Rule
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
    Unanswered,
)


class ZenTable:
    """A compiled decision table; `evaluate` takes what `context` makes."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._decision: ZenDecision = ZenEngine().create_decision(json.dumps(model(rules)))
        self._decision.validate()

    def evaluate(self, context: dict[str, Any], *, trace: bool) -> list[dict[str, Any]]:
        """The rows that hold; with `trace`, zen also explains which and on what input."""
        answer = self._decision.evaluate(context, {"trace": trace})
        found: Any = answer["result"]
        return list(found)

    def fire(self, context: dict[str, Any], *, trace: bool = False) -> frozenset[str]:
        """The ids of the rules that hold."""
        return frozenset(row["rule"] for row in self.evaluate(context, trace=trace))


def context(situation: Situation) -> dict[str, Any]:
    """A situation as zen reads it: what is missing is null."""
    return {"svar": dict(situation.answers), "fakta": dict(situation.facts)}


def model(rules: Iterable[Rule]) -> dict[str, Any]:
    """The decision model (JDM): input, one table, output."""
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "when", "name": "Villkor"}],
        "outputs": [
            {"id": name, "name": name, "field": name} for name in ("rule", "level", "because")
        ],
        "rules": [_row(rule) for rule in rules],
    }
    return {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in"},
            {"id": "table", "type": "decisionTableNode", "name": "regler", "content": table},
            {"id": "out", "type": "outputNode", "name": "out"},
        ],
        "edges": [
            {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "table"},
            {"id": "e2", "type": "edge", "sourceId": "table", "targetId": "out"},
        ],
    }


def _row(rule: Rule) -> Mapping[str, str]:
    return {
        "_id": rule.id,
        "when": expression(rule.when),
        "rule": _literal(rule.id),
        "level": _literal(rule.level.value),
        "because": _literal(rule.because),
    }


def expression(condition: Condition, holds: bool = True) -> str:
    """True exactly when the condition certainly holds (or certainly does not)."""
    match condition:
        case Not(part):
            return expression(part, not holds)
        case All(parts) | AnyOf(parts):
            every = isinstance(condition, All) is holds
            joined = (" and " if every else " or ").join(expression(p, holds) for p in parts)
            return f"({joined})"
        case Answered(indicator):
            return f"svar.{indicator} == {_literal(holds)}"
        case AtLeast(count, indicators):
            return _count(count if holds else len(indicators) - count + 1, indicators, holds)
        case Unanswered(indicators):
            empty = f"count([{_fields(indicators)}], # != null) == 0"
            return empty if holds else f"not ({empty})"
        case Bound():
            return _bound(condition, holds)
        case OneOf():
            return _one_of(condition, holds)


def _count(need: int, indicators: tuple[str, ...], holds: bool) -> str:
    return f"count([{_fields(indicators)}], # == {_literal(holds)}) >= {need}"


def _fields(indicators: tuple[str, ...]) -> str:
    return ", ".join(f"svar.{name}" for name in indicators)


def _bound(leaf: Bound, holds: bool) -> str:
    fact = f"fakta.{leaf.fact}"
    sign = "<" if (leaf.side is Side.BELOW) is holds else ">="
    return _unless_unknown(fact, f"{fact} {sign} {leaf.limit}", leaf.if_unknown, holds)


def _one_of(leaf: OneOf, holds: bool) -> str:
    fact = f"fakta.{leaf.fact}"
    inside = f"({' or '.join(f'{fact} == {_literal(value)}' for value in leaf.values)})"
    test = inside if holds else f"not {inside}"
    return _unless_unknown(fact, test, leaf.if_unknown, holds)


def _unless_unknown(fact: str, test: str, if_unknown: bool, holds: bool) -> str:
    if if_unknown and holds:
        return f"({fact} == null or {test})"
    return f"({fact} != null and {test})"


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

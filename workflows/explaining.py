"""A line of concerns explained: as data for scripts, and as sentences for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.answer import Value
from rules.engines.changes import Change
from rules.engines.counterfactual import Together, Way
from rules.engines.engine import Engine
from rules.engines.explanation import Explaining, Explanation, Reason
from rules.engines.reasons import Passage, passages
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType
from rules.language.syntax import Scalar
from workflows.concern_line import BadLine, read_line

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation of one line; when the line was bad only `error` says anything."""

    id: str | None
    passages: tuple[Passage, ...] = ()
    data: Mapping[str, object] | None = None
    error: str | None = None


def explain_line(engine: Engine, explaining: Explaining, text: str) -> Explained:
    """The line classified by `engine` and explained by the same rules."""
    try:
        line = read_line(text, engine.ruleset.words)
    except BadLine as bad:
        return Explained(bad.id, error=str(bad))
    told = explaining.explain(engine.classify(line.facts, line.answers))
    said = passages(told, explaining.ruleset)
    found = {"id": line.id, **data(told, explaining.ruleset), **_text(said)}
    return Explained(line.id, said, data=found)


def data(told: Explanation, ruleset: RuleSet) -> Data:
    """The explanation in the outside form, with the names of the rules file."""
    lower = told.why_not_lower
    return {
        "level": told.level.value,
        "possible": [level.value for level in told.interval],
        "rules_version": told.found.rules_version,
        "why": [_reason(reason) for reason in told.why],
        "why_not_higher": [
            {"level": other.level.value, "ways": [_way(way, ruleset) for way in other.ways]}
            for other in told.why_not_higher
        ],
        "why_not_lower": _way(lower, ruleset) if lower else None,
        "ask": [
            {
                "indicator": it.indicator,
                "answer": it.answer,
                "level": it.level.value,
                "with_given": it.indicator in told.near,
            }
            for it in told.ask
        ],
        "ask_together": [_together(it) for it in told.together],
        "disregarded": [
            {"indicator": it.indicator, "source": it.source} for it in told.disregarded
        ],
        "unknown": [*told.unknown, *told.unknown_facts],
        "protection": list(told.protection),
        "incident": told.incident,
    }


def _text(said: tuple[Passage, ...]) -> Data:
    return {
        "text": [
            {"part": it.key, "heading": it.heading, "sentences": list(it.sentences)} for it in said
        ]
    }


def _reason(reason: Reason) -> Data:
    rests, finding = reason.support, reason.finding
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "decides": reason.decides,
        "because": finding.because,
        "law": finding.law,
        "source": finding.source,
        "support": rests
        and {
            "answers": list(rests.answers),
            "facts": list(rests.facts),
            "unknown": list(rests.unknown),
            "unanswered": list(rests.empty),
        },
    }


def _way(way: Way, ruleset: RuleSet) -> Data:
    return {
        "level": way.level.value,
        "rule": way.rule,
        "changes": [_change(change, ruleset) for change in way.changes],
    }


def _change(change: Change, ruleset: RuleSet) -> Data:
    if not change.is_fact:
        return {
            "indicator": change.name,
            "was": _answer(change.was),
            "then": _answer(change.then),
        }
    fact = ruleset.words.facts[change.name]
    was, then = _value(fact, change.was), _value(fact, change.then)
    low, high = (_value(fact, end) for end in change.between or (None, None))
    return {"fact": change.name, "was": was, "then": then, "from": low, "to": high}


def _value(fact: Fact, value: Scalar | None) -> Scalar | None:
    """A day is compared by its number, and told as a day."""
    if fact.type is FactType.DATE and value is not None:
        return date.fromordinal(int(value)).isoformat()
    return value


def _answer(value: Scalar | None) -> str:
    if value is None:
        return Value.UNKNOWN.value
    return (Value.YES if value else Value.NO).value


def _together(it: Together) -> Data:
    answers = [{"indicator": each.indicator, "answer": each.answer} for each in it.answers]
    return {"answers": answers, "level": it.level.value}

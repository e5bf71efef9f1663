"""The shipped rules and the example concerns, read once for the tests of this folder."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from adapters.rulesfile import load
from rules.answer import Answer, Value
from rules.engines.engine import Engine
from rules.engines.situation import NO_COUNTS_NOT_FROM, Situation, counted
from rules.language.ruleset import RuleSet, RulesFile
from rules.language.shape import FactType

ROOT = Path(__file__).parents[2]


@cache
def file() -> RulesFile:
    return load(ROOT / "rules.yaml")


@cache
def engine() -> Engine:
    return Engine(file().ruleset)


@cache
def examples() -> tuple[dict[str, Any], ...]:
    text = (ROOT / "examples" / "concerns.jsonl").read_text("utf-8")
    return tuple(json.loads(line) for line in text.splitlines())


def answers_of(concern: dict[str, Any]) -> dict[str, Answer]:
    return {
        name: Answer(Value(answer["value"]), answer["source"])
        for name, answer in concern["answers"].items()
    }


def situation_of(concern: dict[str, Any]) -> Situation:
    return Situation(counted(answers_of(concern)), concern["facts"])


def _fact(ruleset: RuleSet, name: str) -> st.SearchStrategy[Any]:
    fact = ruleset.words.facts[name]
    if fact.type is FactType.NUMBER:
        return st.none() | st.integers(fact.span[0], min(fact.span[1], 25))
    values = fact.values if fact.type is FactType.WORD else (True, False)
    return st.none() | st.sampled_from(values)


def facts() -> st.SearchStrategy[dict[str, Any]]:
    """Any facts at all, also unknown ones."""
    ruleset = file().ruleset
    return st.fixed_dictionaries({name: _fact(ruleset, name) for name in ruleset.words.facts})


def answers() -> st.SearchStrategy[dict[str, Answer]]:
    """Any answers at all, from people whose nej counts and from people whose nej does not."""
    sources = st.sampled_from(["mottagning", "skola", "polis", *sorted(NO_COUNTS_NOT_FROM)])
    given = st.builds(Answer, st.sampled_from(Value), sources)
    return st.dictionaries(st.sampled_from(sorted(file().ruleset.indicators)), given, max_size=12)

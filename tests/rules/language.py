"""Small instruments, generated rules and generated situations, for tests of the language."""

import dataclasses
from collections.abc import Iterable
from itertools import count
from types import MappingProxyType

from hypothesis import strategies as st

from rules.answer import Answer, Value
from rules.engines.situation import Situation
from rules.language.rule import Rule
from rules.language.ruleset import RuleSet
from rules.language.shape import Fact, FactType, Indicator, Kind
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
from rules.language.vocabulary import Vocabulary
from rules.level import Level

# So many examples are searched each time; tests/rules_slow searches the same laws for longer.
FEW = 15

QUESTIONS = ("a", "b", "c", "d", "e")

WORDS = Vocabulary(
    indicators=MappingProxyType(
        {
            name: Indicator.model_validate(
                {"id": name, "area": "x", "kind": Kind.RISK, "ask": "?", "from": "praxis"}
            )
            for name in QUESTIONS
        }
    ),
    facts=MappingProxyType(
        {
            "n": Fact(id="n", type=FactType.NUMBER, min=0, max=5),
            "flag": Fact(id="flag", type=FactType.YES_OR_NO),
            "word": Fact(id="word", type=FactType.WORD, values=("x", "y", "z")),
        }
    ),
    areas=MappingProxyType({"x": "X"}),
    groups=MappingProxyType({}),
    parameters=MappingProxyType({}),
    never_inputs=(),
)


def ruleset(rules: Iterable[Rule], precaution: Rule | None = None) -> RuleSet:
    """A set of rules over the five questions and three facts of this module."""
    return RuleSet(
        name="prov",
        version="prov-1",
        sources={},
        levels={},
        words=WORDS,
        parameters={},
        rules=tuple(rules),
        precaution=precaution,
    )


def rule(name: str, level: Level, when: Condition) -> Rule:
    return Rule(name, level, when, because="Därför.")


questions = st.sampled_from(QUESTIONS)
counts = st.lists(questions, min_size=1, unique=True).flatmap(
    lambda names: st.builds(AtLeast, st.integers(1, len(names)), st.just(tuple(names)))
)
bounds = st.builds(Bound, st.just("n"), st.sampled_from(Side), st.integers(1, 5), st.booleans())
flags = st.builds(
    OneOf, st.just("flag"), st.sampled_from([(True,), (False,)]), if_unknown=st.booleans()
)
words = st.builds(
    OneOf,
    st.just("word"),
    st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, max_size=2, unique=True).map(tuple),
    if_unknown=st.booleans(),
)
leaf = st.builds(Answered, questions) | counts | bounds | flags | words


def trees(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.builds(All, parts) | st.builds(AnyOf, parts) | st.builds(Not, inner)


conditions: st.SearchStrategy[Condition] = st.recursive(leaf, trees, max_leaves=6)


def risky(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.builds(All, parts) | st.builds(AnyOf, parts)


monotone: st.SearchStrategy[Condition] = st.recursive(leaf, risky, max_leaves=6)


def rulesets(whens: st.SearchStrategy[Condition] = conditions) -> st.SearchStrategy[RuleSet]:
    """Up to five rules at any level."""
    pairs = st.lists(st.tuples(st.sampled_from(Level), whens), min_size=1, max_size=5)
    return pairs.map(
        lambda drawn: ruleset(
            rule(f"r{number}", level, when) for number, (level, when) in zip(count(), drawn)
        )
    )


def _guarded(rules: RuleSet, level: Level, when: Condition | None) -> RuleSet:
    """With a precaution as the file can state it: nothing known, and perhaps a condition."""
    empty = Unanswered(QUESTIONS)
    whole = All((empty, when)) if when else empty
    return dataclasses.replace(rules, precaution=rule("ingen-vet", level, whole))


with_precaution = rulesets() | st.builds(
    _guarded, rulesets(), st.sampled_from(Level), st.none() | conditions
)

answered = st.dictionaries(questions, st.booleans())
known = st.fixed_dictionaries(
    {
        "n": st.none() | st.integers(0, 5),
        "flag": st.none() | st.booleans(),
        "word": st.none() | st.sampled_from(["x", "y", "z"]),
    }
)
certain = st.fixed_dictionaries(
    {
        "n": st.integers(0, 5),
        "flag": st.booleans(),
        "word": st.sampled_from(["x", "y", "z"]),
    }
)
situations = st.builds(Situation, answered, known)
certain_situations = st.builds(Situation, answered, certain)


emptiness = st.lists(questions, min_size=1, unique=True).map(lambda it: Unanswered(tuple(it)))
anything: st.SearchStrategy[Condition] = st.recursive(leaf | emptiness, trees, max_leaves=6)


def said(situation: Situation) -> dict[str, Answer]:
    """The answers of a situation as somebody who knows gave them."""
    return {
        name: Answer(Value.YES if yes else Value.NO, "mottagning")
        for name, yes in situation.answers.items()
    }


def answering(situation: Situation, **answers: bool) -> Situation:
    """The situation with more answers."""
    return dataclasses.replace(situation, answers={**situation.answers, **answers})

"""Adding an operator means adding it to every compilation, and to the cases."""

from typing import get_args

import pytest

from rules.engines.situation import Situation
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Leaf,
    Not,
    OneOf,
    Side,
    Unanswered,
    leaves,
)
from rules.level import Level
from tests.conformance.case import topics
from tests.conformance.outcome import Compilation
from tests.conformance.running import COMPILATIONS
from tests.rules import language

# One condition of each kind that the tree may have, and a situation in which it is true.
SAMPLES: dict[type, tuple[Condition, Situation]] = {
    Answered: (Answered("a"), Situation({"a": True}, {})),
    AtLeast: (AtLeast(2, ("a", "b", "c")), Situation({"a": True, "c": True}, {})),
    Unanswered: (Unanswered(("a", "b")), Situation({"c": False}, {})),
    Bound: (Bound("n", Side.AT_LEAST, 3), Situation({}, {"n": 3})),
    OneOf: (OneOf("word", ("x", "z")), Situation({}, {"word": "z"})),
    All: (All((Answered("a"), Answered("b"))), Situation({"a": True, "b": True}, {})),
    AnyOf: (AnyOf((Answered("a"), Answered("b"))), Situation({"b": True}, {})),
    Not: (Not(Answered("a")), Situation({"a": False}, {})),
}


def parts(condition: Condition) -> set[type]:
    match condition:
        case All(inner) | AnyOf(inner):
            return {type(condition)}.union(*map(parts, inner))
        case Not(part):
            return {Not} | parts(part)
        case _:
            return {type(condition)}


def written() -> list[Condition]:
    return [rule.when for topic in topics() for rule in topic.ruleset.all_rules]


def test_there_is_a_sample_of_every_condition() -> None:
    assert SAMPLES.keys() == set(get_args(Condition))


@pytest.mark.parametrize("compilation", COMPILATIONS, ids=lambda it: it.name)
@pytest.mark.parametrize("kind", get_args(Condition), ids=lambda it: it.__name__)
def test_every_compilation_knows_every_condition(kind: type, compilation: Compilation) -> None:
    condition, true = SAMPLES[kind]
    ruleset = language.ruleset([language.rule("prov", Level.RED, condition)])

    with compilation.start(ruleset) as evaluate:
        assert evaluate(true.facts, language.said(true)).findings == ("prov",)
        assert evaluate({}, language.said(Situation({"b": False}, {}))).findings == ()


def test_every_condition_is_in_some_case() -> None:
    assert set().union(*map(parts, written())) == set(get_args(Condition))


def test_every_leaf_is_in_some_case_also_under_a_not() -> None:
    found = {(type(leaf), holds) for when in written() for leaf, holds in leaves(when)}
    # The file has no word for it; only a precaution asks whether nothing is known.
    never = {(Unanswered, False)}

    assert found == {(kind, holds) for kind in get_args(Leaf) for holds in (True, False)} - never


def test_every_side_and_every_way_to_take_the_unknown_is_in_some_case() -> None:
    found = {leaf for when in written() for leaf, _ in leaves(when)}
    bounds = {(leaf.side, leaf.if_unknown) for leaf in found if isinstance(leaf, Bound)}
    words = {leaf.if_unknown for leaf in found if isinstance(leaf, OneOf)}

    assert bounds == {(side, unknown) for side in Side for unknown in (True, False)}
    assert words == {True, False}

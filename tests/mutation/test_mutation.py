"""No slip of the pen in a shipped rule goes unnoticed by the examples beside it."""

from collections import Counter

import pytest

from rules.language.syntax import All, Answered, AnyOf, AtLeast, Bound, Condition, Not, OneOf, Side
from rules.level import Level
from tests.mutation.__main__ import missing
from tests.mutation.mutants import slips
from tests.mutation.score import Fate, judged
from tests.rules import language, shipped

A, B, C = Answered("a"), Answered("b"), Answered("c")


def test_every_mutant_of_a_shipped_rule_is_killed_by_an_example_or_shown_equivalent() -> None:
    verdicts = list(judged(shipped.file().ruleset))

    alive = [f"{it.mutant.rule.id}: {it.mutant.slip}" for it in verdicts if it.fate is Fate.ALIVE]
    assert alive == []
    assert Counter(it.fate for it in verdicts)[Fate.KILLED] > 500


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (A, {Not(A)}),
        (Not(A), {A, Not(Not(A))}),
        (All((A, B)), {Not(All((A, B))), AnyOf((A, B)), All((B,)), All((A,))}),
        (AnyOf((A, B)), {Not(AnyOf((A, B))), All((A, B)), AnyOf((B,)), AnyOf((A,))}),
        (
            AtLeast(2, ("a", "b", "c")),
            {
                AtLeast(1, ("a", "b", "c")),
                AtLeast(3, ("a", "b", "c")),
                AtLeast(2, ("b", "c")),
                AtLeast(2, ("a", "c")),
                AtLeast(2, ("a", "b")),
            },
        ),
        (
            Bound("n", Side.BELOW, 3),
            {
                Bound("n", Side.BELOW, 2),
                Bound("n", Side.BELOW, 4),
                Bound("n", Side.AT_LEAST, 3),
                Bound("n", Side.BELOW, 3, if_unknown=True),
            },
        ),
        (
            OneOf("word", ("x", "y")),
            {
                OneOf("word", ("x",)),
                OneOf("word", ("y",)),
                OneOf("word", ("x", "y"), if_unknown=True),
            },
        ),
    ],
)
def test_a_condition_is_mutated_in_every_way(
    condition: Condition, expected: set[Condition]
) -> None:
    assert expected <= {slipped for slipped, _ in slips(condition)}


def test_a_mutant_without_an_example_is_alive_and_one_that_means_the_same_is_equivalent() -> None:
    double = language.rule("r", Level.RED, All((A, A, B)))
    weak = language.ruleset([double])

    fates = {it.mutant.slip: it.fate for it in judged(weak)}

    assert fates["left out: a"] is Fate.EQUIVALENT
    assert fates["left out: b"] is Fate.ALIVE


def test_the_examples_that_are_asked_for_notice_what_was_alive() -> None:
    weak = language.rule("r", Level.RED, All((A, AtLeast(1, ("b", "c")))))

    wanted = list(missing(weak, language.ruleset([weak])))

    assert any(it.fires and it.situation.answers == {"a": True, "c": True} for it in wanted)
    assert any(not it.fires for it in wanted)

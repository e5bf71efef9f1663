"""What a past concern may be told in is all that either version of the rules knows."""

from dataclasses import replace
from datetime import date

import pytest

from rules.errors import Invalid
from rules.language.shape import Fact, FactType
from rules.language.vocabulary import Vocabulary
from tests.rules import language
from workflows.common_words import common_words


def word(*values: str) -> Fact:
    return Fact(id="f", type=FactType.WORD, values=values)


def number(low: int, high: int) -> Fact:
    return Fact(id="f", type=FactType.NUMBER, min=low, max=high)


def dated(first: int, last: int) -> Fact:
    return Fact(id="f", type=FactType.DATE, earliest=date(first, 1, 1), latest=date(last, 1, 1))


def of(fact: Fact) -> Vocabulary:
    return replace(language.WORDS, facts={"f": fact})


@pytest.mark.parametrize(
    ("old", "new", "both"),
    [
        (word("x", "y"), word("y", "z"), word("x", "y", "z")),
        (number(0, 5), number(2, 9), number(0, 9)),
        (dated(2000, 2010), dated(1990, 2005), dated(1990, 2010)),
    ],
)
def test_a_value_that_either_knows_may_be_told(old: Fact, new: Fact, both: Fact) -> None:
    assert common_words(of(old), of(new)).facts == {"f": both}


def test_a_question_or_a_fact_that_either_knows_may_be_told() -> None:
    old = replace(
        language.WORDS, indicators={"a": language.WORDS.indicators["a"]}, facts={"f": number(0, 1)}
    )

    both = common_words(old, language.WORDS)

    assert set(both.indicators) == set(language.QUESTIONS)
    assert set(both.facts) == {"f", *language.WORDS.facts}


def test_what_one_version_asks_is_not_forbidden_because_the_other_forbids_it() -> None:
    old, new = language.WORDS, replace(language.WORDS, never_inputs=("a", "kon"))

    assert common_words(old, new).never_inputs == ("kon",)


def test_a_fact_of_two_kinds_cannot_be_told() -> None:
    with pytest.raises(Invalid, match="f är av olika slag"):
        common_words(of(number(0, 1)), of(word("x")))

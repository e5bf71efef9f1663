"""A condition in Swedish: always the same words, never the names that only the file uses."""

import re
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from rules.language.prose import Sentence, in_line, lines, prose
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
from tests.rules import golden_prose, language, shipped

ASKS = {"a": "Äpple?", "b": "Banan?", "c": "Citron?", "d": "Dadel?", "e": "Enbär?"}
WORDS = replace(
    language.WORDS,
    indicators=MappingProxyType(
        {
            name: Indicator.model_validate(
                {"id": name, "area": "x", "kind": Kind.RISK, "ask": ask, "from": "praxis"}
            )
            for name, ask in ASKS.items()
        }
    ),
    facts=MappingProxyType(
        {
            "n": Fact(id="n", name="barnets ålder", type=FactType.NUMBER, min=0, max=5, unit="år"),
            "flag": Fact(id="flag", name="en insats pågår", type=FactType.YES_OR_NO),
            "bare": Fact(id="bare", type=FactType.YES_OR_NO),
            "word": Fact(
                id="word", type=FactType.WORD, values=("x", "y", "z"), words={"x": "en skola"}
            ),
        }
    ),
)
JA_A, JA_B = Answered("a"), Answered("b")
NOT_A = "Nej på ”Äpple?” från någon vars nej räknas"


def test_the_shipped_rules_read_as_they_did() -> None:
    assert golden_prose.told(shipped.file().ruleset) == golden_prose.KEPT.read_text("utf-8")


def test_no_question_and_no_fact_of_the_shipped_rules_stands_with_its_name_in_the_file() -> None:
    words = shipped.file().ruleset.words
    raw = {name for name in (*words.indicators, *words.facts) if "_" in name}

    told = set(re.findall(r"[a-z_]+", golden_prose.KEPT.read_text("utf-8")))

    assert raw
    assert not told & raw


def test_every_limit_of_the_shipped_rules_is_named_in_their_prose() -> None:
    ruleset = shipped.file().ruleset
    named = [rule for rule in ruleset.all_rules if any(rule.limits)]

    assert named
    for rule in named:
        text = "\n".join(lines(prose(rule.when, ruleset.words, ruleset.limits_of(rule))))
        assert all(f"gränsen {limit}" in text for limit in ruleset.limits_of(rule) if limit)


@settings(max_examples=100)
@given(condition=language.anything)
def test_any_condition_can_be_said_and_is_said_the_same_each_time(condition: Condition) -> None:
    said = prose(condition, WORDS)
    text = list(lines(said))

    assert said == prose(condition, WORDS)
    assert all(line.strip()[0] in "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ”" for line in text)
    assert not set(re.findall(r"\b[a-e]\b|\bn\b|\bflag\b", " ".join(text)))


@settings(max_examples=100)
@given(condition=language.anything)
def test_a_sentence_ends_in_a_colon_exactly_when_a_list_follows(condition: Condition) -> None:
    def holds(said: Sentence) -> bool:
        return said.text.endswith(":") is bool(said.parts) and all(map(holds, said.parts))

    assert holds(prose(condition, WORDS))


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (JA_A, "Ja på ”Äpple?”"),
        (Not(JA_A), NOT_A),
        (Not(Not(JA_A)), "Ja på ”Äpple?”"),
        (All((JA_A,)), "Ja på ”Äpple?”"),
        (All((JA_A, JA_B)), "Allt det här stämmer:\n  Ja på ”Äpple?”\n  Ja på ”Banan?”"),
        (AnyOf((JA_A, JA_B)), "Minst ett av det här stämmer:\n  Ja på ”Äpple?”\n  Ja på ”Banan?”"),
        (
            Not(AnyOf((JA_A, JA_B))),
            "\n  ".join(["Allt det här stämmer:", NOT_A, NOT_A.replace("Äpple", "Banan")]),
        ),
        (AtLeast(1, ("a",)), "Ja på ”Äpple?”"),
        (
            AtLeast(2, ("a", "b")),
            "Minst två av de här frågorna är besvarade med ja:\n  ”Äpple?”\n  ”Banan?”",
        ),
        (
            Not(AtLeast(2, ("a", "b"))),
            "Färre än två av de här frågorna kan vara ja:\n  ”Äpple?”\n  ”Banan?”",
        ),
        (AtLeast(1, tuple("abcde")), "Minst en av frågorna om risk är besvarad med ja"),
        (Unanswered(tuple("abcde")), "Ingen av frågorna om risk har ett svar som räknas"),
        (Not(Unanswered(tuple("abcde"))), "Minst en av frågorna om risk har ett svar som räknas"),
        (Bound("n", Side.BELOW, 3), "Barnets ålder är under 3 år"),
        (Bound("n", Side.BELOW, 3, True), "Barnets ålder är under 3 år (okänt räknas hit)"),
        (Not(Bound("n", Side.BELOW, 3, True)), "Barnets ålder är minst 3 år"),
        (OneOf("flag", (True,)), "En insats pågår"),
        (OneOf("flag", (False,)), "Det är känt att det inte stämmer att en insats pågår"),
        (Not(OneOf("flag", (False,), True)), "En insats pågår"),
        (OneOf("flag", (True, False)), "Det är känt om en insats pågår"),
        (OneOf("bare", (True,), True), "Uppgiften ”bare” är ja (okänt räknas hit)"),
        (
            Not(OneOf("bare", (True,))),
            "Det är känt att det inte stämmer att uppgiften ”bare” är ja",
        ),
        (OneOf("word", ("x", "y")), "Uppgiften ”word” är en skola eller y"),
        (Not(OneOf("word", ("x",))), "Det är känt att uppgiften ”word” inte är en skola"),
    ],
)
def test_each_form_has_one_wording(condition: Condition, text: str) -> None:
    assert "\n".join(lines(prose(condition, WORDS))) == text


def test_a_limit_is_named_where_it_stands() -> None:
    counted = AtLeast(3, tuple("abcde"))

    said = prose(All((JA_A, counted, Bound("n", Side.BELOW, 2))), WORDS, ("", "manga", "liten"))

    assert [part.text for part in said.parts] == [
        "Ja på ”Äpple?”",
        "Minst tre (gränsen manga) av frågorna om risk är besvarade med ja",
        "Barnets ålder är under 2 år (gränsen liten)",
    ]


def test_a_day_is_said_as_before_or_from() -> None:
    first, last = date(2020, 1, 1), date(2030, 1, 1)
    fact = Fact(id="d", type=FactType.DATE, earliest=first, latest=last)
    words = replace(WORDS, facts={"d": fact})
    when = Bound("d", Side.BELOW, fact.span[0] + 31)

    assert prose(when, words).text == "Uppgiften ”d” är före 2020-02-01"
    assert prose(Not(when), words).text == "Uppgiften ”d” är från och med 2020-02-01"


def test_words_are_only_for_values_that_a_fact_has() -> None:
    with pytest.raises(ValidationError, match="words får bara nämna det som står i values"):
        Fact(id="w", type=FactType.WORD, values=("x",), words={"y": "en skola"})


def test_a_sentence_with_a_list_can_stand_on_one_line() -> None:
    said = prose(All((JA_A, AnyOf((JA_A, JA_B)))), WORDS)

    assert in_line(said) == (
        "Allt det här stämmer: Ja på ”Äpple?”;"
        " [Minst ett av det här stämmer: Ja på ”Äpple?”; Ja på ”Banan?”]"
    )

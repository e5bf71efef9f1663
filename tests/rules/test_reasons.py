"""The explanation is whole Swedish sentences, in a fixed order, about this concern."""

from rules.classification import Classification
from rules.engines.durable import EngineFault
from rules.engines.engine import Engine
from rules.engines.reasons import sentences
from rules.engines.situation import Situation
from rules.level import Level
from tests.rules import shipped


def found(name: str) -> Classification:
    concern = next(it for it in shipped.examples() if it["id"] == name)
    return shipped.engine().classify(concern["facts"], shipped.answers_of(concern))


def test_a_concern_is_explained_from_the_level_to_what_to_ask() -> None:
    said = sentences(found("ex-034"), shipped.file().ruleset)

    assert said[0] == "Förslag: orange (Oroande), hanteras inom 12 h."
    assert said[1].startswith("Orange: Uppgift om våld av en närstående mot barnet.")
    assert said[1].endswith("(SoL 14:2)")
    assert any(
        "vågar eller vill gå hem" in it and "räknas inte som nej; frågan är okänd" in it
        for it in said
    )
    assert any(it.startswith("Skyddsfaktorer att väga in; de sänker inte") for it in said)
    assert "Det som är obesvarat gör att nivån kan hamna mellan orange och röd." in said
    assert said[-1].startswith("Om svaret på ”")
    assert said[-1].endswith("kan nivån bli röd.")


def test_a_green_concern_says_that_no_rule_raised_it() -> None:
    said = sentences(found("ex-028"), shipped.file().ruleset)

    assert "Ingen regel ger orange eller röd av det som är känt." in said


def test_a_fault_in_an_engine_is_said_first() -> None:
    class Broken:
        def fire(self, situation: Situation, /) -> frozenset[str]:
            raise EngineFault("Trasig.")

    ruleset = shipped.file().ruleset
    said = sentences(Engine(ruleset, live=Broken()).classify({}, {}), ruleset)

    assert said[0].startswith("En av de två regelmotorerna svarade inte.")
    assert said[0].endswith("En människa måste bedöma.")
    assert f"Nivån är {Level.RED} för att det som inte är känt inte får ge en lägre." in said


def test_every_example_is_explained_in_whole_sentences() -> None:
    for concern in shipped.examples():
        for sentence in sentences(found(concern["id"]), shipped.file().ruleset):
            assert sentence[0].isupper() or sentence[0] == "”"
            assert sentence[-1] in ".)”"
            assert "_" not in sentence

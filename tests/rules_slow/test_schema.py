"""The schema for editors: the one that the code makes, never stricter than what reads the file."""

import json
import re

import jsonschema_rs
import pytest

from rules.language import limits
from rules.language.schema import schema, written
from tests.rules import shipped
from tests.rules_slow.mutants import SECTIONS, faults, sampled
from tests.rules_slow.mutants import shipped as shipped_tree

# What is wrong in itself, whatever else the file says. A schema sees neither a name that does not
# exist, nor what two fields say together, nor what a number or a word may be for some one fact.
STRUCTURAL = re.compile(
    r"saknas och måste anges|fältet finns inte|stycket finns inte|ska vara text|ska vara fält med"
    r"|ska vara true eller false, inte|ska vara en lista, inte|är ingen tid|ska vara en tid"
    r"|inget villkorsord|är inget villkor|är inget klockslag|får inte vara tom$"
)


@pytest.fixture(scope="module")
def validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(schema())


def test_the_file_beside_the_rules_is_what_the_code_makes() -> None:
    assert (shipped.ROOT / "rules.schema.json").read_text("utf-8") == written()


def test_the_shipped_rules_are_valid_and_name_their_schema(
    validator: jsonschema_rs.Validator,
) -> None:
    first = (shipped.ROOT / "rules.yaml").read_text("utf-8").splitlines()[0]

    assert first == "# yaml-language-server: $schema=rules.schema.json"
    assert [error.message for error in validator.iter_errors(shipped_tree()[0])] == []


def test_every_section_and_every_rule_of_the_file_is_in_the_schema() -> None:
    made = schema()

    assert set(made["properties"]) == set(SECTIONS)
    assert all(section["description"].endswith(".") for section in made["properties"].values())
    assert json.loads(written()) == made


@pytest.mark.parametrize("section", SECTIONS)
def test_a_mistake_in_the_form_is_seen_and_nothing_sound_is_refused(
    section: str, validator: jsonschema_rs.Validator
) -> None:
    for mutant in sampled(section, 1):
        told = [fault.message for fault in faults(mutant)]
        valid = validator.is_valid(mutant.tree)
        assert valid or told, (mutant.kind, mutant.path)
        if any(STRUCTURAL.search(message) for message in told):
            assert not valid, (mutant.kind, mutant.path, told[:2])


def test_the_limits_are_those_that_the_page_on_the_rules_tells() -> None:
    page = re.sub(r"\s", "", (shipped.ROOT / "docs" / "rules.md").read_text("utf-8"))

    for number, what in (
        (limits.MOST_SIGNS, "tecken"),
        (limits.MOST_VALUES, "värden"),
        (limits.MOST_DEEP, "nivåerivarandra"),
        (limits.MOST_RULES, "regler"),
        (limits.MOST_QUESTIONS, "frågor"),
        (limits.MOST_FACTS, "uppgifter"),
        (limits.MOST_EXAMPLES, "exempelavvarjeslag"),
        (limits.MOST_CONDITIONS, "villkorienregel"),
        (limits.MOST_AMOUNTS, "talförenparameter"),
    ):
        assert f"{number}{what}" in page

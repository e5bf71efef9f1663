"""The page about the rule language: every example on it is run."""

import json
import re
import textwrap
from datetime import date

import pytest

from adapters.rulesfile import parse
from rules.clock_policy import ClockPolicy
from rules.engines.rulebook import live
from rules.engines.soundness import soundness
from rules.language.conditions import Reader
from rules.language.fault import Unsound
from rules.language.ruleset import RulesFile
from rules.milestone import Occasion
from rules.people import Role
from rules.span import RestRule
from tests.people import MIRA, World, report
from tests.rules import shipped
from workflows.registering import register
from workflows.rulecheck import classify_line

PAGE = (shipped.ROOT / "docs" / "rules.md").read_text("utf-8")
TEXT = (shipped.ROOT / "rules.yaml").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
RULES = [text for kind, text in BLOCKS if kind == "yaml" and text.startswith("- rule:")]
WRONG = [text for text in RULES if "fel-" in text]


def with_sections_of_the_page() -> str:
    """The shipped file with every fact and number of the page that it does not have itself."""
    text, ruleset = TEXT, shipped.file().ruleset
    known = {*ruleset.words.facts, *ruleset.parameters}
    for kind, block in BLOCKS:
        section, _, entries = block.partition("\ngroups:")[0].partition(":\n")
        if kind == "yaml" and section in ("facts", "parameters"):
            for entry in re.findall(r"^  \S.*\n?(?:   .*\n?)*", entries, re.MULTILINE):
                name = re.findall(r"\w+", entry.replace("{id: ", ""))[0]
                if name not in known:
                    line = f"{entry.rstrip()}\n"
                    text = text.replace(f"\n{section}:\n", f"\n{section}:\n{line}", 1)
    return text


TEXT_OF_THE_PAGE = with_sections_of_the_page()


def with_rule(rule: str, text: str = TEXT) -> RulesFile:
    """The file with one more rule, first among the rules."""
    return parse(text.replace("\nrules:\n", "\nrules:\n" + textwrap.indent(rule, "  "), 1))


@pytest.mark.parametrize("text", [text for text in RULES if text not in WRONG])
def test_a_rule_on_the_page_is_sound(text: str) -> None:
    assert soundness(with_rule(text).ruleset) == ()


def test_a_wrong_rule_on_the_page_gives_the_faults_that_the_page_says() -> None:
    (text,) = WRONG
    (expected,) = [block for kind, block in BLOCKS if kind == "text"]

    with pytest.raises(Unsound) as unsound:
        with_rule(text)

    said = [f"{fault.place}: {fault.message}" for fault in unsound.value.faults]
    assert said == expected.splitlines()


def test_every_form_of_condition_in_the_table_can_be_read() -> None:
    table = PAGE[PAGE.index("| Skriv | Sant när |") : PAGE.index("Delar kan läggas")]
    forms = re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)
    letters = dict(zip("abc", ("hotbild", "forsvunnet", "pagaende_fara"), strict=True))

    for form in forms:
        filled = re.sub(r"\b([abc])\b", lambda match: letters[match[1]], form)
        reader = Reader(shipped.file().ruleset.words)
        reader.read(_plain(filled), ())
        assert reader.faults == [], form
    assert len(forms) == 11


def test_the_line_on_the_page_gives_the_answer_on_the_page() -> None:
    given, expected = (text for kind, text in BLOCKS if kind == "json")

    found = classify_line(shipped.engine(), given)

    assert found.items() >= json.loads(expected).items()


def test_the_facts_and_the_dated_number_on_the_page_can_be_used_in_a_rule() -> None:
    rule = """\
- rule: prov
  level: orange
  when:
    all:
      - hotbild
      - {fact: senaste_insats, from: 2026-01-01}
      - {fact: tidigare_anmalningar_3m, at_least: {parameter: skolfranvaro}}
  because: Prov.
  source: praxis
  fires:
    - {hotbild: ja, senaste_insats: 2026-01-01, tidigare_anmalningar_3m: 20}
    - {hotbild: ja, senaste_insats: 2026-01-01, tidigare_anmalningar_3m: 30, on: 2026-12-01}
  silent:
    - {hotbild: ja, senaste_insats: 2025-12-31, tidigare_anmalningar_3m: 20}
    - {hotbild: ja, senaste_insats: 2026-01-01, tidigare_anmalningar_3m: 29, on: 2026-12-01}
"""

    ruleset = with_rule(rule, TEXT_OF_THE_PAGE).ruleset

    assert soundness(ruleset) == ()
    assert ruleset.days == (date(2027, 1, 1),)


def test_the_question_on_the_page_is_a_question_of_the_shipped_file() -> None:
    (block,) = [text for kind, text in BLOCKS if text.startswith("indicators:")]

    assert block.partition("\n")[2].strip() in TEXT


def test_the_parameter_and_the_fields_on_the_page_exist() -> None:
    words = shipped.file().ruleset.words

    assert words.parameters["manga"] == 7
    assert set(re.findall(r"\{group: (\w+)\}", PAGE)) <= words.groups.keys()
    assert set(re.findall(r"\{parameter: (\w+)\}", PAGE)) <= words.parameters.keys()


def test_the_count_on_the_page_is_one_that_the_hub_counts() -> None:
    (text,) = [text for kind, text in BLOCKS if kind == "yaml" and "counts:" in text]
    rule = "- {rule: tatt, level: orange, when: {fact: tidigare_anmalningar_3m, at_least: 1},"
    rest = "because: Prov., law: SoL 20:1, fires: [{tidigare_anmalningar_3m: 1}], silent: [{}]}\n"
    file = TEXT.replace("\nfacts:\n", "\n" + text, 1)
    file = file.replace("\nrules:\n", f"\nrules:\n  {rule} {rest}", 1)
    world = World(rulebook=live(parse(file)))

    first, second = (register(world.office, MIRA, report(answers={}))[0] for _ in range(2))

    assert first.registered.facts["tidigare_anmalningar_3m"] == 0
    assert second.registered.facts["tidigare_anmalningar_3m"] == 1
    assert second.classified is not None
    assert "tatt" in {it.rule for it in second.classified.classification.findings}


def _plain(text: str) -> object:
    """The condition as it would be read in a rule."""
    rule = f"- rule: prov\n  level: grön\n  when: {text}\n  because: Prov.\n  law: SoL 20:1\n"
    examples = "  fires: [{hotbild: ja}]\n  silent: [{hotbild: nej}]\n"
    tree = with_rule(rule + examples).tree["rules"]
    assert isinstance(tree, list)
    return tree[0]["when"]


def of_the_page(section: str) -> str:
    """The one example on the page of a section about the clocks."""
    found = [str(it) for kind, it in BLOCKS if kind == "yaml" and it.startswith(f"{section}:\n")]
    (block,) = found
    return block


def with_clocks_of_the_page() -> RulesFile:
    """The shipped file with the page's clock and occasion, and the page's office hours."""
    text = TEXT
    for section in ("clocks", "occasions"):
        entries = of_the_page(section).partition("\n")[2]
        text = text.replace(f"\n{section}:\n", f"\n{section}:\n{entries}", 1)
    hours = re.compile(r"^office:\n(?:  .*\n)+", re.MULTILINE)
    return parse(hours.sub(of_the_page("office"), text, count=1))


def test_the_clock_on_the_page_is_read_as_the_page_says() -> None:
    policy = with_clocks_of_the_page().policy
    clock = policy.clocks["kontakt"]

    assert [rung.tell for rung in clock.escalate] == [(Role.UNIT_MANAGER,), (Role.MANAGER,)]
    assert [str(rung.after) for rung in clock.escalate] == ["None", "4 h"]
    assert clock.outside_office == (Role.DUTY,)
    assert clock.on_rest_day is RestRule.NEXT
    assert clock.extend is not None
    assert (clock.extend.requires, str(clock.extend.longest)) == ("inleda_utredning", "14 dagar")
    assert clock.suspend is not None
    assert str(clock.suspend.longest) == "7 dagar"
    assert isinstance(clock.ends, Occasion)
    assert clock.ends.occasion in policy.occasions
    assert policy.office is not None
    assert policy.office.closes == "16.30"


def test_every_field_of_a_clock_that_the_page_explains_exists() -> None:
    table = PAGE[PAGE.index("| `from`, `until` |") : PAGE.index("Utan `extend` kan")]
    fields = {name for row in re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
              for name in re.findall(r"`(\w+)`", row)}  # fmt: skip
    known = {it.alias or name for name, it in ClockPolicy.model_fields.items()}

    assert fields <= known
    assert {str(rule.value) for rule in RestRule} <= set(re.findall(r"`([^`]+)`", table))

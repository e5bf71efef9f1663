"""A broken rules file: every fault is told, with line, rule and field, in Swedish."""

import re
from collections.abc import Callable

import pytest

from adapters.rulesfile import load, parse
from rules.language.fault import Fault, Unreadable, Unsound
from tests.rules import shipped
from tests.rules_slow import broken_facts
from tests.rules_slow.broken import FIELDS, PARTS, TEXT, changed, violence


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(Unsound) as unsound:
        parse(text)
    return unsound.value.faults


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(("part", "text", "message"), FIELDS, ids=[it[0] for it in FIELDS])
def test_a_fault_names_the_line_the_rule_and_the_field(part: str, text: str, message: str) -> None:
    (fault,) = faults(text)

    sentence = fault.sentence("rules.yaml")
    place = f'rules.yaml rad {line_of(text, part)}, regeln "vald-mot-barnet", fältet "'
    assert sentence.startswith(place + part.partition(":")[0])
    assert message in sentence


def test_the_sentence_is_the_one_that_is_promised() -> None:
    (fault,) = faults(violence(level="rod"))

    line = line_of(violence(level="rod"), "level: rod")
    assert fault.sentence("rules.yaml") == (
        f'rules.yaml rad {line}, regeln "vald-mot-barnet", fältet "level":'
        ' "rod" finns inte; välj grön, orange eller röd'
    )


EVERY = (*PARTS, *broken_facts.PARTS)


@pytest.mark.parametrize(
    ("text", "place", "message"), [it[1:] for it in EVERY], ids=[it[0] for it in EVERY]
)
def test_every_kind_of_fault_is_told_with_its_place(
    text: Callable[[], str], place: str, message: str
) -> None:
    found = faults(text())

    sentences = [fault.sentence("rules.yaml") for fault in found]
    assert any(place in sentence and message in sentence for sentence in sentences), sentences
    assert all(fault.line for fault in found)


def test_all_faults_of_a_file_are_told_in_the_order_of_the_file() -> None:
    text = violence(level="rod").replace("when: hotbild\n", "when: hotbld\n")
    text = text.replace("    handle_within: 12 h\n", "    handle_within: tolv\n")

    found = faults(text)

    assert [fault.line for fault in found] == sorted(
        line_of(text, part) for part in ("level: rod", "when: hotbld", "handle_within: tolv")
    )


def test_one_fault_in_a_question_is_not_one_for_each_rule_that_uses_it() -> None:
    assert (
        len(
            faults(
                changed(
                    "{id: hotbild, area: skydd, kind: risk", "{id: hotbild, area: skydd, kind: riks"
                )
            )
        )
        == 1
    )


@pytest.mark.parametrize("text", ["rules: [", "a: \x01", "a: b: c", "\tx: 1", "rules: 'öppen"])
def test_what_is_no_yaml_is_unreadable_and_not_unsound(text: str) -> None:
    with pytest.raises(Unreadable, match="YAML"):
        parse(text)


@pytest.mark.parametrize("text", ["", "[]", "bara text", "1"])
def test_a_file_without_sections_is_unsound(text: str) -> None:
    assert faults(text)[0].message.startswith("filen ska ha fält")


def test_a_file_that_is_not_there_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        load(shipped.ROOT / "finns-inte.yaml")


@pytest.mark.parametrize("section", ["indicators", "facts", "rules", "groups", "precaution"])
def test_a_section_of_the_wrong_shape_is_a_fault_and_no_crash(section: str) -> None:
    start = TEXT.index(f"\n{section}:") + 1
    rest = re.search(r"^(?![ #]|$)", TEXT[start + 1 :], re.MULTILINE)
    end = start + 1 + TEXT[start + 1 :].index("\n") if rest is None else rest.start() + start + 1
    text = TEXT[:start] + f"{section}: fel\n" + TEXT[end:]

    assert any(f'stycket "{section}"' in fault.sentence("x") for fault in faults(text))


def test_words_that_yaml_would_change_stay_words() -> None:
    text = changed(
        "because: Det finns en aktuell hotbild mot barnet eller familjen.", "because: no"
    )

    reasons = {rule.id: rule.because for rule in parse(text).ruleset.rules}

    assert reasons["aktuell-hotbild"] == "no"


def test_the_version_is_of_the_content_and_not_of_the_layout() -> None:
    same = parse("# en kommentar till\n" + TEXT.replace("when: hotbild\n", "when:   'hotbild'\n"))
    other = parse(changed("många riskfaktorer, value: 7", "många riskfaktorer, value: 8"))

    assert same.version == shipped.file().version
    assert other.version != shipped.file().version
    assert other.version.startswith("2026.1-")

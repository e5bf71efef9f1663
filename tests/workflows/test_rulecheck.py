"""`hub rules classify` answers every line: in the promised form, or with what is wrong."""

import json
from typing import Any

import pytest

from tests.rules import shipped
from workflows.rulecheck import classify_line, classify_lines, report


def answer(line: dict[str, Any] | str) -> dict[str, Any]:
    text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
    return classify_line(shipped.engine(), text)


def line(facts: Any = None, answers: Any = None) -> dict[str, Any]:
    return {"id": "x", "facts": facts or {}, "answers": answers or {}}


def ja(source: str = "skola") -> dict[str, str]:
    return {"value": "ja", "source": source}


def test_a_result_has_the_form_that_scripts_rely_on() -> None:
    found = answer(shipped.examples()[0])

    assert found["id"] == "ex-001"
    assert found["level"] == "röd"
    assert found["possible"] == ["röd", "röd"]
    assert found["engines_agree"] is True
    assert found["rules_version"] == shipped.file().version
    assert found["findings"][0].keys() >= {"rule", "level", "because", "law"}
    assert "error" not in found


def test_what_to_ask_next_has_the_form_that_scripts_rely_on() -> None:
    found = answer(line(answers={"skolan_fungerar_inte": ja()}))

    assert found["ask_next"][0] == {"indicator": "pagaende_fara", "answer": "ja", "level": "röd"}


def test_a_result_is_json_with_nothing_lost() -> None:
    found = answer(shipped.examples()[3])

    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


BAD = [
    ("inte json", "inte riktig JSON"),
    ("[1]", "ska vara ett JSON-objekt"),
    ('{"id": "x", "facts": {}, "facts": {}}', '"facts" står två gånger'),
    ('{"id": "x", "facts": {"alder": NaN}, "answers": {}}', "NaN är inget värde"),
    ({"facts": {}, "answers": {}}, "fältet id saknas"),
    ({"id": "x", "answers": {}}, "fältet facts saknas"),
    ({"id": "x", "facts": {}}, "fältet answers saknas"),
    ({"id": "x", "facts": [], "answers": {}}, "fältet facts ska vara ett objekt"),
    (line(facts={"alder": "9"}), 'uppgiften alder: "9" är fel; ska vara ett heltal 0–130'),
    (line(facts={"alder": True}), "uppgiften alder: true är fel"),
    (line(facts={"alder": 9.5}), "uppgiften alder"),
    (line(facts={"alder": -1}), "uppgiften alder"),
    (line(facts={"alder": 10**30}), "uppgiften alder"),
    (line(facts={"pagaende_insats": "ja"}), "uppgiften pagaende_insats"),
    (line(facts={"anmalartyp": "granne"}), '"granne" finns inte; välj skola'),
    (line(facts={"ålder": 9}), 'uppgiften "ålder" finns inte; menade du "alder"?'),
    (line(facts={"etnicitet": "x"}), '"etnicitet" får aldrig användas i klassningen'),
    (line(answers={"religion": ja()}), '"religion" får aldrig användas i klassningen'),
    (line(answers={"valdmotbarnet": ja()}), "finns inte i instrumentet"),
    (line(answers={"hotbild": "ja"}), "ska vara ett objekt med value och source"),
    (line(answers={"hotbild": {"value": "ja"}}), "ska vara ett objekt med value och source"),
    (line(answers={"hotbild": {"value": "kanske", "source": "skola"}}), "inget svar; välj ja, nej"),
    (line(answers={"hotbild": {"value": True, "source": "skola"}}), "inget svar"),
    (line(answers={"hotbild": {"value": "ja", "source": ""}}), "source ska säga vem"),
    (line(answers={"hotbild": {"value": "ja", "source": 1}}), "source ska säga vem"),
]


@pytest.mark.parametrize(("bad", "message"), BAD)
def test_a_bad_line_is_answered_with_what_is_wrong(bad: dict[str, Any] | str, message: str) -> None:
    found = answer(bad)

    assert found.keys() == {"id", "error"}
    assert message in found["error"]


def test_everything_wrong_in_a_line_is_told_at_once() -> None:
    found = answer(line(facts={"kon": 1, "alder": "x"}, answers={"hotbild": 1}))

    assert all(word in found["error"] for word in ("kon", "alder", "hotbild"))


def test_the_other_lines_are_answered() -> None:
    lines = [json.dumps(line()), "", "fel", json.dumps(line())]

    found = list(classify_lines(shipped.engine(), lines))

    assert ["error" in it for it in found] == [False, True, False]


def test_letters_written_in_two_parts_are_the_same_letters() -> None:
    found = answer(
        '{"id": "x", "facts": {}, "answers": {"hotbild": {"value": "oka\u0308nt", "source": "s"}}}'
    )

    assert found["level"] == "orange"


def test_other_fields_are_ignored() -> None:
    assert answer({**line(), "text": "x", "child": {"kon": "x"}})["level"] == "orange"


def test_the_shipped_file_is_sound_and_one_choice_of_the_board_is_remarked_on() -> None:
    """A guardian who reports is in contact already and is asked: no precaution is needed there."""
    found = report(shipped.file())

    assert found.faults == ()
    (remark,) = found.remarks
    assert remark.path == ("precaution",)
    assert "{anmalartyp: vardnadshavare}" in remark.message

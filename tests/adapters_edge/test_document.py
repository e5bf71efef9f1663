"""Documents as PDF: nothing that a person may write keeps one from its reader."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.document import handover_pdf, rules_pdf
from tests.adapters_edge.pdf_text import readings
from tests.rules import shipped
from workflows.document import Chapter, Document, Entry
from workflows.rules_document import rules_document

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
ARCHIVABLE = b"pdfaid:part"


def typeset(text: str) -> bytes:
    chapter = Chapter("Orosanmälan", (Entry(text, "anmälaren"),))
    return handover_pdf(Document("MH-2026-00001", "nu", True, (chapter,)), NOW)


@pytest.mark.parametrize(
    "text",
    [
        "Hon skrev 😢❤️👩‍👧",
        "王伟",
        "ሰላም",
        "한국어 हिन्दी ქართული",
        "\x01\x1b[31m",
        "\ue000",
        "\ufffe",
    ],
)
def test_a_sign_that_no_font_has_never_stops_the_document(text: str) -> None:
    assert ARCHIVABLE in typeset(f"Före {text} efter")


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', "$ x $ *y* _z_ `w`", "</p><script>", '"\\" \\u{1} @ref <l> //']
)
def test_what_is_written_is_never_read_as_markup(text: str) -> None:
    assert ARCHIVABLE in typeset(text)


def test_the_rules_become_an_archivable_document_with_every_rule_in_it() -> None:
    file = shipped.file()
    document = rules_document(file.ruleset, file.policy)

    pdf = rules_pdf(document, NOW)
    read = readings(pdf)

    assert ARCHIVABLE in pdf
    for text in (
        *(rule.id for rule in file.ruleset.all_rules),
        *(chapter.heading for chapter in document.chapters),
        "Ja på ”Är barnet i omedelbar fara just nu?”",
    ):
        assert any(text in reading for reading in read), text


def test_what_a_rule_says_is_never_read_as_markup() -> None:
    file = shipped.file()
    rule = replace(file.ruleset.rules[0], because='#read("/etc/passwd") $ x $ *y* <l> @ref 王')
    ruleset = replace(file.ruleset, rules=(rule,))

    assert ARCHIVABLE in rules_pdf(rules_document(ruleset, file.policy), NOW)

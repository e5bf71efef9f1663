"""The handover as PDF: nothing that a person may write keeps it from the investigator."""

from datetime import UTC, datetime

import pytest

from adapters.document import handover_pdf
from workflows.document import Chapter, Document, Entry

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

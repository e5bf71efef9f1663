"""Documents as PDF/A, typeset by typst from data that is never read as markup."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import as_file, files

import typst

from workflows.document import Document
from workflows.rules_document import RulesDocument

_BLAMED = re.compile(r'`"((?:[^"\\]|\\.)+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# From here on come the scripts of East Asia and the pictures: no embedded font has any of them.
_BEYOND_THE_FONTS = 0x2E80


def handover_pdf(document: Document, made_at: datetime) -> bytes:
    """The handover as an archivable PDF (PDF/A-2a, with structure for screen readers)."""
    return _archivable(asdict(document), "handover.typ", made_at)


def rules_pdf(document: RulesDocument, made_at: datetime) -> bytes:
    """The rules as an archivable PDF, with contents and bookmarks."""
    return _archivable(asdict(document), "rules.typ", made_at)


def _archivable(document: dict[str, object], template: str, made_at: datetime) -> bytes:
    """The document typeset.

    An archive takes no sign that the fonts lack; such a sign stands as its number in Unicode,
    so that one of them in a text never keeps the whole document from its reader.
    """
    data = json.dumps(document, ensure_ascii=False)
    while True:
        try:
            return _typeset(data, template, made_at)
        except typst.TypstError as error:
            spelled = _spelled_out(data, str(error))
            if spelled == data:
                raise
            data = spelled


def _typeset(data: str, template: str, made_at: datetime) -> bytes:
    with as_file(files("adapters") / "documents" / template) as path:
        pdf = typst.compile(
            str(path),
            format="pdf",
            sys_inputs={"document": data},
            pdf_standards="a-2a",
            ignore_system_fonts=True,
            timestamp=int(made_at.astimezone(UTC).timestamp()),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no document")
    return pdf


def _spelled_out(data: str, complaint: str) -> str:
    """The data with the signs that typst complains of, and all beyond the fonts, as numbers."""
    for sign in set(_blamed(complaint)):
        if ord(sign) >= _BEYOND_THE_FONTS:
            data = re.sub(rf"[{chr(_BEYOND_THE_FONTS)}-\U0010ffff]", _number, data)
        else:
            written = json.dumps(sign, ensure_ascii=False)[1:-1]
            data = data.replace(written, f"[U+{ord(sign):04X}]")
    return data


def _blamed(complaint: str) -> Iterator[str]:
    found = _BLAMED.search(complaint)
    if found:
        text = _ESCAPED.sub(lambda it: chr(int(it[1], 16)), found[1])
        yield from (sign for sign in text if not (sign.isascii() and sign.isprintable()))


def _number(sign: re.Match[str]) -> str:
    return f"[U+{ord(sign[0]):04X}]"

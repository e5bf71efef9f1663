"""The handover document as PDF/A, typeset by typst from data that is never read as markup."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import as_file, files

import typst

from workflows.document import Document


def handover_pdf(document: Document, made_at: datetime) -> bytes:
    """The document as an archivable PDF (PDF/A-2a, with structure for screen readers)."""
    data = json.dumps(asdict(document), ensure_ascii=False)
    with as_file(files("adapters") / "documents" / "handover.typ") as template:
        pdf = typst.compile(
            str(template),
            format="pdf",
            sys_inputs={"document": data},
            pdf_standards="a-2a",
            ignore_system_fonts=True,
            timestamp=int(made_at.astimezone(UTC).timestamp()),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no document")
    return pdf

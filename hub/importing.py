"""Concerns from a file, one a line, through the ordinary intake; a bad line stops no other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hub.import_line import field_of, id_of, read_line
from rules.errors import Invalid, Refusal
from rules.people import Actor, Role
from workflows.ports import Office
from workflows.registering import register

IMPORTER = Actor(id="inläsning", name="Inläsning från fil", roles=frozenset({Role.INTAKE}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A line that is in the hub; `new` unless its id was known before."""

    line: int
    id: str
    numbers: tuple[str, ...]
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A line that is not in the hub, with its faults by field."""

    line: int
    id: str | None
    faults: Mapping[str, str]

    def sentences(self) -> Iterator[str]:
        """As a person reads them: line, field and what is wrong."""
        for field, fault in self.faults.items():
            yield f"rad {self.line}, {field}: {fault}"


def import_lines(office: Office, lines: Iterable[bytes]) -> Iterator[Kept | Refused]:
    """What became of each line that is not empty, in order."""
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            yield _import_line(office, number, raw)


def _import_line(office: Office, number: int, raw: bytes) -> Kept | Refused:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Refused(line=number, id=None, faults={"raden": "är inte UTF-8"})
    try:
        return _register(office, number, text)
    except Invalid as wrong:
        faults = {field_of(path): sentence for path, sentence in wrong.faults.items()}
    except Refusal as refusal:
        faults = {"raden": refusal.sentence}
    return Refused(line=number, id=id_of(text), faults=faults)


def _register(office: Office, number: int, text: str) -> Kept:
    report = read_line(text)
    assert report.reference is not None
    with office.uow() as work:
        known = work.lists.by_reference(report.reference)
    cases = register(office, IMPORTER, report)
    return Kept(
        line=number,
        id=report.reference,
        numbers=tuple(case.number for case in cases),
        new=not known,
    )

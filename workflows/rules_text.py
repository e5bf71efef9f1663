"""What a document about rules is made of: chapters, parts, entries and tables; no layout."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.language.prose import Sentence, begun
from workflows.source_words import in_words


@dataclass(frozen=True, slots=True)
class Note:
    """Something short with a word before it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule, gate or group: what it says, when it holds, and what it rests on."""

    anchor: str
    title: str
    name: str = ""
    level: str = ""
    when: Sentence | None = None
    notes: tuple[Note, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the first cell of a row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What stands together in a chapter; with a heading when the chapter has several."""

    anchor: str = ""
    heading: str = ""
    level: str = ""
    texts: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading with its parts, and the anchor that leads to it."""

    anchor: str
    heading: str
    parts: tuple[Part, ...]


def grounds(law: str | None, source: str | None, titles: Mapping[str, str]) -> str:
    """What something rests on: the law first, then the sources by their titles."""
    return "; ".join(filter(None, (law, origin(source, titles))))


def origin(source: str | None, titles: Mapping[str, str]) -> str:
    """The sources by the beginnings of their titles; the chapter of sources has them whole."""
    short = {key: title.partition(" (")[0] for key, title in titles.items()}
    return begun(in_words(source or "", short))

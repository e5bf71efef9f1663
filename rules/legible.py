"""Text that can be kept and read: no sign that a store, a document or a screen cannot show."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

# NUL and lone surrogates no store keeps; the other control signs change what a screen shows.
# Tabs and the breaks of lines and pages come with what people paste.
_UNREADABLE = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def faults(value: object) -> Iterator[tuple[str, str]]:
    """Each text in `value` that cannot be kept, by its field, with what to do about it."""
    for path, text in _texts(value, ()):
        found = _UNREADABLE.search(text)
        if found:
            sign = f"U+{ord(found[0]):04X}"
            yield (
                ".".join(path),
                f"Texten har ett tecken som inte går att spara ({sign}). Ta bort det.",
            )


def _texts(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    match value:
        case str():
            yield path, value
        case Mapping():
            for name, inner in value.items():
                yield path, str(name)
                yield from _texts(inner, (*path, str(name)))
        case tuple() | list():
            for number, inner in enumerate(value, 1):
                yield from _texts(inner, (*path, str(number)))
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _texts(getattr(value, field.name), (*path, field.name))

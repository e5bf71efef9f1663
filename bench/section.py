"""One part of what is measured: what is printed, what is kept, and what was promised of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.target import Target


@dataclass(frozen=True, slots=True)
class Section:
    """Printed as soon as it is ready; `kept` goes to the file of results."""

    text: str
    kept: Mapping[str, object]
    targets: tuple[Target, ...] = ()

"""The pages of what has been handed over or seen to, the newest first.

They go by number and not by count, so that nothing is skipped or shown twice while new ones come.
"""

from dataclasses import dataclass, replace

from workflows.delivery_ports import Among, Delivery, Outbox, Theirs

LEAF = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the pages are opened: beside a message, whether or not it is there; else the newest."""

    older_than: int | None = None
    newer_than: int | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, and whether there is more on either side of it."""

    lines: tuple[Delivery, ...]
    newer: bool = False
    older: bool = False


NEWEST = Place()


def open_leaf(outbox: Outbox, theirs: Theirs | None, place: Place) -> Leaf:
    """The page at `place`, of `theirs` or of everybody's; the newest when there is no such page."""
    among = Among(theirs=theirs, ended=True)
    there = replace(among, older_than=place.older_than, newer_than=place.newer_than)
    lines = outbox.recent(LEAF, there)
    if not lines or (place.newer_than is not None and len(lines) < LEAF):
        lines = outbox.recent(LEAF, among)
    if not lines:
        return Leaf(lines)
    return Leaf(
        lines,
        newer=bool(outbox.recent(1, replace(among, newer_than=lines[0].id))),
        older=bool(outbox.recent(1, replace(among, older_than=lines[-1].id))),
    )

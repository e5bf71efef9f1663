"""A replay as a person reads it, and as a program does."""

from collections.abc import Iterable, Iterator, Sequence

from hub.views.times import last_moment
from rules.level import Level
from workflows.past_concerns import BadConcern, Shift
from workflows.replaying import Change, Direction, Promise, Replay

_RANKED = tuple(reversed(Level))
_ANY_ANSWER = "varje svar på de öppna frågorna"


def text(found: Replay) -> Iterator[str]:
    """The summary first, then a line for each concern that changes."""
    yield f"{found.old} → {found.new}: {concerns(found.count)}, {_moved(found)}."
    yield f"{found.checked} av dem räknades också var för sig av den andra motorn, med samma svar."
    yield ""
    yield from _table(found)
    yield from _section(
        "Regler som stämmer för andra än förut, eller ger en annan nivå:", map(_shift, found.shifts)
    )
    yield from _section("Frister som är andra:", map(_promise, found.promises))
    yield from _section("Anmälningar med annan nivå:", map(_change, found.changes))


def plain(found: Replay) -> dict[str, object]:
    """The same for programs; times in ISO 8601, in UTC."""
    return {
        "old": found.old,
        "new": found.new,
        "concerns": found.count,
        "checked": found.checked,
        "changed": len(found.changes),
        "raised": found.moving(Direction.RAISED),
        "lowered": found.moving(Direction.LOWERED),
        "shorter_deadlines": found.sooner,
        "flows": [
            {"before": before.value, "after": after.value, "count": count}
            for (before, after), count in found.flows.items()
        ],
        "rules": [
            {
                "rule": it.rule,
                "before": it.before,
                "after": it.after,
                "other": it.other,
                "tips": it.tips,
            }
            for it in found.shifts
        ],
        "deadlines": [
            {
                "level": it.level.value,
                "before": str(it.before),
                "after": str(it.after),
                "count": it.count,
            }
            for it in found.promises
        ],
        "changes": [_plain(change) for change in found.changes],
    }


def concerns(count: int) -> str:
    """`1 anmälan`, `2 anmälningar`."""
    return f"{count} {'anmälan' if count == 1 else 'anmälningar'}"


def left_out(bad: Sequence[BadConcern], count: int, name: str) -> Iterator[str]:
    """What is told of the lines that were not used."""
    for it in bad:
        yield f"{name} rad {it.line}: {it.sentence}"
    if count > len(bad):
        yield f"… och {count - len(bad)} till."
    if count:
        yield f"{count} {'rad' if count == 1 else 'rader'} utelämnades."


def plain_left_out(bad: Sequence[BadConcern], count: int) -> dict[str, object]:
    """The same for programs."""
    lines = [{"line": it.line, "id": it.id, "error": it.sentence} for it in bad]
    return {"left_out": count, "bad_lines": lines}


def _moved(found: Replay) -> str:
    raised, lowered = (found.moving(way) for way in Direction)
    if not raised and not lowered:
        return "ingen får en annan nivå"
    return f"{raised} höjs och {lowered} sänks; {found.sooner} får en kortare frist"


def _table(found: Replay) -> Iterator[str]:
    """A row a level before, a column a level after."""
    heads = ["", *(f"efter {level.value}" for level in _RANKED)]
    rows = [
        [f"före {before.value}", *(str(found.flows.get((before, after), 0)) for after in _RANKED)]
        for before in _RANKED
    ]
    widths = [max(len(row[place]) for row in (heads, *rows)) for place in range(len(heads))]
    for row in (heads, *rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield from ("", title)
        yield f"  {line}"


def _shift(it: Shift) -> str:
    tips = f"; ger {it.tips} en annan nivå" if it.tips else ""
    return f"{it.rule}: {it.before} → {concerns(it.after)}{tips}"


def _promise(it: Promise) -> str:
    return f"{it.level.value}: {it.before} → {it.after}, för {it.count} som behåller nivån"


def _change(it: Change) -> str:
    words = [
        f"{it.id}: {it.before.value} → {it.after.value} ({it.direction.value})",
        f"regel {_rules(it.before, it.rules_before)} → {_rules(it.after, it.rules_after)}",
    ]
    if it.deadline_before and it.deadline_after:
        ends = f"{last_moment(it.deadline_before)} → {last_moment(it.deadline_after)}"
        words.append(f"frist {ends}{' (kortare)' if it.sooner else ''}")
    return "; ".join(words)


def _rules(level: Level, names: Sequence[str]) -> str:
    if not names and level is Level.GREEN:
        return "ingen"
    return ", ".join(names) or _ANY_ANSWER


def _plain(it: Change) -> dict[str, object]:
    deadlines = (it.deadline_before, it.deadline_after)
    before, after = (end.isoformat() if end else None for end in deadlines)
    return {
        "id": it.id,
        "received_at": it.received_at.isoformat() if it.received_at else None,
        "before": it.before.value,
        "after": it.after.value,
        "direction": it.direction.name.lower(),
        "rules_before": list(it.rules_before),
        "rules_after": list(it.rules_after),
        "deadline_before": before,
        "deadline_after": after,
        "shorter_deadline": it.sooner,
    }

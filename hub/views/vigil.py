"""What the watchdog has found, outages, processes and daily statements, as lines to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.views.times import last_moment, length, moment
from workflows.daily_statement import Signed, readable
from workflows.finding_words import advice, sentence
from workflows.nodes import Seen as SeenNode
from workflows.statement_words import headline, lines, marks
from workflows.vigil_ports import Finding, Outage, Seen

_RECENT = timedelta(days=1)
# By the command that started them, which the one who starts them knows them by.
_PROCESSES = {
    "demo": "Demonstration (hub demo)",
    "serve": "Sidor och bevakning (hub serve)",
    "serve --no-worker": "Sidor (hub serve --no-worker)",
    "work": "Bevakning (hub work)",
}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Something that is not as promised, and what to do."""

    what: str
    since: str
    advice: str


@dataclass(frozen=True, slots=True)
class PastLine:
    """Something that was found, and when it was over."""

    what: str
    first: str
    over: str


@dataclass(frozen=True, slots=True)
class OutageView:
    """That nobody watched for a while, and which deadlines passed meanwhile."""

    when: str
    length: str
    passed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process, where it runs and how it is doing."""

    kind: str
    host: str
    standing: str
    seen: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement in the list."""

    day: str
    name: str
    what: str
    made: str
    late: bool


@dataclass(frozen=True, slots=True)
class StatementView:
    """A whole statement."""

    name: str
    headline: str
    lines: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str], ...]
    text: str


def finding_lines(found: Sequence[Finding]) -> tuple[FindingLine, ...]:
    """What is so now."""
    return tuple(
        FindingLine(sentence(it), moment(it.since), advice(it.kind))
        for it in sorted(found, key=lambda it: it.since)
    )


def past_lines(kept: Sequence[Seen]) -> tuple[PastLine, ...]:
    """What was found lately, the latest first."""
    return tuple(
        PastLine(
            sentence(it.finding),
            moment(it.first_seen),
            moment(it.cleared_at) if it.cleared_at else "inte ännu",
        )
        for it in kept
    )


def outage_view(outage: Outage) -> OutageView:
    """One outage with what passed meanwhile."""
    return OutageView(
        when=f"{moment(outage.since)} till {moment(outage.until)}",
        length=length(outage.until - outage.since),
        passed=tuple(
            f"{it.number}: {it.name}, löpte ut {last_moment(it.due_at)}" for it in outage.passed
        ),
    )


def newest_outage(outages: Sequence[Outage], now: datetime) -> OutageView | None:
    """The latest that somebody should know of today; None when nothing passed."""
    for outage in outages[:1]:
        if outage.passed and now - outage.until < _RECENT:
            return outage_view(outage)
    return None


def process_lines(seen: Sequence[SeenNode]) -> tuple[ProcessLine, ...]:
    """The processes of the last week."""
    return tuple(
        ProcessLine(
            _PROCESSES.get(it.node.kind, it.node.kind),
            it.node.host,
            it.standing.value,
            moment(it.node.seen_at),
        )
        for it in seen
    )


def statement_lines(every: Sequence[Signed]) -> tuple[StatementLine, ...]:
    """The statements, the newest first; one that is damaged says so."""
    return tuple(_statement_line(it) for it in every)


def _statement_line(signed: Signed) -> StatementLine:
    said = readable(signed)
    if said is None:
        what = "Texten går inte att läsa."
        return StatementLine(str(signed.day), signed.name, what, "", late=True)
    made = moment(said.made_at)
    return StatementLine(
        str(signed.day), signed.name, headline(said), made, late=bool(said.late or said.missed)
    )


def statement_view(signed: Signed) -> StatementView:
    """One statement in full, and the very characters that were signed."""
    said = readable(signed)
    if said is None:
        return StatementView(signed.name, "Texten går inte att läsa.", (), (), signed.text)
    told = tuple(lines(said))
    return StatementView(signed.name, headline(said), told, tuple(marks(signed)), signed.text)

"""The breach ledger as people read it, and as rows without anything personal for a spreadsheet."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode

from hub.views import words
from hub.views.times import last_moment, moment
from hub.views.words import LevelTag, level_tag
from rules.clock import MOOT, Clock
from rules.policy import Policy
from workflows.ledger import PAGE, Breach, Ledger, Wanted
from workflows.ledger_ports import BreachCount

STATES = {"väntar": "Väntar på förklaring", "förklarade": "Förklarade"}
# Why a clock stops whose step is asked for no more; nobody has done it.
_COLUMNS = (
    "Enhet", "Nivå", "Frist", "Slag", "Fristen gick ut", "Upptäckt", "Orsak", "Förklarad",
    "Utlovad ny tid", "Ny tid lovad, gånger", "Den nya tiden", "Ärendet avslutat i hubben",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One breach in the ledger."""

    number: str
    href: str
    level: LevelTag
    closed: bool
    clock: str
    kind: str
    unit: str
    due: str
    done: str
    cause: str
    explained: str
    comment: str
    measure: str
    promised: str
    times: str
    kept: str
    explain: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many breaches have something in common; `href` shows them."""

    text: str
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """A page of the ledger with the counts beside it."""

    lines: tuple[LedgerLine, ...]
    explained: int
    total: int
    shown: int
    causes: tuple[Tally, ...]
    units: tuple[Tally, ...]
    earlier: str
    later: str
    csv: str


def address(wanted: Wanted, *, page: int = 1, path: str = "/breaches") -> str:
    """Where the ledger shows what is wanted."""
    state = {True: "förklarade", False: "väntar", None: ""}[wanted.explained]
    asked = {
        "unit": wanted.unit or "",
        "cause": wanted.cause or "",
        "state": state,
        "from": str(wanted.since or ""),
        "until": str(wanted.until or ""),
        "page": str(page) if page > 1 else "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def ledger_view(ledger: Ledger, wanted: Wanted, *, page: int) -> LedgerView:
    """What the reader works through, the oldest without an explanation first."""
    policy = ledger.moment.rulebook.policy
    counts = ledger.counts
    shown = sum(it.count for it in counts if _is_wanted(it, wanted))
    return LedgerView(
        lines=tuple(_line(it, policy) for it in ledger.breaches),
        explained=sum(it.count for it in counts if it.cause is not None),
        total=sum(it.count for it in counts),
        shown=shown,
        causes=tuple(_causes(counts, wanted, policy)),
        units=tuple(_units(counts, wanted, policy)) if ledger.unit is None else (),
        earlier=address(wanted, page=page - 1) if page > 1 else "",
        later=address(wanted, page=page + 1) if page * PAGE < shown else "",
        csv=address(wanted, path="/breaches.csv"),
    )


def _is_wanted(it: BreachCount, wanted: Wanted) -> bool:
    return (
        wanted.unit in (None, it.owner)
        and wanted.cause in (None, it.cause)
        and wanted.explained in (None, it.cause is not None)
    )


def _causes(counts: Iterable[BreachCount], wanted: Wanted, policy: Policy) -> Iterator[Tally]:
    """The commonest first; those without any before all."""
    of_unit = [it for it in counts if wanted.unit in (None, it.owner)]
    for cause, count in _summed(of_unit, lambda it: it.cause or ""):
        text = policy.breach_causes.get(cause, cause) if cause else "Väntar på förklaring"
        asked = replace(wanted, cause=cause or None, explained=None if cause else False)
        yield Tally(text, count, address(asked))


def _units(counts: Iterable[BreachCount], wanted: Wanted, policy: Policy) -> Iterator[Tally]:
    for unit, count in _summed(counts, lambda it: it.owner):
        yield Tally(words.unit_name(policy, unit), count, address(replace(wanted, unit=unit)))


def _summed(
    counts: Iterable[BreachCount], by: Callable[[BreachCount], str]
) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for it in counts:
        found[by(it)] = found.get(by(it), 0) + it.count
    return sorted(found.items(), key=lambda item: (item[0] != "", -item[1], item[0]))


def _line(breach: Breach, policy: Policy) -> LedgerLine:
    row, clock = breach.row, breach.row.clock
    at = clock.explained_at
    where = f"/cases/{clock.case_id}"
    return LedgerLine(
        number=row.number,
        href=f"{where}/clocks" if breach.may_open else "",
        level=level_tag(row.level),
        closed=row.closed_at is not None,
        clock=clock.name,
        kind=_kind(breach),
        unit=words.unit_name(policy, clock.owner),
        due=last_moment(clock.due_at),
        done=f"klart {moment(clock.stopped_at)}" if clock.stopped_at else "inte klart ännu",
        cause=policy.breach_causes.get(clock.cause or "", clock.cause or ""),
        explained=f"{breach.explained_by}, {moment(at)}" if at else "",
        comment=clock.comment or "",
        measure=clock.measure or "",
        promised=last_moment(breach.remedy.due_at) if breach.remedy else "",
        times=f"ny tid lovad {breach.promised} gånger" if breach.promised > 1 else "",
        kept=_kept(breach.remedy),
        explain=f"{where}/breaches?key={quote(clock.key)}" if breach.may_explain else "",
    )


def _kind(breach: Breach) -> str:
    return "Lagens gräns" if breach.row.clock.legal else "Lokalt löfte"


def _kept(remedy: Clock | None) -> str:
    """What became of the new time that was promised."""
    if remedy is None:
        return ""
    if remedy.passed is not None:
        return "hölls inte"
    if remedy.stopped is None:
        return "löper"
    return "gällde inte längre" if remedy.stopped.because == MOOT else "hölls"


def spreadsheet(breaches: Iterable[Breach], policy: Policy) -> Iterator[tuple[str, ...]]:
    """A row a breach after the heads: no case number, no person and nothing that was written."""
    yield _COLUMNS
    for breach in breaches:
        row, clock = breach.row, breach.row.clock
        yield (
            words.unit_name(policy, clock.owner),
            row.level,
            clock.name,
            _kind(breach),
            last_moment(clock.due_at),
            _moment(clock.passed_at),
            policy.breach_causes.get(clock.cause or "", clock.cause or ""),
            _moment(clock.explained_at),
            last_moment(breach.remedy.due_at) if breach.remedy else "",
            str(breach.promised),
            _kept(breach.remedy),
            _moment(row.closed_at),
        )


def _moment(at: datetime | None) -> str:
    return moment(at) if at else ""

"""What the program itself knows when a concern comes in; a fact is never asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never

from rules.case import Case
from rules.concern import Child, Reporter
from rules.language.shape import Counted, Fact
from rules.local_time import local_day
from workflows.rows import CaseRow

Told = Mapping[str, int | bool | str | None]
_AGE = "alder"
_FLAGS = frozenset({"pagaende_utredning", "pagaende_insats", "syskon_aktuella"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the hub has about one child of a report when it came in.

    `earlier` are cases about the same child, `in_context` those in the context of the report;
    `beside` are the other children of the report, when it has a context.
    """

    child: Child
    reporter: Reporter
    received_at: datetime
    earlier: tuple[CaseRow, ...] = ()
    in_context: tuple[CaseRow, ...] = ()
    beside: tuple[Child, ...] = ()
    siblings_open: bool = False


def known_facts(
    found: Found, told: Told, declared: Mapping[str, Fact]
) -> dict[str, int | bool | str | None]:
    """The facts of a concern; what was told from outside can only raise what the hub has found.

    Every fact of `declared` that counts is counted over its own `within`, as elapsed time back
    from the moment of receipt, both ends included: 30 dagar is 720 hours also when summer time
    begins. A concern that came in later is not counted, whenever it was registered. A number
    beyond the ends of its fact is the nearest end.
    """
    rows = (row for row in found.earlier if row.received_at <= found.received_at)
    investigating = any(row.phase == "utredning" for row in rows)
    counts = {name: _count(fact, found, told) for name, fact in declared.items() if fact.counts}
    return {
        _AGE: age(found.child, found.received_at, told),
        "pagaende_utredning": investigating or _flag(told, "pagaende_utredning"),
        "pagaende_insats": _flag(told, "pagaende_insats"),
        "syskon_aktuella": found.siblings_open or _flag(told, "syskon_aktuella"),
        **counts,
        "anmalartyp": found.reporter.kind.value,
    }


def context_reach(declared: Mapping[str, Fact]) -> timedelta | None:
    """How far back children in a context are counted at most; None when no fact counts them."""
    spans = (fact.within for fact in declared.values() if fact.counts is Counted.CONTEXT)
    return max((span.elapsed for span in spans if span), default=None)


def _count(fact: Fact, found: Found, told: Told) -> int:
    low, high = fact.span
    return max(low, min(high, max(_counted(fact, found), _number(told, fact.id))))


def _counted(fact: Fact, found: Found) -> int:
    match fact.counts:
        case Counted.CHILD:
            return sum(1 for _ in _within(fact, found.earlier, found.received_at))
        case Counted.CONTEXT:
            return len(_others(fact, found))
        case None:
            return 0
        case _:
            assert_never(fact.counts)


def _others(fact: Fact, found: Found) -> set[str]:
    """The other children, each once: by personal number, or else by case or place in the report."""
    rows = _within(fact, found.in_context, found.received_at)
    others = {row.personal_number or row.case_id for row in rows}
    others |= {it.personal_number or f"barn {n}" for n, it in enumerate(found.beside)}
    return others - {found.child.personal_number or ""}


def _within(fact: Fact, rows: Iterable[CaseRow], at: datetime) -> Iterator[CaseRow]:
    reach = fact.within.elapsed if fact.within else timedelta()
    return (row for row in rows if timedelta() <= at - row.received_at <= reach)


def fact_faults(
    told: Told, reporter: Reporter, declared: Mapping[str, Fact]
) -> Iterator[tuple[str, str]]:
    """What is told from outside and cannot be used, by name: nothing is dropped in silence."""
    for name, value in told.items():
        fact = declared.get(name)
        if fact and (fact.counts or name == _AGE):
            low, high = fact.span
            number = isinstance(value, int) and not isinstance(value, bool)
            fits = number and low <= int(value or 0) <= high
            sentence = f"Skriv ett heltal från {low} till {high}."
        elif name in _FLAGS:
            fits, sentence = isinstance(value, bool), "Skriv true eller false."
        elif name == "anmalartyp":
            fits, sentence = value == reporter.kind.value, "Stämmer inte med vem som anmäler."
        else:
            yield name, "Uppgiften finns inte bland dem som hubben tar emot."
            continue
        if value is not None and not fits:
            yield name, sentence


def age(child: Child, received_at: datetime, told: Told) -> int | None:
    """Whole years on the Swedish day the concern came in; unknown stays unknown."""
    if child.birth_date is None:
        value = told.get(_AGE)
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    return _years(child.birth_date, local_day(received_at))


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _number(told: Told, name: str) -> int:
    value = told.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _flag(told: Told, name: str) -> bool:
    return told.get(name) is True


def facts_of(case: Case) -> Told:
    """The facts found at registration, with the age as the child is known now."""
    told = case.registered.facts
    return {**told, _AGE: age(case.child, case.received_at, told)}


def day_of(case: Case) -> date:
    """The Swedish day the concern came in: the rules of that day apply to it."""
    return local_day(case.received_at)

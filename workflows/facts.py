"""What the program itself knows when a concern comes in; a fact is never asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from rules.case import Case
from rules.concern import Child, Reporter
from rules.span import STOCKHOLM
from workflows.rows import CaseRow

_YEAR = timedelta(days=365)
_COUNTS = {"alder": 130, "tidigare_anmalningar_12m": 1000, "barn_i_samma_sammanhang_30d": 1000}
_FLAGS = frozenset({"pagaende_utredning", "pagaende_insats", "syskon_aktuella"})


def known_facts(
    *,
    child: Child,
    reporter: Reporter,
    received_at: datetime,
    earlier: Iterable[CaseRow],
    siblings_open: bool,
    told: Mapping[str, int | bool | str | None],
) -> Mapping[str, int | bool | str | None]:
    """The facts of a concern; what was told from outside can only raise what the hub has found."""
    rows = [row for row in earlier if row.received_at <= received_at]
    recent = [row for row in rows if received_at - row.received_at <= _YEAR]
    investigating = any(row.phase == "utredning" for row in rows)
    return {
        "alder": age(child, received_at, told),
        "tidigare_anmalningar_12m": max(len(recent), _number(told, "tidigare_anmalningar_12m")),
        "pagaende_utredning": investigating or _flag(told, "pagaende_utredning"),
        "pagaende_insats": _flag(told, "pagaende_insats"),
        "syskon_aktuella": siblings_open or _flag(told, "syskon_aktuella"),
        "barn_i_samma_sammanhang_30d": _number(told, "barn_i_samma_sammanhang_30d"),
        "anmalartyp": reporter.kind.value,
    }


def fact_faults(
    told: Mapping[str, int | bool | str | None], reporter: Reporter
) -> Iterator[tuple[str, str]]:
    """What is told from outside and cannot be used, by name: nothing is dropped in silence."""
    for name, value in told.items():
        if name in _COUNTS:
            most = _COUNTS[name]
            number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
            fits, sentence = number, f"Skriv ett heltal från 0 till {most}."
        elif name in _FLAGS:
            fits, sentence = isinstance(value, bool), "Skriv true eller false."
        elif name == "anmalartyp":
            fits, sentence = value == reporter.kind.value, "Stämmer inte med vem som anmäler."
        else:
            yield name, "Uppgiften finns inte bland dem som hubben tar emot."
            continue
        if value is not None and not fits:
            yield name, sentence


def age(
    child: Child, received_at: datetime, told: Mapping[str, int | bool | str | None]
) -> int | None:
    """Whole years on the Swedish day the concern came in; unknown stays unknown."""
    if child.birth_date is None:
        value = told.get("alder")
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    return _years(child.birth_date, received_at.astimezone(STOCKHOLM).date())


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _number(told: Mapping[str, int | bool | str | None], name: str) -> int:
    value = told.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _flag(told: Mapping[str, int | bool | str | None], name: str) -> bool:
    return told.get(name) is True


def facts_of(case: Case) -> Mapping[str, int | bool | str | None]:
    """The facts found at registration, with the age as the child is known now."""
    told = case.registered.facts
    return {**told, "alder": age(case.child, case.received_at, told)}


def day_of(case: Case) -> date:
    """The Swedish day the concern came in: the rules of that day apply to it."""
    return case.received_at.astimezone(STOCKHOLM).date()

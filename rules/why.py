"""Why a clock ends when it does, in one sentence: from when, by which rule, on which days."""

import re
from datetime import date, datetime, timedelta

from rules.local_time import (
    Shift,
    clock_time,
    last_clock_time,
    last_moment,
    midnight,
    moment,
    shifts,
)

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli"),
    *("augusti", "september", "oktober", "november", "december"),
)
_DAY = timedelta(days=1)
_CITED = re.compile(r" \(lag 1930:173 [12] §\)")
_RESTED = "; vilade "
FROM_NEXT_DAY = "dag 1 är dagen efter"
SAME_WEEKDAY = "samma veckodag (lag 1930:173 1 §)"
SAME_NUMBER = "samma dag i månaden (lag 1930:173 1 §)"


def end_of_month(day: date, number: int) -> str:
    """The month of `day` has no day `number`."""
    month = _MONTHS[day.month - 1]
    return f"månadens sista dag eftersom {month} inte har någon {number} (lag 1930:173 1 §)"


def elapsed(anchor: datetime, span: str, end: datetime) -> str:
    """Hours and minutes, and what a night of another length does to them."""
    told = f"{moment(anchor)} + {span}, förfluten tid dygnet runt: {last_moment(end)}"
    changed = tuple(shifts(anchor, end))
    if not changed:
        return told
    nights = " och ".join(_night(shift) for shift in changed)
    hours = f"{span} efter kl. {clock_time(anchor)} är kl. {last_clock_time(end)}"
    return f"{told}; {nights}: {hours}"


def next_day(anchor: datetime, last: date, rest: str | None) -> str:
    """To the end of the day after, whatever day that is."""
    also = f" ({rest} räknas som andra dagar)" if rest else ""
    told = f"{moment(anchor)}, till slutet av nästa dag: {last} kl. 24.00{also}"
    return told + changed_clocks(anchor, midnight(last + _DAY))


def counted(anchor: datetime, span: str, rule: str) -> str:
    """Whole days, and the rule that counts them."""
    return f"{moment(anchor)} + {span}, {rule}"


def rested(why: str, length: str) -> str:
    """What was said of the end, and how long the clock has rested since."""
    return f"{why}{_RESTED}{length}"


def last_rest(why: str) -> str:
    """How long it rested last, as `rested` wrote it; empty when it never has."""
    return why.rpartition(_RESTED)[2] if _RESTED in why else ""


def changed_clocks(anchor: datetime, end: datetime) -> str:
    """What changed clocks do to whole days: nothing; empty when none were changed."""
    days = " och ".join(_date(shift.day) for shift in shifts(anchor, end))
    return f"; att klockan ställs om {days} ändrar inte dagen" if days else ""


def _night(shift: Shift) -> str:
    length = "kortare" if shift.shorter else "längre"
    return f"natten till {_date(shift.day)} är en timme {length}"


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


def uncited(told: str) -> str:
    """The same without the law: a local promise is counted in the same way, but by no statute."""
    return _CITED.sub("", told)

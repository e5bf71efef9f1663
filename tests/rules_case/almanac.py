"""A Swedish almanac made by hand: no calendar, time zone or holiday library has a part in it.

Days are stepped one at a time from a known Tuesday, Easter is computed after Gauss, clocks are
changed on the last Sundays of March and October at 01.00 UTC (directive 2000/84/EC), and the rest
days are those of lag 1989:253 and lag 1930:173, 2 §.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

FIRST, LAST = 2019, 2041
TUESDAY, FRIDAY, SATURDAY, SUNDAY = 1, 4, 5, 6
EPOCH = datetime(FIRST, 1, 1, tzinfo=UTC)
FIXED = {
    (1, 1): "nyårsdagen",
    (1, 6): "trettondedag jul",
    (5, 1): "första maj",
    (6, 6): "nationaldagen",
    (12, 24): "julafton",
    (12, 25): "juldagen",
    (12, 26): "annandag jul",
    (12, 31): "nyårsafton",
}
FROM_EASTER = {
    -2: "långfredagen",
    0: "påskdagen",
    1: "annandag påsk",
    39: "Kristi himmelsfärdsdag",
    49: "pingstdagen",
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its number from the first, and the minutes UTC from the epoch at which it begins."""

    number: int
    year: int
    month: int
    day: int
    weekday: int
    begins: int
    rest: str | None

    @property
    def date(self) -> date:
        return date(self.year, self.month, self.day)

    @property
    def text(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def length(year: int, month: int) -> int:
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def easter(year: int) -> tuple[int, int]:
    """Month and day of Easter Day after Gauss, for the years 1900-2099."""
    golden, fourth, seventh = year % 19, year % 4, year % 7
    moon = (19 * golden + 24) % 30
    sunday = (2 * fourth + 4 * seventh + 6 * moon + 5) % 7
    march = 22 + moon + sunday
    if (moon, sunday) == (29, 6) or (moon == 28 and sunday == 6 and golden > 10):
        march -= 7
    return (3, march) if march <= 31 else (4, march - 31)


def _steps() -> list[tuple[int, int, int, int]]:
    """Year, month, day and weekday; 1 January 2019 was a Tuesday."""
    year, month, day, weekday = FIRST, 1, 1, TUESDAY
    found = []
    while year <= LAST:
        found.append((year, month, day, weekday))
        weekday = (weekday + 1) % 7
        day += 1
        if day > length(year, month):
            month, day = month + 1, 1
        if month > 12:
            year, month = year + 1, 1
    return found


_STEPS = _steps()
_NUMBERS = {step[:3]: number for number, step in enumerate(_STEPS)}
_EASTERS = {year: _NUMBERS[(year, *easter(year))] for year in range(FIRST, LAST + 1)}


def _name(number: int) -> str | None:
    year, month, day, weekday = _STEPS[number]
    after_easter = number - _EASTERS[year]
    if after_easter in FROM_EASTER:
        return FROM_EASTER[after_easter]
    if (month, day) in FIXED:
        return FIXED[month, day]
    if month == 6 and weekday == SATURDAY and 20 <= day <= 26:
        return "midsommardagen"
    if month == 6 and weekday == FRIDAY and 19 <= day <= 25:
        return "midsommarafton"
    if weekday == SATURDAY and ((month, day) == (10, 31) or (month == 11 and day <= 6)):
        return "alla helgons dag"
    return {SATURDAY: "lördagen", SUNDAY: "söndagen"}.get(weekday)


def _last_sunday(year: int, month: int) -> int:
    number = _NUMBERS[year, month, 31]
    while _STEPS[number][3] != SUNDAY:
        number -= 1
    return number


# The minutes UTC from the epoch between which each year has summer time.
SUMMERS = {
    year: tuple(_last_sunday(year, month) * 1440 + 60 for month in (3, 10))
    for year in range(FIRST, LAST + 1)
}


def offset(utc: int) -> int:
    """Minutes by which Swedish clocks are ahead at a minute UTC."""
    year = _STEPS[utc // 1440][0]
    begins, ends = SUMMERS[year]
    return 120 if begins <= utc < ends else 60


def _begins(number: int) -> int:
    """Clocks are never changed at midnight, so the hour before it tells the offset."""
    return number * 1440 - offset(max(number * 1440 - 120, 0))


DAYS = [Day(n, *step, begins=_begins(n), rest=_name(n)) for n, step in enumerate(_STEPS)]
OF_DATE = {day.date: day for day in DAYS}
ALL = [day for day in DAYS if 2020 <= day.year <= 2040]


def utc(minutes: int) -> datetime:
    return EPOCH + timedelta(minutes=minutes)


def told(minutes: int) -> str:
    """What the almanac and the clock on the wall show at a minute UTC."""
    local = minutes + offset(minutes)
    hour, minute = divmod(local % 1440, 60)
    return f"{DAYS[local // 1440].text} kl. {hour:02}.{minute:02}"


def told_end(minutes: int) -> str:
    """The same for an end, which at midnight belongs to the day that ends."""
    local = minutes + offset(minutes)
    return f"{DAYS[local // 1440 - 1].text} kl. 24.00" if local % 1440 == 0 else told(minutes)


def is_doubled(minutes: int) -> bool:
    """Whether clocks show the same at another minute as well."""
    return any(
        other + offset(other) == minutes + offset(minutes) for other in (minutes - 60, minutes + 60)
    )


def after_days(day: Day, count: int) -> Day:
    return DAYS[day.number + count]


def after_months(day: Day, count: int) -> Day:
    year, month = day.year, day.month
    for _ in range(count):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return DAYS[_NUMBERS[year, month, min(day.day, length(year, month))]]


def next_working(day: Day) -> Day:
    return next(it for it in DAYS[day.number :] if it.rest is None)


def working_before(day: Day, *, after: Day) -> Day:
    """The last working day among those counted; the day itself when none is."""
    counted = DAYS[after.number + 1 : day.number + 1]
    return next((it for it in reversed(counted) if it.rest is None), day)


def end(day: Day) -> datetime:
    return utc(DAYS[day.number + 1].begins)


def clock(hour: int, minute: int) -> time:
    """A time on the wall."""
    return time(hour, minute)

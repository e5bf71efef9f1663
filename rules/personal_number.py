"""Swedish personal numbers and coordination numbers; never any other person's check, only the form.

Written here and not taken from a library because the century of a ten-digit number has to follow
from the day the concern came in: the libraries read a clock.
"""

import re
from datetime import date

_TEN = re.compile(r"(\d{2})(\d{2})(\d{2})([-+]?)(\d{4})", re.ASCII)
_TWELVE = re.compile(r"(\d{4})(\d{2})(\d{2})-?(\d{4})", re.ASCII)
_COORDINATION = 60


class NotAPersonalNumber(ValueError):
    """Personnumret är inte giltigt."""


def normalise(text: str, on: date) -> str:
    """`ÅÅÅÅMMDD-NNNN` from any unambiguous way of writing it; a plus sign means 100 or older."""
    compact = re.sub(r"\s", "", text)
    if match := _TWELVE.fullmatch(compact):
        year, month, day, last = match.groups()
    elif match := _TEN.fullmatch(compact):
        short, month, day, sign, last = match.groups()
        year = str(_century(int(short), month, day, sign=sign, on=on))
    else:
        raise NotAPersonalNumber("Personnumret ska skrivas ÅÅÅÅMMDD-NNNN.")
    _check_date(int(year), int(month), int(day), on=on)
    if not _luhn(f"{year[2:]}{month}{day}{last}"):
        raise NotAPersonalNumber("Personnumrets kontrollsiffra stämmer inte.")
    return f"{year}{month}{day}-{last}"


def birth_date(number: str) -> date:
    """The date in a normalised number; a coordination number has the day plus 60."""
    day = int(number[6:8])
    return date(int(number[:4]), int(number[4:6]), day - _COORDINATION * (day > _COORDINATION))


def _century(short: int, month: str, day: str, *, sign: str, on: date) -> int:
    year = on.year - on.year % 100 + short
    real_day = int(day) - _COORDINATION * (int(day) > _COORDINATION)
    if (year, int(month), real_day) > (on.year, on.month, on.day):
        year -= 100
    return year - 100 if sign == "+" else year


def _check_date(year: int, month: int, day: int, *, on: date) -> None:
    try:
        born = date(year, month, day - _COORDINATION * (day > _COORDINATION))
    except ValueError as error:
        raise NotAPersonalNumber("Personnumret innehåller ett datum som inte finns.") from error
    if born > on:
        raise NotAPersonalNumber("Personnumret ligger i framtiden.")


def _luhn(ten: str) -> bool:
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(ten))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0

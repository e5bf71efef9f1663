"""Made-up children with personal numbers from the test series 98NN, ages relative to today."""

from datetime import date

from rules.concern import Child, Protected, Sibling


def personal_number(born: date, serial: int) -> str:
    """A number of the test series that belongs to nobody: 98, a digit, and its check digit."""
    first_nine = f"{born:%y%m%d}98{serial}"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(first_nine))
    total = sum(value // 10 + value % 10 for value in doubled)
    return f"{born:%Y%m%d}-98{serial}{-total % 10}"


def born(today: date, years: int, day_of_year: tuple[int, int]) -> date:
    """A birthday on which somebody is `years` old today."""
    month, day = day_of_year
    year = today.year - years - ((month, day) > (today.month, today.day))
    return date(year, month, day)


def child(
    name: str, birth_date: date, serial: int, *, protected: Protected = Protected.NO
) -> Child:
    """A child with a name, a birthday and a number."""
    return Child(
        name=name,
        birth_date=birth_date,
        personal_number=personal_number(birth_date, serial),
        protected=protected,
    )


def sibling(name: str, birth_date: date, serial: int) -> Sibling:
    """A sibling that a report mentions."""
    number = personal_number(birth_date, serial)
    return Sibling(name=name, birth_date=birth_date, personal_number=number)

"""Personal numbers: every way of writing one gives one form, and no slip of the pen passes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.personal_number import NotAPersonalNumber, birth_date, normalise

TODAY = date(2026, 3, 10)


def check_digit(nine: str) -> int:
    """Worked out the other way round than the program does: from the right, in whole products."""
    products = (int(digit) * factor for digit, factor in zip(nine, (2, 1) * 5, strict=False))
    digits = "".join(str(product) for product in products)
    return -sum(int(digit) for digit in digits) % 10


def number(born: date, serial: int, *, coordination: bool = False) -> str:
    day = born.day + 60 * coordination
    nine = f"{born:%y%m}{day:02d}{serial:03d}"
    return f"{born:%Y%m}{day:02d}-{serial:03d}{check_digit(nine)}"


@pytest.mark.parametrize(
    "text",
    [
        "20160514-9895", "201605149895", "160514-9895", "1605149895", " 160514 9895 ",
        "20160514 - 9895",
    ],
)  # fmt: skip
def test_every_unambiguous_way_of_writing_gives_the_same_form(text: str) -> None:
    assert normalise(text, TODAY) == "20160514-9895"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "okänt",
        "160514",
        "20160514+9895",
        "16-05-14-9895",
        "2016051498955",
        "１６０５１４９８９５",
    ],
)
def test_what_is_not_written_as_a_number_is_told_the_form(text: str) -> None:
    with pytest.raises(NotAPersonalNumber, match="ska skrivas ÅÅÅÅMMDD-NNNN"):
        normalise(text, TODAY)


def test_a_wrong_check_digit_is_told() -> None:
    with pytest.raises(NotAPersonalNumber, match="kontrollsiffra"):
        normalise("20160514-9896", TODAY)


def test_digits_of_another_script_are_no_number() -> None:
    with pytest.raises(NotAPersonalNumber):
        normalise("".join(chr(ord(digit) + 0xFEE0) for digit in "1605149895"), TODAY)


@pytest.mark.parametrize("text", ["20160230-9895", "20161314-9895", "20160560-9895", "160092-9895"])
def test_a_date_that_does_not_exist_is_told(text: str) -> None:
    with pytest.raises(NotAPersonalNumber, match="datum som inte finns"):
        normalise(text, TODAY)


def test_a_number_from_after_the_day_the_concern_came_in_is_told() -> None:
    with pytest.raises(NotAPersonalNumber, match="framtiden"):
        normalise(number(TODAY + timedelta(days=1), 123), TODAY)


def test_ten_digits_are_of_the_last_hundred_years() -> None:
    today = number(TODAY, 7)
    tomorrow = number(date(1926, 3, 11), 7)

    assert normalise(today[2:], TODAY) == today
    assert normalise(tomorrow[2:], TODAY) == tomorrow


def test_a_plus_sign_is_a_hundred_years_or_more() -> None:
    old = number(date(1916, 5, 14), 989)
    just_a_hundred = number(date(1926, 3, 10), 7)

    assert normalise("160514+9895", TODAY) == old
    assert normalise(just_a_hundred[2:].replace("-", "+"), TODAY) == just_a_hundred


def test_a_coordination_number_has_sixty_added_to_its_day() -> None:
    given_to = number(date(2016, 5, 14), 238, coordination=True)

    assert given_to.startswith("20160574-")
    assert normalise(given_to, TODAY) == normalise(given_to[2:], TODAY) == given_to
    assert birth_date(given_to) == date(2016, 5, 14)


births = st.dates(date(1926, 3, 11), TODAY)
serials = st.integers(0, 999)


@given(births, serials, st.booleans())
def test_ten_and_twelve_digits_agree_and_the_date_comes_back(
    born: date, serial: int, coordination: bool
) -> None:
    whole = number(born, serial, coordination=coordination)

    assert normalise(whole, TODAY) == normalise(whole[2:], TODAY) == whole
    assert normalise(whole.replace("-", ""), TODAY) == whole
    assert birth_date(whole) == born


@given(births, serials, st.integers(2, 10), st.integers(1, 9))
def test_one_wrong_digit_never_passes_as_the_same_person(
    born: date, serial: int, place: int, slip: int
) -> None:
    digits = number(born, serial).replace("-", "")
    wrong = str((int(digits[place]) + slip) % 10)
    slipped = digits[:place] + wrong + digits[place + 1 :]

    with pytest.raises(NotAPersonalNumber):
        normalise(slipped, TODAY)


@given(st.text(max_size=16))
def test_any_text_is_a_number_or_told_in_a_sentence(text: str) -> None:
    try:
        answer = normalise(text, TODAY)
    except NotAPersonalNumber as fault:
        answer = str(fault)
    assert answer.startswith("Personnumre") or (answer.isascii() and len(answer) == 13)

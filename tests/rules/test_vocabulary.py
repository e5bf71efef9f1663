"""What somebody typed is the number that it plainly is, or it is none."""

import pytest

from rules.language.vocabulary import as_whole


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), (" 7 ", 7), ("007", 7), ("999999999", 999999999)]
)
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert as_whole(text) == number


@pytest.mark.parametrize("text", ["", "sju", "-1", "1.5", "1e3", "٦", "²", "9" * 5000])
def test_anything_else_is_none_however_long(text: str) -> None:
    assert as_whole(text) is None

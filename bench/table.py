"""Numbers as a table that a person reads."""

from collections.abc import Iterable, Sequence


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    lines = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    texts = ["  ".join(_cells(line, widths)).rstrip() for line in lines]
    return "\n".join([title, *(f"  {text}" for text in texts)])


def _cells(line: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    for column, (text, width) in enumerate(zip(line, widths, strict=True)):
        yield text.ljust(width) if column == 0 else text.rjust(width)


def number(value: float, decimals: int = 0) -> str:
    """As written in Swedish: a thin space between thousands and a comma."""
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")

"""Charts as SVG: every word is there, nothing runs in it, and every eye can tell it apart."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from adapters.charts import svg
from workflows.figures import Figure, Mark, Panel, Series


def figure(*series: Series, panels: int = 1, **more: object) -> Figure:
    return Figure(
        name="prov",
        title="Brutna frister per vecka",
        x="Vecka å ä ö",
        y="Antal",
        panels=tuple(Panel(f"Ruta {n}", series) for n in range(panels)),
        **more,  # type: ignore[arg-type]
    )


BARS = tuple(Series(name, Mark.BAR, ((1, 2), (2, 3))) for name in ("Enhetssvar", "Hantering"))
LINE = Series("Median", Mark.LINE, ((0, 2.5), (1, None), (2, 4)))
STEP = Series("På plats", Mark.STEP, ((0, 1), (12, 4)))


@pytest.mark.parametrize("series", [BARS, (LINE,), (*BARS, STEP)])
def test_every_word_is_in_the_picture(series: tuple[Series, ...]) -> None:
    root = ElementTree.fromstring(svg(figure(*series)))
    text = " ".join(root.itertext())

    assert root.tag.endswith("svg")
    for word in ("Brutna frister per vecka", "Vecka å ä ö", "Antal", *(it.name for it in series)):
        assert word in text


def test_nothing_in_a_picture_runs_or_is_fetched() -> None:
    drawn = svg(figure(*BARS, LINE))

    assert "<script" not in drawn
    assert "<image" not in drawn
    assert "@import" not in drawn
    assert drawn.count("http") == drawn.count("http://www.w3.org")


def test_the_same_figure_gives_the_same_picture() -> None:
    assert svg(figure(*BARS)) == svg(figure(*BARS))


def test_a_number_is_written_as_in_sweden() -> None:
    text = " ".join(
        ElementTree.fromstring(svg(figure(Series("m", Mark.LINE, ((0, 0.5), (1, 1)))))).itertext()
    )

    assert "0,2 0,4" in text


def test_a_line_is_broken_where_nothing_is_known() -> None:
    whole = Series("Median", Mark.LINE, ((0, 2), (1, 3), (2, 4), (3, 4)))
    gap = Series("Median", Mark.LINE, ((0, 2), (1, 3), (2, None), (3, 4), (4, 2)))

    assert _moves(svg(figure(gap))) == _moves(svg(figure(whole))) + 1


def _moves(drawn: str) -> int:
    """How many times the pen is put down for the line itself."""
    groups = [
        it for it in ElementTree.fromstring(drawn).iter() if "mark-line" in it.get("class", "")
    ]
    return sum(path.get("d", "").count("M") for group in groups for path in group)


def test_colours_beside_each_other_differ_in_lightness_or_in_hue_for_every_eye() -> None:
    drawn = svg(figure(*(Series(str(n), Mark.BAR, ((n, 1),)) for n in range(6))))
    used = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"]

    assert all(colour.lower() in drawn.lower() for colour in used)
    assert all(abs(_light(a) - _light(b)) > 0.03 for a, b in pairwise(used))


def _light(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_panels_beside_each_other_have_the_same_height() -> None:
    low = Panel("Låg", (Series("m", Mark.BAR, ((1, 1), (2, 1))),))
    high = Panel("Hög", (Series("m", Mark.BAR, ((1, 40), (2, 1))),))
    both = Figure(name="x", title="x", x="x", y="y", panels=(low, high), across=2)
    text = list(ElementTree.fromstring(svg(both)).itertext())

    assert text.count("40") == 2

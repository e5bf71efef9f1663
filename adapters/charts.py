"""Charts as SVG, drawn on the server by Vega-Lite: no script and no address in the picture."""

from collections.abc import Sequence

import altair as alt
import vl_convert

from workflows.figures import Figure, Mark, Panel, Series

# Okabe and Ito: told apart by people with every kind of colour vision, and in grey by the order.
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#555555", "#AAAAAA")
Drawn = alt.LayerChart | alt.FacetChart
Axes = dict[str, alt.X | alt.Y]
_INK = "#222222"
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_WIDTH, _HEIGHT, _GAP = 640, 260, 30


def svg(figure: Figure) -> str:
    """The chart as one SVG document with its text in Swedish."""
    names = list(dict.fromkeys(it.name for panel in figure.panels for it in panel.series))
    panels = [
        _panel(figure, panel, names, top=_top(figure, place))
        for place, panel in enumerate(figure.panels)
    ]
    whole = _together(figure, panels)
    return vl_convert.vegalite_to_svg(whole.to_dict(), format_locale="sv-SE")


def _together(figure: Figure, panels: Sequence[Drawn]) -> alt.ConcatChart:
    whole: alt.ConcatChart = alt.concat(*panels, columns=figure.across, spacing=_GAP)
    styled: alt.ConcatChart = (
        whole.properties(
            title=alt.TitleParams(figure.title, anchor="start", fontSize=16, offset=14)
        )
        .configure(font=_FONT, background="white", padding=12)
        .configure_axis(labelColor=_INK, titleColor=_INK, gridColor="#dddddd", labelFontSize=12)
        .configure_title(color=_INK)
        .configure_view(stroke=None)
        .configure_legend(
            orient="bottom",
            title=None,
            labelFontSize=12,
            symbolSize=140,
            columns=3,
            # The reader's own font may be wider than the one that the picture is measured with.
            columnPadding=48,
        )
    )
    return styled


def _top(figure: Figure, place: int) -> float:
    """Panels beside each other have the same height, so that they can be compared."""
    first = place - place % figure.across
    beside = figure.panels[first : first + figure.across]
    return max(1.0, *(_height(panel) for panel in beside))


def _height(panel: Panel) -> float:
    """What stands on each other reaches the sum; the rest reach as far as they do."""
    piled: dict[float, float] = {}
    highest = 0.0
    for one in panel.series:
        for x, y in one.points:
            piled[x] = piled.get(x, 0.0) + (y or 0.0) if one.mark is Mark.BAR else 0.0
            highest = max(highest, piled[x], y or 0.0)
    return highest


def _panel(figure: Figure, panel: Panel, names: list[str], *, top: float) -> Drawn:
    bars = tuple(it for it in panel.series if it.mark is Mark.BAR)
    lines = tuple(it for it in panel.series if it.mark is not Mark.BAR)
    layers = [_bars(_axes(figure, top), bars, names)] if bars else []
    layers += [_line(_axes(figure, top), it, names) for it in lines]
    size = {
        "width": (_WIDTH - _GAP * (figure.across - 1)) // figure.across,
        "height": _HEIGHT if len(figure.panels) == 1 else _HEIGHT // 2,
    }
    chart: Drawn = alt.layer(*layers).properties(title=panel.title, **size)
    return chart


def _bars(axes: Axes, series: tuple[Series, ...], names: list[str]) -> alt.Chart:
    rows = [row for one in series for row in _rows(one)]
    ticks = len({row["x"] for row in rows}) or 1
    width = max(2, int(0.6 * _WIDTH / max(ticks, 2)))
    order = {one.name: place for place, one in enumerate(series)}
    data = {"values": [{**row, "order": order[str(row["name"])]} for row in rows]}
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar(width=min(width, 40))
        .encode(**axes, color=_colour(names), order=alt.Order("order:Q"))
    )
    return chart


def _line(axes: Axes, series: Series, names: list[str]) -> alt.Chart:
    place = names.index(series.name)
    stepped = series.mark is Mark.STEP
    chart: alt.Chart = (
        alt.Chart({"values": _rows(series)})
        .mark_line(
            interpolate="step" if stepped else "linear",
            strokeWidth=2.5,
            strokeDash=[6, 3] if place % 2 and not stepped else [1, 0],
            point=alt.OverlayMarkDef(size=45, shape="diamond" if place % 2 else "circle")
            if not stepped
            else False,
        )
        .encode(**axes, color=_colour(names))
    )
    return chart


def _rows(series: Series) -> list[dict[str, object]]:
    return [{"x": x, "y": y, "name": series.name} for x, y in series.points]


def _axes(figure: Figure, top: float) -> Axes:
    if figure.hours:
        axis = alt.Axis(values=list(range(0, 24, 3)), format="02d", grid=False)
        scale = alt.Scale(domain=[-0.5, 23.5], nice=False)
    else:
        axis = alt.Axis(tickMinStep=1, format="d", grid=False)
        scale = alt.Scale(nice=False, padding=30)
    y_axis = alt.Axis(title=figure.y, titlePadding=10, tickCount=5)
    return {
        "x": alt.X("x:Q", title=figure.x, axis=axis, scale=scale),
        "y": alt.Y("y:Q", axis=y_axis, scale=alt.Scale(domain=[0, top], nice=True)),
    }


def _colour(names: list[str]) -> alt.Color:
    colours = [_COLOURS[place % len(_COLOURS)] for place in range(len(names))]
    return alt.Color("name:N", scale=alt.Scale(domain=names, range=colours))

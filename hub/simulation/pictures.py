"""Which charts a run gives: times by hour, breaches by week, load against staffing."""

from collections.abc import Iterator

from hub.simulation.playing import TEAMS
from hub.simulation.results import HOURS, Load, Result
from workflows.figures import Figure, Mark, Panel, Series

_MOST_CLOCKS = 6


def figures(result: Result) -> Iterator[Figure]:
    """The charts, in the order of the report."""
    yield _times(result)
    yield _weeks(result)
    yield _load(result)


def _times(result: Result) -> Figure:
    rows = {it.hour: it for it in result.decided_by_hour}
    median = tuple((hour, rows[hour].median if hour in rows else None) for hour in HOURS)
    p90 = tuple((hour, rows[hour].p90 if hour in rows else None) for hour in HOURS)
    series = (Series("Median", Mark.LINE, median), Series("Nio av tio inom (p90)", Mark.LINE, p90))
    return Figure(
        name="tider-efter-timme",
        title="Från inkommen till beslut, för ärenden med hubb",
        x="Klockslag då anmälan kom in",
        y="Timmar till beslut",
        panels=(Panel("", series),),
        hours=True,
    )


def _weeks(result: Result) -> Figure:
    most = sorted(result.breaches, key=lambda it: -it.count)
    shown, rest = most[:_MOST_CLOCKS], most[_MOST_CLOCKS:]
    series = [Series(it.name, Mark.BAR, _numbered(it.by_week)) for it in shown]
    if rest:
        others = tuple(map(sum, zip(*(it.by_week for it in rest), strict=True)))
        series.append(Series("Övriga frister", Mark.BAR, _numbered(others)))
    return Figure(
        name="brott-per-vecka",
        title="Brutna frister per vecka, efter veckan då fristen gick ut",
        x="Vecka i simuleringen",
        y="Brutna frister",
        panels=(Panel("", tuple(series)),),
    )


def _numbered(counts: tuple[int, ...]) -> tuple[tuple[float, float | None], ...]:
    return tuple((week, count) for week, count in enumerate(counts, 1))


def _load(result: Result) -> Figure:
    panels = tuple(
        Panel(
            f"{team.capitalize()}, {'lördag och söndag' if weekend else 'måndag till fredag'}", it
        )
        for team in TEAMS
        for weekend in (False, True)
        if (it := _against(result, team, weekend=weekend))
    )
    return Figure(
        name="belastning",
        title="Arbete som kommer och människor på plats, per timme på dygnet",
        x="Klockslag",
        y="Personer (timmar per timme)",
        panels=panels,
        across=2,
        hours=True,
    )


def _against(result: Result, team: str, *, weekend: bool) -> tuple[Series, ...]:
    rows: dict[int, Load] = {
        it.hour: it for it in result.load if it.team == team and it.weekend is weekend
    }
    if not rows:
        return ()
    wanted = tuple((hour, rows[hour].wanted) for hour in HOURS if hour in rows)
    present = tuple((hour, rows[hour].present) for hour in HOURS if hour in rows)
    return (
        Series("Arbete som kommer", Mark.BAR, wanted),
        Series("På plats", Mark.STEP, present),
    )

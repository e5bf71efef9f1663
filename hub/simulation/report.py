"""The run as one HTML file that needs nothing else: tables and charts, readable in print."""

from collections.abc import Sequence

from markupsafe import Markup

from hub.pages.render import Pages
from hub.simulation.profile import Profile
from hub.simulation.results import Result
from hub.simulation.staffing import Staffing
from hub.simulation.words import INVENTED, summary, tables


def report(
    result: Result, profile: Profile, *, found: Sequence[Staffing], charts: Sequence[str]
) -> str:
    """The report; `charts` are SVG documents that the program has drawn itself."""
    return Pages().text(
        "simulation/report.html",
        {
            "profile": profile,
            "summary": summary(result),
            "invented": INVENTED,
            "holds": result.kept.holds,
            "charts": [Markup(chart) for chart in charts],  # noqa: S704  our own drawing
            "tables": list(tables(result, found)),
        },
    )

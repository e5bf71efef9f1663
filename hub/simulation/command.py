"""`hub simulate`: a municipality is played for weeks on a driven clock, and told in tables."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from hub.simulation.concerns import Example
from hub.simulation.pictures import figures
from hub.simulation.plain import plain
from hub.simulation.playing import MakeOffice, Plan, play
from hub.simulation.profile import Profile
from hub.simulation.report import report
from hub.simulation.results import Result, result_of, share_kept
from hub.simulation.staffing import Staffing, smallest
from hub.simulation.words import text
from hub.starting import CannotStart
from workflows.figures import Figure

# The promises that are searched for are over within a day.
_SEARCH_TAIL = 2

Days = Annotated[int, typer.Option(min=1, max=730, help="Så många dagar räknas.")]
Seed = Annotated[int, typer.Option(help="Samma frö och profil ger samma svar.")]
ProfilePath = Annotated[
    Path | None,
    typer.Option("--profile", metavar="FILE.yaml", help="Kommunen; annars den påhittade."),
]
RulesPath = Annotated[
    Path | None, typer.Option("--rules", metavar="FILE", help="Reglerna; annars de som följer med.")
]
Goals = Annotated[
    list[float] | None,
    typer.Option(
        "--goal",
        metavar="PERCENT",
        min=1,
        max=100,
        help="Sök den minsta bemanning som håller så många procent av löftena; tar minuter."
        " Får anges flera gånger.",
    ),
]
ChartsDir = Annotated[
    Path | None, typer.Option("--charts", metavar="DIR", help="Skriv diagrammen som SVG där.")
]
ReportPath = Annotated[
    Path | None, typer.Option("--report", metavar="FILE.html", help="Skriv allt som en HTML-fil.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulations:
    """What the command is given; `profile`, `examples` and `offices` raise CannotStart."""

    profile: Callable[[Path | None], Profile]
    examples: Callable[[], tuple[Example, ...]]
    offices: Callable[[Path | None], MakeOffice]
    draw: Callable[[Figure], str]


def add_simulate(app: typer.Typer, simulations: Simulations) -> typer.Typer:
    """The app with the command."""

    @app.command()
    def simulate(
        days: Days = 90,
        seed: Seed = 1,
        profile: ProfilePath = None,
        rules: RulesPath = None,
        goal: Goals = None,
        charts: ChartsDir = None,
        page: ReportPath = None,
        as_json: AsJson = False,
    ) -> None:
        """Spelar en påhittad kommun på de riktiga reglerna. Slut 1 om löftet brast."""
        town = simulations.profile(profile)
        make, examples = simulations.offices(rules), simulations.examples()
        result = result_of(play(Plan(profile=town, seed=seed, days=days), examples, make))

        def attempt(staffed: Profile, with_seed: int) -> float:
            plan = Plan(profile=staffed, seed=with_seed, days=town.search.days, tail=_SEARCH_TAIL)
            played = play(plan, examples, make)
            return share_kept(played, town.search.levels, town.search.promises)

        found = [smallest(town, it / 100, attempt, seed=seed) for it in sorted(goal or ())]
        drawn = _drawn(result, simulations.draw) if charts or page else {}
        if charts:
            _write({charts / f"{name}.svg": chart for name, chart in drawn.items()})
        if page:
            told = report(result, town, found=found, charts=tuple(drawn.values()))
            _write({page: told})
        _tell(result, found, town, as_json=as_json)
        raise typer.Exit(0 if result.kept.holds else 1)

    return app


def _drawn(result: Result, draw: Callable[[Figure], str]) -> dict[str, str]:
    return {figure.name: draw(figure) for figure in figures(result)}


def _write(files: dict[Path, str]) -> None:
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        except OSError as error:
            why = f"{path.name} går inte att skriva ({type(error).__name__})."
            raise CannotStart([why]) from None


def _tell(result: Result, found: Sequence[Staffing], profile: Profile, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(plain(result, found, profile), ensure_ascii=False))
    else:
        typer.echo("\n".join(text(result, found)))

"""`hub rules drift`: how often people raise and lower what the rules propose."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from hub.rules_commands import drift_words
from hub.rules_commands.files import AsJson
from rules.days import Days
from rules.language.ruleset import RuleSet
from workflows.drift import Drift

_HALF_A_YEAR = timedelta(weeks=26)

Follow = Callable[[Days], tuple[Drift, RuleSet]]
From = Annotated[
    datetime | None,
    typer.Option(
        "--from", formats=["%Y-%m-%d"], metavar="DAY", help="Första dagen; annars 26 veckor förut."
    ),
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], metavar="DAY", help="Sista dagen; annars i dag."),
]


def add_drift(app: typer.Typer, follow: Follow, *, today: Callable[[], date]) -> typer.Typer:
    """The app with the command; `follow` counts the days, and gives the rules they were told in."""

    @app.command()
    def drift(since: From = None, until: Until = None, as_json: AsJson = False) -> None:
        """Hur ofta människor höjer och sänker reglernas förslag. Läsningen loggas."""
        last = until.date() if until else today()
        first = since.date() if since else last - _HALF_A_YEAR
        found, ruleset = follow(Days(first, last))
        if as_json:
            typer.echo(json.dumps(drift_words.plain(found, ruleset), ensure_ascii=False))
        else:
            typer.echo("\n".join(drift_words.text(found)))

    return app

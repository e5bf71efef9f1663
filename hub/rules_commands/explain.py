"""`hub rules explain`: why each concern has its level and no other, in sentences or as JSON."""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hub.rules_commands.files import SOUND, UNREADABLE, AsJson, Load, OnDay, RulesPath
from rules.engines.editions import Editions
from rules.engines.explanation import Explaining
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RuleSet
from workflows.explaining import Explained, explain_line

Lines = Annotated[
    str, typer.Option("--input", metavar="FILE|-", help="JSON-rader; - är standard in.")
]


def add_explain(app: typer.Typer, load: Load, *, today: Callable[[], date]) -> typer.Typer:
    """The app with the command."""

    @app.command()
    def explain(
        file: RulesPath = None, source: Lines = "-", on: OnDay = None, as_json: AsJson = False
    ) -> None:
        """Förklarar varje rad: varför just den nivån. Slut 2 om någon rad var fel."""
        try:
            ruleset = load(file).ruleset
            lines = sys.stdin.buffer if source == "-" else Path(source).open("rb")  # noqa: SIM115
        except (Unreadable, Unsound) as error:
            raise _refused(f"Reglerna går inte att använda: {error}") from None
        except OSError as error:
            raise _refused(f"{source} går inte att läsa ({type(error).__name__}).") from None
        with lines:
            bad = _told(ruleset, lines, day=on.date() if on else today(), as_json=as_json)
        raise typer.Exit(UNREADABLE if bad else SOUND)

    return app


def _told(ruleset: RuleSet, lines: Iterable[bytes], *, day: date, as_json: bool) -> bool:
    """Prints the explanation of each line; True when a line was bad."""
    engines, bad = Editions(ruleset), False
    engine = engines.of_day(day)
    explaining = Explaining(engine.ruleset)
    for line in lines:
        if not line.strip():
            continue
        try:
            found = explain_line(engine, explaining, line.decode())
        except UnicodeDecodeError:
            found = Explained(None, error="raden är inte UTF-8")
        typer.echo(_json(found) if as_json else _text(found))
        bad = bad or found.error is not None
    engines.retire()
    return bad


def _refused(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(UNREADABLE)


def _json(it: Explained) -> str:
    found = it.data or {"id": it.id, "error": it.error}
    return json.dumps(found, ensure_ascii=False)


def _text(it: Explained) -> str:
    """The concern by its id, and each part under its heading."""
    if it.error:
        return f"{it.id or 'Raden'}: {it.error}\n"
    parts = [f"{it.id}\n{'=' * len(it.id or '')}"]
    parts += ["\n".join((one.heading, *(f"  {s}" for s in one.sentences))) for one in it.passages]
    return "\n\n".join(parts) + "\n"

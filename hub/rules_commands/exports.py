"""`hub rules document`, `dmn` and `schema`: the rules for people, other engines and editors."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hub.rules_commands.files import FAULTS, SOUND, UNREADABLE, Load, OnDay, RulesPath
from hub.standalone import rules_html
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RuleSet
from rules.language.schema import written
from rules.local_time import local_day
from workflows.interchange import NOT_EXPRESSED, Inexpressible
from workflows.rules_document import RulesDocument, rules_document

DocumentPath = Annotated[
    Path, typer.Option("--output", metavar="OUT.pdf|OUT.html", help="Filen som skrivs.")
]
DmnPath = Annotated[Path, typer.Option("--output", metavar="OUT.dmn", help="Filen som skrivs.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """What the commands are given: how rules are read, the time, and who writes each form."""

    load: Load
    clock: Callable[[], datetime]
    pdf: Callable[[RulesDocument, datetime], bytes]
    dmn: Callable[[RuleSet], bytes]


def add_exports(app: typer.Typer, exports: Exports) -> typer.Typer:
    """The app with the three commands."""

    @app.command()
    def document(output: DocumentPath, file: RulesPath = None) -> None:
        """Skriver reglerna som ett dokument att läsa. Slut 2 om en fil är fel."""
        raise typer.Exit(_written(output, lambda: _document(exports, file, output)))

    @app.command()
    def dmn(output: DmnPath, file: RulesPath = None, on: OnDay = None) -> None:
        """Skriver reglerna som en beslutstabell i DMN 1.3, och vad tabellen inte kan säga."""
        day = on.date() if on else local_day(exports.clock())
        code = _written(output, lambda: exports.dmn(exports.load(file).ruleset.on(day)))
        if code == SOUND:
            typer.echo("Det här säger inte tabellen:")
            typer.echo("\n".join(f"- {name}: {why}" for name, why in NOT_EXPRESSED.items()))
        raise typer.Exit(code)

    @app.command()
    def schema(
        output: Annotated[
            Path | None, typer.Option("--output", metavar="OUT.json", help="Filen som skrivs.")
        ] = None,
    ) -> None:
        """Skriver schemat som gör att en editor hjälper den som ändrar i regelfilen."""
        if output is None:
            typer.echo(written(), nl=False)
            return
        raise typer.Exit(_written(output, lambda: written().encode()))

    return app


def _document(exports: Exports, file: Path | None, output: Path) -> bytes:
    read = exports.load(file)
    document = rules_document(read.ruleset, read.policy)
    if output.suffix == ".html":
        return rules_html(document).encode()
    if output.suffix == ".pdf":
        return exports.pdf(document, exports.clock())
    raise typer.BadParameter("skriv ett namn som slutar på .pdf eller .html")


def _written(output: Path, make: Callable[[], bytes]) -> int:
    """The exit code; the file that was there is left alone when the rules are wrong."""
    try:
        content = make()
    except (Unreadable, Unsound) as error:
        typer.echo(f"Reglerna går inte att använda: {error}", err=True)
        return UNREADABLE
    except Inexpressible as error:
        typer.echo(str(error), err=True)
        return FAULTS
    try:
        output.write_bytes(content)
    except OSError as error:
        typer.echo(f"{output} går inte att skriva ({type(error).__name__}).", err=True)
        return UNREADABLE
    typer.echo(f"{output} är skriven.")
    return SOUND

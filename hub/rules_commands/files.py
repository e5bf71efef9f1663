"""`hub rules`: is a rules file sound, and what does it say of concerns given as JSON lines."""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from rules.engines.editions import Editions
from rules.engines.engine import Engine
from rules.language.fault import Fault, Unreadable, Unsound
from rules.language.ruleset import RulesFile
from workflows.rulecheck import classify_line, report

SOUND, FAULTS, UNREADABLE = 0, 1, 2

Load = Callable[[Path | None], RulesFile]
RulesPath = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        envvar="HUB_RULES",
        help="Regelfilen; utan den gäller HUB_RULES, och annars den som följer med.",
    ),
]
OnDay = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], metavar="DAY", help="Reglerna den dagen; annars i dag."
    ),
]
CertificatePath = Annotated[
    Path | None,
    typer.Option("--certificate", metavar="OUT", help="Skriv intyget om vad som bevisades dit."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


def rules_app(load: Load, *, today: Callable[[], date]) -> typer.Typer:
    """The commands of `hub rules`, reading rules with `load`."""
    app = typer.Typer(help="Granska regelfilen och klassa orosanmälningar.", no_args_is_help=True)

    @app.command()
    def check(
        file: RulesPath = None, as_json: AsJson = False, certificate: CertificatePath = None
    ) -> None:
        """Är regelfilen sund? Slut 0 ja, 1 fel hittades, 2 går inte att läsa."""
        raise typer.Exit(_check(load, file, as_json=as_json, certificate=certificate))

    @app.command()
    def classify(
        file: RulesPath = None,
        source: Annotated[
            str, typer.Option("--input", metavar="FILE|-", help="JSON-rader; - är standard in.")
        ] = "-",
        on: OnDay = None,
        as_json: AsJson = False,  # noqa: ARG001  the results are JSON lines in any case
    ) -> None:
        """Klassar varje rad. Slut 2 om någon rad var fel; de andra besvaras ändå."""
        day = on.date() if on else today()
        raise typer.Exit(_classify(load, file, source, day=day))

    return app


def _check(load: Load, path: Path | None, *, as_json: bool, certificate: Path | None) -> int:
    name = path.name if path else "rules.yaml"
    try:
        file = load(path)
    except Unreadable as error:
        _tell({"sound": False, "error": str(error)}, [f"{name}: {error}"], as_json=as_json)
        return UNREADABLE
    except Unsound as error:
        return _told(name, error.faults, (), version=None, as_json=as_json)
    found = report(file)
    try:
        _keep(found.certificate.text(), certificate)
    except OSError as error:
        typer.echo(f"{certificate} går inte att skriva ({type(error).__name__}).", err=True)
        return UNREADABLE
    return _told(name, found.faults, found.remarks, version=file.version, as_json=as_json)


def _keep(text: str, path: Path | None) -> None:
    if path:
        path.write_text(text, "utf-8")


def _told(
    name: str,
    faults: tuple[Fault, ...],
    remarks: tuple[Fault, ...],
    *,
    version: str | None,
    as_json: bool,
) -> int:
    text = [fault.sentence(name) for fault in faults]
    text += [f"Att se över: {remark.sentence(name)}" for remark in remarks]
    ending = f"{len(faults)} fel." if faults else f"{name} är sund (version {version})."
    found: dict[str, object] = {
        "sound": not faults,
        "version": version,
        "faults": [_plain(fault) for fault in faults],
        "remarks": [_plain(remark) for remark in remarks],
    }
    _tell(found, [*text, ending], as_json=as_json)
    return FAULTS if faults else SOUND


def _plain(fault: Fault) -> dict[str, object]:
    field = ".".join(str(part) for part in fault.path)
    return {"line": fault.line, "field": field, "place": fault.place, "message": fault.message}


def _tell(found: dict[str, object], text: list[str], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        typer.echo("\n".join(text))


def _classify(load: Load, path: Path | None, source: str, *, day: date) -> int:
    try:
        engines = Editions(load(path).ruleset)
        engine = engines.of_day(day)
    except (Unreadable, Unsound) as error:
        typer.echo(f"Reglerna går inte att använda: {error}", err=True)
        return UNREADABLE
    try:
        lines = sys.stdin.buffer if source == "-" else Path(source).open("rb")  # noqa: SIM115
    except OSError as error:
        typer.echo(f"{source} går inte att läsa ({type(error).__name__}).", err=True)
        return UNREADABLE
    with lines:
        bad = [_answered(engine, line) for line in lines if line.strip()]
    engines.retire()
    return UNREADABLE if any(bad) else SOUND


def _answered(engine: Engine, line: bytes) -> bool:
    """Prints the result of a line; True when the line was bad."""
    found: dict[str, object]
    try:
        found = classify_line(engine, line.decode())
    except UnicodeDecodeError:
        found = {"id": None, "error": "raden är inte UTF-8"}
    typer.echo(json.dumps(found, ensure_ascii=False))
    return "error" in found

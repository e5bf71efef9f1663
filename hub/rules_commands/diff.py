"""`hub rules diff`: what is otherwise in another version of the rules, proved, with witnesses."""

import json
from pathlib import Path
from typing import Annotated

import typer

from hub.rules_commands import diff_words
from hub.rules_commands.files import UNREADABLE, AsJson, Load
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RulesFile
from rules.proofs.difference import difference

ALIKE, DIFFERS = 0, 1

OldPath = Annotated[Path, typer.Argument(metavar="OLD", help="Reglerna som de är.")]
NewPath = Annotated[Path, typer.Argument(metavar="NEW", help="Reglerna som föreslås.")]


def add_diff(app: typer.Typer, load: Load) -> typer.Typer:
    """The app with the command, reading rules with `load`."""

    @app.command()
    def diff(old: OldPath, new: NewPath, as_json: AsJson = False) -> None:
        """Vad skiljer två versioner? Slut 0 lika, 1 skillnad, 2 går inte att läsa."""
        raise typer.Exit(_diff(load, (old, new), as_json=as_json))

    return app


def _diff(load: Load, paths: tuple[Path, Path], *, as_json: bool) -> int:
    files: list[RulesFile] = []
    faults: list[diff_words.Data] = []
    for path in paths:
        try:
            files.append(load(path))
        except (Unreadable, Unsound) as error:
            faults += _faults(path, error)
    if faults:
        _refuse(faults, as_json=as_json)
        return UNREADABLE
    found = difference(*files)
    if as_json:
        typer.echo(json.dumps(diff_words.data(found), ensure_ascii=False))
    else:
        typer.echo("\n".join(diff_words.text(found)))
    return ALIKE if found.alike else DIFFERS


def _faults(path: Path, error: Unreadable | Unsound) -> list[diff_words.Data]:
    """What is wrong, with the file as it was named at the command line."""
    if isinstance(error, Unreadable):
        return [{"file": str(path), "line": None, "message": f"{path}: {error}"}]
    return [
        {"file": str(path), "line": fault.line, "message": fault.sentence(str(path))}
        for fault in error.faults
    ]


def _refuse(faults: list[diff_words.Data], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"error": "unreadable", "faults": faults}, ensure_ascii=False))
    else:
        typer.echo("\n".join(str(fault["message"]) for fault in faults), err=True)

"""`hub rules replay` and `hub rules columns`: past concerns under two versions of the rules."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Annotated

import typer

from hub.rules_commands import replay_words
from hub.rules_commands.files import SOUND, UNREADABLE, AsJson, Load
from rules.errors import Invalid
from rules.language.fault import Unreadable, Unsound
from rules.language.vocabulary import Vocabulary
from rules.span import Rests
from workflows.common_words import common_words
from workflows.past_concerns import CannotRead, Loaded, PastConcerns
from workflows.replaying import ColumnsDiffer, replay

OldPath = Annotated[Path, typer.Argument(metavar="OLD", help="Reglerna som de är.")]
NewPath = Annotated[Path, typer.Argument(metavar="NEW", help="Reglerna som föreslås.")]
Input = Annotated[
    str | None,
    typer.Option(
        "--input",
        metavar="FILE|-",
        help="Tidigare anmälningar, JSON-rader eller Parquet; - är standard in."
        " Utan den spelas hubbens egna ärenden om, och det loggas.",
    ),
]
Source = Annotated[Path, typer.Argument(metavar="IN.jsonl", help="En anmälan per rad.")]
Target = Annotated[Path, typer.Argument(metavar="OUT.parquet", help="Filen som skrivs.")]
RulesPaths = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="FILE",
        help="Regler vars frågor och uppgifter tas med; får anges flera gånger.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replays:
    """What the commands are given: how rules and concerns are read, the calendar, the hub's own."""

    load: Load
    read: Callable[[Path, Vocabulary], Loaded]
    read_lines: Callable[[Iterable[bytes], Vocabulary], Loaded]
    convert: Callable[[Path, Path, Vocabulary], Loaded]
    history: Callable[[Vocabulary], PastConcerns]
    day: Callable[[], date]
    rests: Rests


def add_replay(app: typer.Typer, replays: Replays) -> typer.Typer:
    """The app with both commands."""

    @app.command(name="replay")
    def replay_(old: OldPath, new: NewPath, source: Input = None, as_json: AsJson = False) -> None:
        """Vilka tidigare anmälningar får en annan nivå? Slut 2 om något var fel."""
        raise typer.Exit(_reading(lambda: _replayed(replays, (old, new), source, as_json=as_json)))

    @app.command()
    def columns(source: Source, target: Target, rules: RulesPaths = None) -> None:
        """Skriver JSON-rader som Parquet, som läses mycket fortare. Slut 2 om någon rad var fel."""
        raise typer.Exit(_reading(lambda: _converted(replays, source, target, rules=rules)))

    return app


def _reading(answer: Callable[[], int]) -> int:
    """The exit code; what stops it is told on stderr."""
    try:
        return answer()
    except (Unreadable, Unsound) as error:
        typer.echo(f"Reglerna går inte att använda: {error}", err=True)
    except (CannotRead, Invalid, ColumnsDiffer) as error:
        typer.echo(str(error), err=True)
    except OSError as error:
        typer.echo(f"Filen går inte att skriva ({type(error).__name__}).", err=True)
    return UNREADABLE


def _replayed(
    replays: Replays, paths: tuple[Path, Path], source: str | None, *, as_json: bool
) -> int:
    old, new = (replays.load(path).ruleset for path in paths)
    loaded = _loaded(replays, source, common_words(old.words, new.words))
    found = replay(loaded.concerns, old, new, today=replays.day(), rests=replays.rests)
    if as_json:
        left_out = replay_words.plain_left_out(loaded.bad, loaded.left_out)
        typer.echo(json.dumps({**replay_words.plain(found), **left_out}, ensure_ascii=False))
    else:
        typer.echo("\n".join(replay_words.text(found)))
        _tell_left_out(loaded, source or "")
    return UNREADABLE if loaded.left_out else SOUND


def _loaded(replays: Replays, source: str | None, words: Vocabulary) -> Loaded:
    if source is None:
        return Loaded(replays.history(words))
    if source == "-":
        return replays.read_lines(sys.stdin.buffer, words)
    return replays.read(Path(source), words)


def _converted(replays: Replays, source: Path, target: Path, *, rules: list[Path] | None) -> int:
    files = [replays.load(path) for path in rules] if rules else [replays.load(None)]
    words = reduce(common_words, (file.ruleset.words for file in files))
    loaded = replays.convert(source, target, words)
    typer.echo(f"{replay_words.concerns(len(loaded.concerns))} till {target.name}.")
    _tell_left_out(loaded, source.name)
    return UNREADABLE if loaded.left_out else SOUND


def _tell_left_out(loaded: Loaded, name: str) -> None:
    for line in replay_words.left_out(loaded.bad, loaded.left_out, name):
        typer.echo(line, err=True)

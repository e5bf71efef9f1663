"""`hub statement`: the daily statements to read and to verify, and the key they are signed with."""

import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

import typer

from hub.starting import CannotStart
from hub.wiring.house import open_house, settings_from
from hub.wiring.seal import required_seal
from rules.errors import NotVisible
from workflows.daily_statement import Signed, readable
from workflows.ports import Office
from workflows.statement_words import headline, lines, marks
from workflows.statements import KEEPER, check, read_all, read_one

UNSIGNED = (
    "Dagsintygens kedja är prövad, men inte vem som har skrivit under dem: ingen nyckel är känd."
    " Sätt HUB_STATEMENT_KEY eller HUB_SECRET_KEY, eller ge den publika nyckeln med --key."
)

statement_app = typer.Typer(name="statement", help="Dagsintygen.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]
Day = Annotated[
    datetime | None,
    typer.Argument(metavar="DAG", formats=["%Y-%m-%d"], help="Vilken dag; annars den senaste."),
]
Keys = Annotated[
    list[str] | None,
    typer.Option("--key", metavar="HEX", help="En publik nyckel till att lita på."),
]
Hashes = Annotated[
    list[str] | None,
    typer.Option("--seen", metavar="HASH", help="En hash ur ett brev; intyget ska finnas kvar."),
]


@statement_app.command()
def show(day: Day = None, as_json: AsJson = False) -> None:
    """Skriver dagens intyg, eller det för en viss dag. Slut 1 om det inte finns."""
    with open_house(settings_from(os.environ)) as house:
        signed = _wanted(house.office, day.date() if day else None)
    typer.echo(json.dumps(_columns(signed), ensure_ascii=False) if as_json else _text(signed))


@statement_app.command()
def verify(keys: Keys = None, seen: Hashes = None, as_json: AsJson = False) -> None:
    """Prövar varje underskrift, kedjan och journalen. Slut 1 och varje fel, om något."""
    settings = settings_from(os.environ)
    seal = required_seal(settings)
    with open_house(settings) as house:
        checked = check(house.office, seal, keys=keys or (), seen=seen or ())
    count = len(checked.kept)
    told = {"sound": not checked.faults, "count": count, "faults": list(checked.faults)}
    text = checked.faults or (f"{count} dagsintyg hänger ihop.",)
    typer.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(text))
    raise typer.Exit(1 if checked.faults else 0)


@statement_app.command()
def key(as_json: AsJson = False) -> None:
    """Skriver den publika nyckeln, så att andra kan pröva underskriften."""
    seal = required_seal(settings_from(os.environ))
    told = {"key": seal.key, "pem": seal.pem}
    typer.echo(json.dumps(told) if as_json else f"{seal.key}\n{seal.pem}".rstrip())


def _wanted(office: Office, day: date | None) -> Signed:
    if day is None:
        newest = next(iter(read_all(office, KEEPER)), None)
        if newest is None:
            raise CannotStart(["Inget dagsintyg finns ännu."])
        return newest
    try:
        return read_one(office, KEEPER, day)
    except NotVisible:
        raise CannotStart([f"Det finns inget dagsintyg för {day}."]) from None


def _columns(signed: Signed) -> dict[str, object]:
    """The text as it was signed, so that the signature can be tried on it."""
    return {
        "number": signed.number,
        "day": signed.day.isoformat(),
        "text": signed.text,
        "hash": signed.hash,
        "signature": signed.signature,
        "key": signed.key,
    }


def _text(signed: Signed) -> str:
    return "\n".join(_lines(signed))


def _lines(signed: Signed) -> Iterator[str]:
    said = readable(signed)
    if said is None:
        raise CannotStart([f"{signed.name}: texten går inte att läsa."])
    yield signed.name
    yield headline(said)
    yield from (f"{name}: {value}" for name, value in (*lines(said), *marks(signed)))

"""`hub deliveries`: what does not get through, and dead letters sent again."""

import json
import os
from collections.abc import Iterator
from typing import Annotated

import typer

from hub.api.shown.deliveries import DeliveriesShown, DeliveryShown
from hub.sessions import spelled
from hub.starting import CannotStart
from hub.wiring.house import open_house, settings_from
from rules.local_time import STOCKHOLM
from rules.people import Actor
from workflows.deliveries import read_deliveries, resend
from workflows.ports import Office

deliveries_app = typer.Typer(help="Utskick: det som inte går fram.", no_args_is_help=True)

Who = Annotated[str, typer.Option("--as", help="Användarnamnet på den som gör det; det sparas.")]
AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


@deliveries_app.callback()
def deliveries() -> None:
    """Utskick: det som inte går fram."""


@deliveries_app.command("list")
def list_deliveries(who: Who, as_json: AsJson = False) -> None:
    """Döda brev och det som är på väg. Slut 1 om det finns döda brev."""
    with open_house(settings_from(os.environ)) as house:
        found = DeliveriesShown.of(read_deliveries(house.office, _person(house.office, who)))
    if as_json:
        told = {"dead": _plain(found.dead), "under_way": _plain(found.under_way)}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        typer.echo("\n".join(_lines(found)))
    raise typer.Exit(1 if found.dead else 0)


@deliveries_app.command("resend")
def resend_deliveries(
    numbers: Annotated[list[int], typer.Argument(metavar="NUMMER…", help="Döda brevens nummer.")],
    who: Who,
    as_json: AsJson = False,
) -> None:
    """Skickar döda brev igen, under samma nyckel. Slut 1 om något av dem inte är ett dött brev."""
    with open_house(settings_from(os.environ)) as house:
        person = _person(house.office, who)
        again = [DeliveryShown.of(resend(house.office, person, number)) for number in numbers]
    if as_json:
        typer.echo(json.dumps({"resent": _plain(tuple(again))}, ensure_ascii=False))
    else:
        typer.echo("\n".join(f"{it.id}: {it.subject} skickas igen." for it in again))


def _person(office: Office, username: str) -> Actor:
    with office.uow() as work:
        account = work.people.by_username(spelled(username))
    if account is None or not account.active:
        raise CannotStart([f"--as: kontot {username} finns inte eller är stängt."])
    return account.actor


def _plain(shown: tuple[DeliveryShown, ...]) -> list[object]:
    return [it.model_dump(mode="json") for it in shown]


def _lines(found: DeliveriesShown) -> Iterator[str]:
    for title, lines in (("Döda brev", found.dead), ("På väg", found.under_way)):
        yield f"{title}: {len(lines)}"
        for it in lines:
            at = it.made_at.astimezone(STOCKHOLM)
            why = f", {it.tries} försök: {it.failed}" if it.failed else ""
            yield f"  {it.id}  {at:%Y-%m-%d %H:%M}  {it.way.value}  {it.subject}{why}"

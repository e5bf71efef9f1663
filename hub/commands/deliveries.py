"""`hub deliveries`: what does not get through, and dead letters sent again or seen to."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated

import typer

from hub.api.shown.deliveries import DeliveriesShown, DeliveryShown
from hub.sessions import spelled
from hub.starting import CannotStart
from hub.wiring.house import open_house, settings_from
from rules.errors import NotVisible, Refusal
from rules.local_time import STOCKHOLM
from rules.people import Actor
from workflows.deliveries import Followed, read_deliveries, resend, settle
from workflows.ports import Office

_HIGHEST = 2**63 - 1
_UNKNOWN = "Det finns inget sådant meddelande bland dem som du får se."

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
    numbers: Annotated[
        list[int],
        typer.Argument(metavar="NUMMER…", help="Döda brevens nummer.", min=1, max=_HIGHEST),
    ],
    who: Who,
    as_json: AsJson = False,
) -> None:
    """Skickar döda brev igen, under samma nyckel. Slut 1 om något av dem inte är ett dött brev."""
    with open_house(settings_from(os.environ)) as house:
        person = _person(house.office, who)
        again, refused = _each(numbers, lambda number: resend(house.office, person, number))
    if as_json:
        typer.echo(json.dumps({"resent": _plain(again)}, ensure_ascii=False))
    else:
        for it in again:
            typer.echo(f"{it.id}: {it.subject} skickas igen.")
    if refused:
        raise CannotStart(refused)


@deliveries_app.command("settle")
def settle_delivery(
    number: Annotated[
        int,
        typer.Argument(metavar="NUMMER", help="Det döda brevets nummer.", min=1, max=_HIGHEST),
    ],
    who: Who,
    reason: Annotated[str, typer.Option(help="Hur det är avklarat; det sparas.")],
    as_json: AsJson = False,
) -> None:
    """Ett dött brev är avklarat på annat sätt. Slut 1 om det inte är ett dött brev."""
    with open_house(settings_from(os.environ)) as house:
        person = _person(house.office, who)
        done, refused = _each(
            [number], lambda one: settle(house.office, person, one, reason=reason)
        )
    if refused:
        raise CannotStart(refused)
    if as_json:
        typer.echo(json.dumps({"settled": _plain(done)}, ensure_ascii=False))
    else:
        typer.echo("\n".join(f"{it.id} är avklarat: {it.subject}" for it in done))


def _each(
    numbers: Sequence[int], step: Callable[[int], Followed]
) -> tuple[tuple[DeliveryShown, ...], list[str]]:
    """Those that the step was taken with, and a sentence for each that it was refused for."""
    done: list[DeliveryShown] = []
    refused: list[str] = []
    for number in numbers:
        try:
            done.append(DeliveryShown.of(step(number)))
        except NotVisible:
            refused.append(f"{number}: {_UNKNOWN}")
        except Refusal as refusal:
            refused.append(f"{number}: {refusal.sentence}")
    return tuple(done), refused


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

"""`hub users` and `hub tokens`: accounts for people, tokens for other systems."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import uuid4

import typer

from hub.api.bearer import TOKEN
from hub.desk import Passwords, Tokens
from hub.sessions import spelled
from hub.starting import CannotStart
from hub.wiring.desk import OpaqueTokens
from hub.wiring.house import open_house, settings_from
from rules.errors import Invalid
from rules.language.wording import listed
from rules.people import Role
from rules.policy import Policy
from workflows.ports import Account, Office, Session, UnitOfWork

SHORTEST_PASSWORD = 12


users_app = typer.Typer(help="Konton.", no_args_is_help=True)
tokens_app = typer.Typer(help="API-nycklar.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Svara med JSON.")]


@users_app.callback()
def users() -> None:
    """Konton."""


@tokens_app.callback()
def tokens() -> None:
    """API-nycklar."""


@users_app.command("add")
def add_user(
    username: Annotated[str, typer.Argument(help="Användarnamn.")],
    name: Annotated[str, typer.Option(help="För- och efternamn.")],
    role: Annotated[list[Role], typer.Option(help="Roll; kan anges flera gånger.")],
    unit: Annotated[str | None, typer.Option(help="Enhet enligt rules.yaml.")] = None,
    email: Annotated[str | None, typer.Option(help="E-postadress för meddelanden.")] = None,
    delegation: Annotated[
        list[str] | None, typer.Option(help="Delegation enligt rules.yaml; flera gånger.")
    ] = None,
    password: Annotated[
        str,
        typer.Option(
            envvar="NEW_PASSWORD",
            prompt="Lösenord",
            hide_input=True,
            confirmation_prompt="Lösenordet igen",
            help="Frågas efter om det inte anges.",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Lägger till ett konto."""
    with open_house(settings_from(os.environ)) as house:
        account = Account(
            id=str(uuid4()),
            username=spelled(username),
            name=name.strip(),
            roles=frozenset(role),
            unit=unit,
            delegations=frozenset(delegation or ()),
            email=email,
            password=password,
        )
        policy = house.rules.current().policy
        add_account(house.office, account, policy=policy, passwords=house.passwords)
    found = {"id": account.id, "username": account.username}
    typer.echo(json.dumps(found) if as_json else f"Kontot {account.username} finns nu.")


@users_app.command("close")
def close_user(
    username: Annotated[str, typer.Argument(help="Kontot för den som har slutat.")],
) -> None:
    """Stänger ett konto: inloggningar och API-nycklar slutar gälla genast."""
    with open_house(settings_from(os.environ)) as house:
        shut_account(house.office, username)
    typer.echo(f"Kontot {spelled(username)} är stängt.")


@tokens_app.command("add")
def add_token(
    username: Annotated[str, typer.Argument(help="Kontot som nyckeln gäller för.")],
    as_json: AsJson = False,
) -> None:
    """Ger ett konto en API-nyckel. Den visas en gång och kan inte läsas igen."""
    with open_house(settings_from(os.environ)) as house:
        token = give_token(house.office, username, tokens=OpaqueTokens(), at=house.office.clock())
    found = {"username": username, "token": token}
    typer.echo(json.dumps(found) if as_json else token)


def add_account(office: Office, account: Account, *, policy: Policy, passwords: Passwords) -> None:
    """Keep `account` with its password hashed; raises Invalid with every fault."""
    account = replace(account, username=spelled(account.username))
    faults = dict(_faults(account, policy))
    if faults:
        raise Invalid(faults)
    hashed = passwords.hash(account.password)
    with office.uow() as work:
        work.people.add(replace(account, password=hashed))
        work.commit()


def shut_account(office: Office, username: str) -> None:
    """Whoever has left comes in no more; what they did stays under their name."""
    with office.uow() as work:
        work.people.shut(_open_account(work, username).id)
        work.commit()


def _open_account(work: UnitOfWork, username: str) -> Account:
    account = work.people.by_username(spelled(username))
    if account is None or not account.active:
        raise CannotStart([f"Kontot {username} finns inte."])
    return account


def give_token(office: Office, username: str, *, tokens: Tokens, at: datetime) -> str:
    """A new token of the account; only its hash is stored."""
    token = tokens.new()
    with office.uow() as work:
        session = Session(
            token_hash=tokens.hash(token),
            account_id=_open_account(work, username).id,
            csrf="",
            started_at=at,
            seen_at=at,
            kind=TOKEN,
        )
        work.people.start_session(session)
        work.commit()
    return token


def _faults(account: Account, policy: Policy) -> Iterator[tuple[str, str]]:
    if not account.username or any(sign.isspace() for sign in account.username):
        yield "username", "Användarnamnet ska vara ett ord."
    if not account.name:
        yield "name", "Skriv för- och efternamn."
    if account.unit is not None and account.unit not in policy.units:
        yield "unit", f"Enheten finns inte; välj {listed(list(policy.units))}."
    if account.unit is None and not account.roles.isdisjoint(_WITH_UNIT):
        yield "unit", "Rollen hör till en enhet; ange --unit."
    known = sorted({one.requires for one in policy.delegation})
    if not account.delegations.issubset(known):
        yield "delegation", f"Delegationen finns inte; välj {listed(known)}."
    if account.email is not None and "@" not in account.email:
        yield "email", "E-postadressen saknar @."
    if len(account.password) < SHORTEST_PASSWORD:
        yield "password", f"Lösenordet ska ha minst {SHORTEST_PASSWORD} tecken."


_WITH_UNIT = frozenset({Role.INTAKE, Role.UNIT, Role.INVESTIGATOR, Role.UNIT_MANAGER})

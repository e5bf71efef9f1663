"""`hub users add` and `hub tokens add`: what is kept, and what is refused with which words."""

from dataclasses import replace

import pytest

from adapters.passwords import cheap_passwords, new_token, token_hash
from hub.commands.accounts import add_account, give_token, shut_account
from hub.starting import CannotStart
from rules.errors import Invalid
from rules.people import Role
from tests.people import World
from workflows.ports import Account

PASSWORDS = cheap_passwords()
SOUND = Account(
    id="3a6e3c1e-0000-4000-8000-000000000001",
    username="maria",
    name="Maria Lindqvist",
    roles=frozenset({Role.INTAKE}),
    unit="mottagning",
    delegations=frozenset({"inleda_utredning"}),
    email="maria@kommun.example",
    password="vinter åska stubbe",
)


class Tokens:
    """The real ones."""

    def new(self) -> str:
        return new_token()

    def hash(self, token: str) -> str:
        return token_hash(token)


def add(world: World, account: Account) -> None:
    add_account(world.office, account, policy=world.rulebook.policy, passwords=PASSWORDS)


def test_an_account_is_kept_with_its_password_hashed() -> None:
    world = World()

    add(world, SOUND)

    (kept,) = world.store.accounts.values()
    assert kept.password != SOUND.password
    assert PASSWORDS.verify(kept.password, SOUND.password)


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"username": "två ord"}, "username", "ett ord"),
        ({"username": ""}, "username", "ett ord"),
        ({"name": ""}, "name", "efternamn"),
        ({"unit": "hittepå"}, "unit", "mottagning"),
        ({"unit": None}, "unit", "--unit"),
        ({"delegations": frozenset({"allt"})}, "delegation", "inleda_utredning"),
        ({"email": "maria"}, "email", "@"),
        ({"password": "kort"}, "password", "minst 12"),
    ],
)
def test_a_fault_says_what_to_do(change: dict[str, object], field: str, words: str) -> None:
    world = World()

    with pytest.raises(Invalid) as refused:
        add(world, replace(SOUND, **change))  # type: ignore[arg-type]

    assert words in refused.value.faults[field]
    assert world.store.accounts == {}


def test_a_user_name_can_be_taken_once() -> None:
    world = World()
    add(world, SOUND)

    with pytest.raises(Invalid):
        add(world, replace(SOUND, id="3a6e3c1e-0000-4000-8000-000000000002"))


def test_a_user_name_has_one_spelling_however_it_is_typed() -> None:
    world = World()
    add(world, replace(SOUND, username=" Maria "))

    with world.office.uow() as work:
        assert work.people.by_username("maria") is not None
    assert give_token(world.office, "MARIA", tokens=Tokens(), at=world.clock.now)
    with pytest.raises(Invalid):
        add(world, replace(SOUND, id="annat-konto", username="MARIA"))


def test_of_a_token_only_the_hash_is_kept() -> None:
    world = World()
    add(world, SOUND)

    token = give_token(world.office, "maria", tokens=Tokens(), at=world.clock())

    (session,) = (one for one in world.store.sessions.values() if one)
    assert session.token_hash == token_hash(token)
    assert session.kind == "token"
    assert token not in repr(session)


def test_a_token_for_nobody_is_refused() -> None:
    with pytest.raises(CannotStart, match="finns inte"):
        give_token(World().office, "maria", tokens=Tokens(), at=World().clock())


def test_whoever_has_left_comes_in_no_more_and_gets_no_token() -> None:
    world = World()
    add(world, SOUND)
    shut_account(world.office, "Maria")

    with world.office.uow() as work:
        account = work.people.by_username("maria")
    assert account is not None
    assert not account.active
    with pytest.raises(CannotStart):
        give_token(world.office, "maria", tokens=Tokens(), at=world.clock.now)
    with pytest.raises(CannotStart):
        shut_account(world.office, "maria")

"""Loads the demo once: accounts first and last, the cases between them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from hub.demo import calm, past, postponed, urgent
from hub.demo.accounts import LAST, PASSWORD, PEOPLE, RULE_OWNER, account_id, accounts
from hub.demo.rules import Rewrite, propose
from hub.demo.stage import MovableClock, Scene, Stage, play
from hub.desk import Passwords
from workflows.delivery_ports import Post
from workflows.ports import Account, Office

FRESHEST = "demo:nyss-inkommen"


class State(StrEnum):
    """What the database holds."""

    EMPTY = "tom"
    WHOLE = "hel demo"
    HALF = "avbruten demo"
    OTHER = "annat än demo"


def state(office: Office) -> State:
    """Whether a demo may be loaded, is loaded, or must be left alone."""
    with office.uow() as work:
        found = {account.id for account in work.people.everyone()}
    ours = {account_id(person.username) for person in PEOPLE}
    if not found:
        return State.EMPTY
    if account_id(LAST) in found:
        return State.WHOLE
    return State.HALF if found <= ours else State.OTHER


def load(office: Office, post: Post, passwords: Passwords, *, rewrite: Rewrite) -> None:
    """Play every course, up to the present moment, and lay a proposal to new rules."""
    everybody = list(_accounts(passwords))
    _keep(office, everybody[:-1])
    scenes = list(_scenes())
    now = office.clock()
    clock = MovableClock(now - timedelta(minutes=max(scene.ago for scene in scenes) + 1))
    actors = {account.username: account.actor for account in everybody}
    play(Stage(replace(office, clock=clock), clock, post, now, actors), scenes)
    propose(office, actors[RULE_OWNER], rewrite)
    _keep(office, everybody[-1:])


def _scenes() -> Iterator[Scene]:
    for stories in (past, postponed, calm, urgent):
        yield from stories.scenes()


def _accounts(passwords: Passwords) -> Iterator[Account]:
    """One hash serves them all, as does one password."""
    stored = passwords.hash(PASSWORD)
    return accounts(lambda _password: stored)


def _keep(office: Office, everybody: list[Account]) -> None:
    with office.uow() as work:
        for account in everybody:
            work.people.add(account)
        work.commit()

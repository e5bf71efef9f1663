"""What happens around the cases, in acts: accounts, logins, rules, ratings and processes."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from uuid import uuid4

from adapters.columns.past import ColumnConcerns
from adapters.database import owner_engine
from adapters.passwords import cheap_passwords
from adapters.rebuilding import rebuild
from adapters.rulesfile import parse, read
from adapters.schema import migrate
from adapters.signing import derived
from hub import sessions
from hub.api import bearer
from hub.commands.accounts import add_account, give_token, shut_account
from hub.demo import loading
from hub.desk import Desk
from hub.wiring.desk import OpaqueTokens
from rules.days import Days
from rules.level import Level
from rules.people import Role
from rules.versions import LEAD
from tests.chaos.place import Place
from tests.chaos.story_of_cases import refused
from tests.chaos.survivors import Act
from tests.hub.web import PASSWORD, desk
from tests.people import EVERYONE, GRY, RUT, VIVI, World, account, actor, rules
from workflows import (
    drift,
    history,
    nodes,
    ratings,
    recomputing,
    shadowing,
    statements,
    versions,
)
from workflows.node_ports import Node
from workflows.rule_books import RuleBooks

ADA = actor("Ada", Role.REVIEWER)
RATERS = tuple(actor(name, Role.INTAKE, unit="mottagning") for name in ("Rakel", "Rolf"))
TEXT = read()
NEWER = TEXT.replace('version: "2026.1"', 'version: "2026.8"')
OTHER = TEXT.replace('version: "2026.1"', 'version: "2026.9"')
SEAL = derived("x" * 32)
DAYS = Days(date(2026, 3, 1), date(2026, 3, 31))


def before() -> tuple[Act, ...]:
    """Before the first case."""
    return (
        Act(
            "keep accounts", lambda it: loading._keep(it.office, [account(one) for one in _PEOPLE])
        ),
        Act("rules", _installed),
        Act("account", _account_added),
        Act("login", _logged_in),
        Act("wrong password", _guessed),
        Act("token", _token_given),
        Act("token used", _token_used, minutes=5),
        Act("wrong token", lambda it: bearer._count(_desk(it), "10.0.0.1")),
        Act("login used", lambda it: sessions.find_login(_desk(it), it.noted("login")), minutes=5),
        Act("logout", _logged_out),
        Act("account shut", lambda it: shut_account(it.office, "ada")),
        Act("node", _joined),
        Act("node beats", lambda it: nodes.beat(it.office, _node(it))),
        Act("node leaves", lambda it: nodes.leave(it.office, it.noted("node"))),
    )


_PEOPLE = (*EVERYONE, *RATERS)


def after() -> tuple[Act, ...]:
    """When there are cases."""
    return (
        Act("statement", lambda it: statements.make(it.office, SEAL, skew=timedelta(0))),
        Act("statements", lambda it: statements.read_all(it.office, VIVI)),
        Act("one statement", _one_statement),
        Act(
            "no rule owner",
            lambda it: refused(lambda: versions.propose(it.office, GRY, text=NEWER)),
        ),
        Act("propose", lambda it: versions.propose(it.office, RUT, text=NEWER)),
        Act("shadow", lambda it: shadowing.start(it.office, RUT, _name(NEWER))),
        Act("approve", _approved),
        Act("propose another", lambda it: versions.propose(it.office, RUT, text=OTHER)),
        Act("reject", lambda it: versions.reject(it.office, VIVI, _name(OTHER), reason="Nej.")),
        Act("shadow follows", lambda it: shadowing.Shadows(it.office).follow()),
        Act("shadow compared", _compared),
        Act("shadow ends", lambda it: shadowing.stop(it.office, RUT, _name(NEWER))),
        Act(
            "drift", lambda it: drift.read_drift(it.office, RUT, ruleset=rules().ruleset, days=DAYS)
        ),
        Act("history", _history),
        Act("recompute", lambda it: recomputing.recompute(it.office)),
        Act("draw", lambda it: ratings.draw_sample(it.office, RUT, size=5, days=DAYS)),
        Act("blind", _read_blind),
        Act("rate", lambda it: _rated(it, 0)),
        Act("rate again", lambda it: _rated(it, 1)),
        Act("differing", lambda it: ratings.differing(it.office, RATERS[0])),
        Act("likeness", _likeness),
        Act("rebuild", lambda it: rebuild(it.engine)),
        Act("migrate", _migrated),
    )


def warm() -> None:
    """Read the versions of the rules once, before the acts part."""
    for said in (TEXT, NEWER, OTHER):
        _name(said)


def _desk(place: Place) -> Desk:
    return replace(desk(World()), office=place.office, tokens=OpaqueTokens())


@cache
def _name(said: str) -> str:
    return parse(said).version


def _installed(place: Place) -> None:
    RuleBooks(place.office.uow).install(_name(TEXT), TEXT, at=place.clock.now - timedelta(days=1))


def _account_added(place: Place) -> None:
    ada = account(ADA, PASSWORD)
    add_account(place.office, ada, policy=rules().policy, passwords=cheap_passwords())


def _logged_in(place: Place) -> None:
    here = _desk(place)
    token = sessions.log_in(here, username="ada", password=PASSWORD, address="10.0.0.1")
    place.note("login", token)


def _guessed(place: Place) -> None:
    try:
        sessions.log_in(_desk(place), username="ada", password="fel", address="10.0.0.2")
    except sessions.WrongLogin:
        return
    raise AssertionError("a wrong password was taken")


def _token_given(place: Place) -> None:
    place.note("token", give_token(place.office, "mira", tokens=OpaqueTokens(), at=place.clock.now))


def _token_used(place: Place) -> None:
    assert bearer._actor(_desk(place), OpaqueTokens().hash(place.noted("token"))) is not None


def _logged_out(place: Place) -> None:
    login = sessions.find_login(_desk(place), place.noted("login"))
    if login is not None:
        sessions.log_out(_desk(place), login.session)


def _joined(place: Place) -> None:
    """Each process is another one, also the one that is started instead of a dead one."""
    place.note("node", str(uuid4()))
    nodes.join(place.office, _node(place))


def _node(place: Place) -> Node:
    at = place.clock.now
    return Node(
        id=place.noted("node"),
        kind="work",
        host="a",
        program="1",
        schema="0011",
        started_at=at,
        seen_at=at,
    )


def _one_statement(place: Place) -> None:
    with place.office.uow() as work:
        newest = work.statements.newest()
    assert newest is not None
    statements.read_one(place.office, VIVI, newest.day)


def _approved(place: Place) -> None:
    base, at = _name(TEXT), place.clock.now + 2 * LEAD
    versions.approve(place.office, VIVI, _name(NEWER), effective_at=at, base=base)


def _history(place: Place) -> None:
    history.read_history(place.office, RUT, rules().ruleset.words, gather=ColumnConcerns.of)


def _compared(place: Place) -> None:
    with place.office.uow() as work:
        newest = work.rules.shadows()[0]
    shadowing.comparison(place.office, RUT, newest.id)


def _sample(place: Place) -> int:
    with place.office.uow() as work:
        return work.ratings.samples()[0].id


def _read_blind(place: Place) -> None:
    ratings.read_blind(place.office, RATERS[0], (_sample(place), 1))


def _likeness(place: Place) -> None:
    ratings.likeness(place.office, RUT, _sample(place))


def _rated(place: Place, rater: int) -> None:
    level = (Level.RED, Level.ORANGE)[rater]
    ratings.rate(place.office, RATERS[rater], (_sample(place), 1), level=level, reason="Skäl.")


def _migrated(place: Place) -> None:
    """The schema anew, in a database of its own beside this one."""
    owner = owner_engine(place.url.set(database=f"{place.url.database}_new"))
    migrate(owner)
    owner.dispose()

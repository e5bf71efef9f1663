"""Who acts in a simulation: one account for each team and unit; a team's people share it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.people import Actor, Role
from rules.policy import UnitKind
from workflows.ports import Account, Office

_MAIL = "simulering.example"


@dataclass(frozen=True, slots=True)
class People:
    """The actors by what they do; units and chefs by the name of their unit."""

    intake: Actor
    decider: Actor
    investigator: Actor
    units: dict[str, Actor]
    chefs: dict[str, Actor]


def admitted(office: Office) -> People:
    """Everybody that the policy of the office asks for, with accounts that can be written to."""
    policy = office.rulebook().policy
    intake = next(name for name, it in policy.units.items() if it.kind is UnitKind.INTAKE)
    delegations = frozenset(it.requires for it in policy.delegation)
    investigators = policy.routing.investigators
    people = People(
        intake=_actor("mottagning", Role.INTAKE, intake),
        decider=_actor("beslutare", Role.INTAKE, intake, delegations=delegations),
        investigator=_actor("utredare", Role.INVESTIGATOR, investigators),
        units={name: _actor(f"enhet-{name}", Role.UNIT, name) for name in policy.units},
        chefs={name: _actor(f"chef-{name}", Role.UNIT_MANAGER, name) for name in policy.units},
    )
    with office.uow() as work:
        for actor in _everybody(people):
            work.people.add(_account(actor))
        work.commit()
    return people


def address(actor: Actor) -> str:
    """Where mail to `actor` goes."""
    return f"{actor.id}@{_MAIL}"


def _everybody(people: People) -> Iterator[Actor]:
    yield from (people.intake, people.decider, people.investigator)
    yield from people.units.values()
    yield from people.chefs.values()
    yield Actor("verksamhetschef", "verksamhetschef", frozenset({Role.MANAGER}))


def _actor(name: str, role: Role, unit: str, *, delegations: frozenset[str] = frozenset()) -> Actor:
    return Actor(name, name, frozenset({role}), unit, delegations)


def _account(actor: Actor) -> Account:
    return Account(
        id=actor.id,
        username=actor.id,
        name=actor.name,
        roles=actor.roles,
        unit=actor.unit,
        delegations=actor.delegations,
        email=address(actor),
        password="",
    )

"""The demo's accounts: one for every role and unit, all with the same printed password."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from hub.desk import DemoAccount
from rules.people import Role
from workflows.ports import Account

PASSWORD = "prova-hubben"  # noqa: S105  printed for everybody, and refused outside a demo
_MAIL = "kommunen.example"
_BOTH = frozenset({"inleda_utredning", "inte_inleda_utredning"})


@dataclass(frozen=True, slots=True)
class Person:
    """One account, and what one comes to the demo to do with it."""

    username: str
    name: str
    role: Role
    unit: str | None
    what: str
    delegations: frozenset[str] = frozenset()


PEOPLE = (
    Person(
        "mottagning",
        "Maria Lindqvist",
        Role.INTAKE,
        "mottagning",
        "registrera, bedöma, kalla hubben, besluta, lämna över",
        _BOTH,
    ),
    Person(
        "mottagning2",
        "Johan Berggren",
        Role.INTAKE,
        "mottagning",
        "andra person: pröva en sänkning",
        frozenset({"inleda_utredning"}),
    ),
    Person("barn", "Amina Hassan", Role.UNIT, "barn", "svara för Barn och familj"),
    Person("barn2", "Per Nyström", Role.UNIT, "barn", "ersättare i Barn och familj"),
    Person("ungdom", "Leila Karimi", Role.UNIT, "ungdom", "svara för Ungdom"),
    Person("vuxen", "Anders Holm", Role.UNIT, "vuxen", "svara för Vuxen och missbruk"),
    Person("vald", "Sara Ekdahl", Role.UNIT, "vald", "svara för Våld i nära relation"),
    Person("ekonomi", "Mikael Öberg", Role.UNIT, "ekonomi", "svara för Ekonomiskt bistånd"),
    Person("familjeratt", "Ingrid Falk", Role.UNIT, "familjeratt", "svara för Familjerätten"),
    Person("utredare", "Karin Sandell", Role.INVESTIGATOR, "utredning", "ta emot överlämningar"),
    Person("utredare2", "Daniel Åkesson", Role.INVESTIGATOR, "utredning", "en annan utredare"),
    Person(
        "chef",
        "Helena Strand",
        Role.UNIT_MANAGER,
        "mottagning",
        "se mottagningens frister, förklara fristbrott",
        _BOTH,
    ),
    Person("chef-barn", "Tomas Rydell", Role.UNIT_MANAGER, "barn", "chef, Barn och familj"),
    Person("chef-ungdom", "Eva Hedlund", Role.UNIT_MANAGER, "ungdom", "chef, Ungdom"),
    Person("chef-vuxen", "Lars Wiklund", Role.UNIT_MANAGER, "vuxen", "chef, Vuxen och missbruk"),
    Person("chef-vald", "Nadia Rahimi", Role.UNIT_MANAGER, "vald", "chef, Våld i nära relation"),
    Person("chef-ekonomi", "Göran Palm", Role.UNIT_MANAGER, "ekonomi", "chef, Ekonomiskt bistånd"),
    Person(
        "chef-familjeratt", "Ulla Brink", Role.UNIT_MANAGER, "familjeratt", "chef, Familjerätten"
    ),
    Person(
        "chef-utredning",
        "Stefan Norling",
        Role.UNIT_MANAGER,
        "utredning",
        "chef, Utredning: ge en utredning mer tid",
        frozenset({"inleda_utredning"}),
    ),
    Person("verksamhetschef", "Birgitta Ahl", Role.MANAGER, None, "se alla frister och brott"),
    Person("regelansvarig", "Oskar Lund", Role.RULE_OWNER, None, "ansvara för reglerna"),
    Person("granskare", "Yasmin Demir", Role.REVIEWER, None, "granska vem som läst vad"),
    Person("socialjour", "Peter Lind", Role.DUTY, None, "ta över när kontoret är stängt"),
    Person("forvaltare", "Jonas Vik", Role.ADMINISTRATOR, None, "se utskick och drift"),
)
LAST = PEOPLE[-1].username
RULE_OWNER = "regelansvarig"


def account_id(username: str) -> str:
    """The same in every demo, so that a demo account can be recognised."""
    return str(uuid5(NAMESPACE_URL, f"demo:{username}"))


def accounts(hash_password: Callable[[str], str]) -> Iterator[Account]:
    """The accounts as they are stored."""
    for person in PEOPLE:
        yield Account(
            id=account_id(person.username),
            username=person.username,
            name=person.name,
            roles=frozenset({person.role}),
            unit=person.unit,
            delegations=person.delegations,
            email=f"{person.username}@{_MAIL}",
            password=hash_password(PASSWORD),
        )


def shown() -> tuple[DemoAccount, ...]:
    """The accounts as they are printed and shown at the login."""
    return tuple(
        DemoAccount(username=one.username, name=one.name, what=one.what, password=PASSWORD)
        for one in PEOPLE
    )

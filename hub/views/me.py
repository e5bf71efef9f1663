"""The person at the screen: name, roles and where they can go."""

from collections.abc import Iterator
from dataclasses import dataclass

from hub.views import words
from rules.clocks import intake_unit
from rules.duty import reads_list
from rules.people import Actor, Role
from rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text; `here` when it is the page that is shown."""

    href: str
    text: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Me:
    """What the top of every page shows."""

    name: str
    roles: str
    unit: str
    links: tuple[Link, ...]
    rules: tuple[Link, ...]


Places = tuple[tuple[str, str, frozenset[Role]], ...]

_PLACES: Places = (
    ("/", "Start", frozenset()),
    ("/concerns", "Ny anmälan", frozenset({Role.INTAKE})),
    (
        "/cases",
        "Ärenden",
        frozenset({Role.INTAKE, Role.UNIT, Role.UNIT_MANAGER, Role.INVESTIGATOR}),
    ),
    ("/meetings", "Möten", frozenset({Role.INTAKE, Role.UNIT_MANAGER, Role.MANAGER})),
    ("/absences", "Frånvaro", frozenset({Role.UNIT})),
    ("/duty", "Socialjour", frozenset({Role.DUTY, Role.INTAKE, Role.UNIT_MANAGER})),
    ("/deadlines", "Frister", frozenset({Role.UNIT_MANAGER, Role.MANAGER})),
    ("/breaches", "Fristbrott", frozenset({Role.UNIT_MANAGER, Role.MANAGER})),
    (
        "/deliveries",
        "Utskick",
        frozenset({Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR}),
    ),
    ("/watch", "Bevakning", frozenset({Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR})),
    ("/statements", "Dagsintyg", frozenset({Role.MANAGER, Role.REVIEWER, Role.ADMINISTRATOR})),
    ("/access-log", "Åtkomstlogg", frozenset({Role.REVIEWER})),
    ("/rules", "Regler", frozenset()),
)
_ANSWERABLE = frozenset({Role.RULE_OWNER, Role.MANAGER, Role.REVIEWER})
# Within the pages about the rules.
_RULES: Places = (
    ("/rules", "Läs", frozenset()),
    ("/rules/trial", "Pröva", frozenset()),
    ("/rules/versions", "Versioner", _ANSWERABLE),
    ("/rules/drift", "Uppföljning", _ANSWERABLE),
    ("/rules/agreement", "Dubbelbedömning", _ANSWERABLE),
)


def me(actor: Actor, policy: Policy, path: str) -> Me:
    """Who is logged in, with the links that their roles have use for."""
    held = ", ".join(words.ROLES[role] for role in Role if role in actor.roles)
    unit = words.unit_name(policy, actor.unit) if actor.unit else ""
    return Me(
        actor.name,
        held,
        unit,
        links=tuple(
            it
            for it in _links(_PLACES, actor, path)
            if it.href != "/duty" or reads_list(actor, intake_unit(policy))
        ),
        rules=tuple(_links(_RULES, actor, path)),
    )


def _links(places: Places, actor: Actor, path: str) -> Iterator[Link]:
    for href, text, wanted in places:
        if not wanted or actor.has(*wanted):
            yield Link(href, text, here=_is_here(href, path))


def _is_here(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))

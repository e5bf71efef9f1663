"""The person at the screen: name, roles and where they can go."""

from dataclasses import dataclass

from hub.views import words
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


_PLACES: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/", "Start", frozenset()),
    ("/concerns", "Ny anmälan", frozenset({Role.INTAKE})),
    (
        "/cases",
        "Ärenden",
        frozenset({Role.INTAKE, Role.UNIT, Role.UNIT_MANAGER, Role.INVESTIGATOR}),
    ),
    ("/deadlines", "Frister", frozenset({Role.UNIT_MANAGER, Role.MANAGER})),
    (
        "/deliveries",
        "Utskick",
        frozenset({Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR}),
    ),
    ("/access-log", "Åtkomstlogg", frozenset({Role.REVIEWER})),
    ("/rules", "Regler", frozenset()),
)


def me(actor: Actor, policy: Policy, path: str) -> Me:
    """Who is logged in, with the links that their roles have use for."""
    links = tuple(
        Link(href, text, here=_is_here(href, path))
        for href, text, wanted in _PLACES
        if not wanted or actor.has(*wanted)
    )
    held = ", ".join(words.ROLES[role] for role in Role if role in actor.roles)
    unit = words.unit_name(policy, actor.unit) if actor.unit else ""
    return Me(actor.name, held, unit, links)


def _is_here(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))

"""Who may use a route: every one says so, and a route that does not stops the program at start."""

from dataclasses import dataclass

from rules.access import Action
from rules.people import Actor, Role


@dataclass(frozen=True, slots=True)
class Allow:
    """What a route asks of the one who comes; for a case the relation to it decides too."""

    anyone: bool = False
    roles: frozenset[Role] = frozenset()
    action: Action | None = None

    def lets(self, actor: Actor) -> bool:
        """Whether the roles are enough to come in; the case is asked by the workflow."""
        return not self.roles or actor.has(*self.roles)


PUBLIC = Allow(anyone=True)
LOGGED_IN = Allow()


def roles(*wanted: Role) -> Allow:
    """Only for those who hold one of the roles."""
    return Allow(roles=frozenset(wanted))


def on_case(action: Action) -> Allow:
    """For those whose relation to the case in the address permits the action."""
    return Allow(action=action)


class Undeclared(Exception):
    """A route does not say who may use it."""

"""Who acts: roles, units and delegations, as values."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person comes to the program to do; one person may hold several."""

    INTAKE = "mottagning"
    UNIT = "enhet"
    INVESTIGATOR = "utredare"
    UNIT_MANAGER = "enhetschef"
    MANAGER = "verksamhetschef"
    RULE_OWNER = "regelansvarig"
    REVIEWER = "granskare"
    DUTY = "socialjour"
    ADMINISTRATOR = "systemförvaltare"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the program itself) on whose behalf a step is taken."""

    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    unit: str | None = None
    delegations: frozenset[str] = frozenset()

    def has(self, *roles: Role) -> bool:
        """True when the actor holds any of `roles`."""
        return not self.roles.isdisjoint(roles)


PROGRAM = Actor(id="program", name="Programmet")

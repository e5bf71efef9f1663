"""Small municipalities for the tests of the simulation, and their stores to look into."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from hub.simulation.concerns import Example
from hub.simulation.playing import Plan, Played, play
from hub.simulation.profile import Outage, Profile
from hub.wiring.simulation import examples, profile_at
from tests.people import Ids, office, rules
from workflows.ports import Office


@dataclass
class Offices:
    """Makes offices on stores in memory, and keeps the stores."""

    stores: list[MemoryStore] = field(default_factory=list)

    def __call__(self, clock: Callable[[], datetime]) -> Office:
        store = MemoryStore()
        self.stores.append(store)
        return office(lambda: MemoryUnitOfWork(store), clock, Ids(), rules())


@cache
def shipped() -> Profile:
    return profile_at(None)


@cache
def concerns() -> tuple[Example, ...]:
    return examples()


def town(**changes: Any) -> Profile:
    """The shipped profile without outages, with some fields changed."""
    return shipped().model_copy(update={"outages": (), **changes})


def staffed(people: int, **changes: Any) -> Profile:
    """As many in every block, and nobody ever away."""
    profile = town(absence={}, **changes)
    blocks = tuple(it.model_copy(update={"people": people}) for it in profile.staffing)
    return profile.model_copy(update={"staffing": blocks})


def always(people: int, **changes: Any) -> Profile:
    """As many of each team at work day and night, and nobody ever away."""
    profile = town(absence={}, **changes)
    whole = {"days": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"), "start": 0, "end": 24}
    teams = {it.team: it.model_copy(update={**whole, "people": people}) for it in profile.staffing}
    return profile.model_copy(update={"staffing": tuple(teams.values())})


def run(
    profile: Profile, *, days: int = 4, tail: int = 2, seed: int = 3, made: Offices | None = None
) -> Played:
    plan = Plan(profile=profile, seed=seed, days=days, tail=tail)
    return play(plan, concerns(), made or Offices())


def outage(what: str, *, day: int, hour: int, hours: float) -> Outage:
    return Outage.model_validate({"what": what, "day": day, "hour": hour, "hours": hours})

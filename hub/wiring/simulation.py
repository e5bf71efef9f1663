"""What a municipality is played on: the store in memory, the rules, the profile, the charts."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from adapters import rulesfile
from adapters.calendar import rest_day
from adapters.charts import svg
from adapters.columns.past import ColumnConcerns
from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.profile_file import UnreadableProfile, example_lines, profile_values
from adapters.rulesedit import rewrite
from hub.comparing import rule_tools
from hub.simulation.command import Simulations
from hub.simulation.concerns import Example, examples_of
from hub.simulation.playing import MakeOffice
from hub.simulation.profile import Profile
from hub.simulation.profile_faults import WrongProfile, read_profile
from hub.starting import CannotStart
from rules.engines.rulebook import live
from rules.language.fault import Unreadable, Unsound
from workflows.ports import Office


def simulations() -> Simulations:
    """What the command is given."""
    return Simulations(profile=profile_at, examples=examples, offices=offices, draw=svg)


def profile_at(path: Path | None) -> Profile:
    """The profile in the file, or the shipped one; CannotStart tells what is wrong."""
    try:
        return read_profile(profile_values(path))
    except UnreadableProfile as fault:
        raise CannotStart([str(fault)]) from None
    except WrongProfile as wrong:
        raise CannotStart(wrong.sentences) from None


def examples() -> tuple[Example, ...]:
    """What the concerns are drawn from."""
    try:
        return examples_of(example_lines())
    except UnreadableProfile as fault:
        raise CannotStart([str(fault)]) from None


def offices(rules: Path | None) -> MakeOffice:
    """Makes an office on an empty store in memory; the rules are read once."""
    try:
        rulebook = live(rulesfile.load(rules))
    except (Unreadable, Unsound) as fault:
        raise CannotStart([f"Reglerna går inte att använda: {fault}"]) from None
    tools = rule_tools(rewrite, ColumnConcerns.of)

    def make(clock: Callable[[], datetime]) -> Office:
        store, numbers = MemoryStore(), count(1)
        return Office(
            uow=lambda: MemoryUnitOfWork(store),
            clock=clock,
            rulebook=lambda: rulebook,
            rests=rest_day,
            new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
            read_rules=rulesfile.parse,
            proved=tools.proved,
            lowerings=lambda old, new: tools.difference(old, new).lowers,
        )

    return make

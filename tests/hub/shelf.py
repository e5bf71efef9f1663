"""A shelf of rules on the store in memory, with a file that a test writes and a clock it moves."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.rulesfile import parse, read
from hub.rule_shelf import RuleFile, RuleShelf
from hub.rulebook import RulesInForce
from rules.classification import Classification
from rules.engines.rulebook import live
from rules.versions import Approval
from tests.people import RUT, VIVI, Hands, World
from workflows import versions
from workflows.ports import Office
from workflows.rule_books import RuleBooks

TEXT = read()


def labelled(label: str, text: str = TEXT) -> str:
    """The same rules under another label: another version."""
    assert 'version: "2026.1"' in text
    return text.replace('version: "2026.1"', f'version: "{label}"')


@dataclass
class Bench:
    """One installation: the file, the store, the clock, and as many shelves as one likes."""

    text: str = TEXT
    changes: int = 0
    store: MemoryStore = field(default_factory=MemoryStore)
    clock: Hands = field(default_factory=Hands)
    told: list[Classification] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.text = text
        self.changes += 1

    def make(self, text: str) -> RulesInForce:
        made = RulesInForce(live(parse(text)), clock=self.clock, told=self.told.append)
        self.made.append(made.version)
        return made

    def uow(self) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(self.store)

    def shelf(self) -> RuleShelf:
        file = RuleFile(lambda: self.text, lambda: self.changes)
        return RuleShelf(file, RuleBooks(self.uow), make=self.make, clock=self.clock)

    @property
    def office(self) -> Office:
        world = World(store=self.store, clock=self.clock)
        return replace(world.office, rulebook=self.shelf().current)

    def approve(self, text: str, *, after: timedelta = timedelta(minutes=2)) -> Approval:
        """Rut writes and Vivi approves, to take effect after some time."""
        office = self.office
        proposal = versions.propose(office, RUT, text=text)
        base = versions.in_force(office)
        assert base is not None
        return versions.approve(
            office,
            VIVI,
            proposal.version,
            effective_at=self.clock.now + after,
            base=base.version,
        )

    def move_to(self, moment: datetime) -> None:
        self.clock.now = moment

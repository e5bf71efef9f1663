"""Nodes whose clocks disagree, step back or sleep: every breach once, every promise kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL

from adapters.verification import verify
from tests.chaos.audit import missing
from tests.chaos.ledger import ledger_of
from tests.chaos.place import Place
from tests.people import EVERYONE, GREEN, MIRA, MORNING, ORANGE, RED, Hands, account, report
from workflows.delivering import deliver
from workflows.registering import register
from workflows.watching import sweep

SPRING = datetime(2026, 3, 28, 20, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 24, 19, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
APART = timedelta(minutes=10)


@dataclass
class Nodes:
    """Two nodes on one database, each with a clock of its own."""

    url: URL
    folder: Path
    one: Place = field(init=False)
    other: Place = field(init=False)

    def __post_init__(self) -> None:
        self.one = Place(self.url, self.folder, Hands(MORNING))
        self.other = Place(self.url, self.folder, Hands(MORNING))
        with self.one.office.uow() as work:
            for person in EVERYONE:
                work.people.add(account(person))
            work.commit()

    def begin(self, at: datetime, *, apart: timedelta = timedelta()) -> None:
        """Three cases, and the other node's clock ahead of this one's."""
        self.one.clock.now, self.other.clock.now = at, at + apart
        for answers in (RED, ORANGE, GREEN):
            said = report(received_at=at - timedelta(minutes=5), answers=answers)
            register(self.one.office, MIRA, said)

    def watch(self) -> None:
        for node in (self.one, self.other):
            sweep(node.office)
            deliver(node.office, node.post)

    def go_on(self, **span: float) -> None:
        """Quarter by quarter, both watching."""
        until = self.one.clock.now + timedelta(**span)
        while self.one.clock.now < until:
            for node in (self.one, self.other):
                node.clock.now += QUARTER
            self.watch()

    def faults(self) -> list[str]:
        """What does not hold, once the one that is behind has come as far as the other."""
        latest = max(self.one.clock.now, self.other.clock.now)
        self.one.clock.now = self.other.clock.now = latest
        self.watch()
        ledger = ledger_of(self.one.engine)
        sent = self.one.post.keys()
        return [
            *verify(self.one.engine),
            *ledger.twice,
            *ledger.unkept,
            *missing(self.one, latest),
            *(key for key in set(sent) if sent.count(key) > 1),
        ]


@pytest.fixture
def nodes(postgres_database: URL, tmp_path: Path) -> Iterator[Nodes]:
    found = Nodes(postgres_database, tmp_path)
    yield found
    found.one.engine.dispose()
    found.other.engine.dispose()


@pytest.mark.parametrize("apart", [APART, -APART], ids=["ahead", "behind"])
def test_nodes_that_are_ten_minutes_apart_tell_each_thing_once(
    nodes: Nodes, apart: timedelta
) -> None:
    nodes.begin(MORNING, apart=apart)

    nodes.go_on(hours=16)

    assert nodes.faults() == []


def test_a_clock_that_steps_back_an_hour_neither_forgets_nor_repeats(nodes: Nodes) -> None:
    nodes.begin(MORNING)
    nodes.go_on(hours=5)

    nodes.other.clock.now -= timedelta(hours=1)
    nodes.go_on(hours=5)

    assert nodes.faults() == []


def test_machines_that_slept_for_a_day_tell_all_that_passed_meanwhile(nodes: Nodes) -> None:
    nodes.begin(MORNING)
    nodes.go_on(hours=1)

    for node in (nodes.one, nodes.other):
        node.clock.forward(days=1)

    assert nodes.faults() == []
    stories = ledger_of(nodes.one.engine).stories
    assert any("deadline_passed" in story for story in stories)


@pytest.mark.parametrize("night", [SPRING, AUTUMN], ids=["without-an-hour", "with-an-hour-twice"])
def test_the_nights_of_another_length_are_nights_as_others(nodes: Nodes, night: datetime) -> None:
    nodes.begin(night, apart=APART)

    nodes.go_on(hours=12)

    assert nodes.faults() == []

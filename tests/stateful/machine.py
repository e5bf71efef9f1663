"""Random people try random steps on several cases while the clock moves; the laws hold throughout.

What is checked after each step is worked out from the journal, not from what the step answered.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from rules import events as ev
from rules.case import Case
from rules.clocks import promise_is_kept
from rules.concern import Child, ReporterKind
from rules.errors import GateClosed, NotVisible, Refusal
from rules.fold import replay
from rules.people import Actor, Role
from tests.people import (
    ELLIOT,
    EVERYONE,
    GREEN,
    MIRA,
    Hands,
    Ids,
    account,
    office,
    report,
    reported,
    rules,
)
from tests.stateful.led import MILD_WAY, WAY
from tests.stateful.likely import likely
from tests.stateful.steps import INTAKE, STEPS, UNITS, Chance, answers
from workflows.ports import Office, Scope, UnitOfWork
from workflows.reading import read_board, read_case
from workflows.registering import register
from workflows.rows import rows_of
from workflows.watching import sweep

EVERYTHING = Scope(everything=True, include_closed=True)
Story = tuple[ev.Event, ...]


class Store(Protocol):
    """Where a run keeps its cases, and what that kind of store can be held to besides."""

    def uow(self) -> UnitOfWork: ...

    def faults(self) -> list[str]: ...

    def close(self) -> None: ...


class CaseMachine(RuleBasedStateMachine):
    """One run: an empty store, a clock, and a few cases that everybody pulls at."""

    cases: Bundle[str] = Bundle("cases")

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.clock = Hands()
        self.office: Office = office(store.uow, self.clock, Ids(), rules())
        self.told: dict[str, Story] = {}

    @initialize()
    def people_have_accounts(self) -> None:
        with self.office.uow() as work:
            for actor in EVERYONE:
                work.people.add(account(actor))
            work.commit()

    @initialize(
        target=cases, far=st.integers(0, len(WAY)), mildly_far=st.integers(0, len(MILD_WAY))
    )
    def two_cases_are_on_their_way(self, far: int, mildly_far: int) -> Any:
        (grave,) = register(self.office, MIRA, report())
        (mild,) = register(self.office, MIRA, report(answers=GREEN))
        for case, way in ((grave, WAY[:far]), (mild, MILD_WAY[:mildly_far])):
            for step in way:
                self.clock.forward(minutes=1)
                step(self.office, case.id)
        return multiple(*self._kept([grave, mild]))

    @precondition(lambda self: len(self.told) < 4)
    @rule(target=cases, data=st.data(), children=st.integers(1, 2), ago=st.integers(0, 300))
    def register(self, data: st.DataObject, children: int, ago: int) -> Any:
        chance = Chance(data)
        about = (ELLIOT, Child())[:children]
        given = report(
            *(reported(child, answers=answers(chance)) for child in about),
            received_at=self.clock.now - timedelta(minutes=ago),
            kind=chance.of(ReporterKind.SCHOOL, ReporterKind.PRIVATE),
            wants_feedback=chance.of(False, True),
        )
        return multiple(*self._kept(register(self.office, chance.of(*INTAKE[:3]), given)))

    def _kept(self, registered: Iterable[Case]) -> list[str]:
        ids = [case.id for case in registered]
        self.told |= {case_id: self._story(case_id) for case_id in ids}
        return ids

    @rule(case_id=cases, name=st.sampled_from(sorted(STEPS)), data=st.data())
    def somebody_tries_something(self, case_id: str, name: str, data: st.DataObject) -> None:
        self._try(case_id, name, Chance(data))

    @rule(case_id=cases, data=st.data())
    def the_case_goes_on(self, case_id: str, data: st.DataObject) -> None:
        for _ in range(4):
            chance = Chance(data)
            case = replay(case_id, self.told[case_id])
            assert case is not None
            self.clock.forward(minutes=1)
            self._try(case_id, chance.of(*likely(case)), chance)

    def _try(self, case_id: str, name: str, chance: Chance) -> None:
        step = STEPS[name]
        who = chance.who(step.usual)
        sent = self._sent()
        try:
            step.take(self.office, who, case_id, chance)
        except GateClosed:
            added = self._story(case_id)[len(self.told[case_id]) :]
            assert [event.kind for event in added] in ([], ["request_refused"])
        except (Refusal, NotVisible):
            assert self._story(case_id) == self.told[case_id]
            assert self._sent() == sent
        self._grew(case_id)

    @rule(minutes=st.sampled_from([1, 5, 31, 125, 60 * 13, 60 * 24 * 15]))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @rule()
    def somebody_watches(self) -> None:
        sweep(self.office)
        for case_id in self.told:
            self._grew(case_id)
        assert sweep(self.office).passed == ()

    @rule(case_id=cases, who=st.sampled_from(EVERYONE))
    def look(self, case_id: str, who: Actor) -> None:
        seen = case_id in {row.case_id for row in read_board(self.office, who).cases}
        try:
            read_case(self.office, who, case_id)
        except NotVisible:
            assert not seen
        else:
            assert seen or _is_closed(self.told[case_id])
            assert who not in UNITS or _is_called(who, self.told[case_id])

    def _grew(self, case_id: str) -> None:
        """The journal only grows, and no level falls by one person's hand."""
        before, after = self.told[case_id], self._story(case_id)
        assert after[: len(before)] == before
        _no_level_fell_alone(case_id, before, after)
        self.told[case_id] = after

    def _story(self, case_id: str) -> Story:
        with self.office.uow() as work:
            return work.journal.read(case_id)

    def _sent(self) -> int:
        with self.office.uow() as work:
            return len(work.outbox.recent(10_000))

    @invariant()
    def every_row_is_what_the_journal_says(self) -> None:
        with self.office.uow() as work:
            rows = {row.case_id: row for row in work.lists.cases(EVERYTHING)}
            clocks = work.lists.clocks(tuple(rows))
            units = work.lists.units(tuple(rows))
            forgotten = work.lists.unpromised()
        assert set(rows) == set(self.told)
        assert forgotten == ()
        for case_id, story in self.told.items():
            case = replay(case_id, story)
            assert case is not None
            assert case.version == len(story)
            assert promise_is_kept(case)
            wanted = rows_of(case)
            assert rows[case_id] == wanted.case
            assert {row for row in clocks if row.case_id == case_id} == set(wanted.clocks)
            assert {row for row in units if row.case_id == case_id} == set(wanted.units)

    @invariant()
    def the_store_finds_no_fault_in_itself(self) -> None:
        assert self.store.faults() == []

    def teardown(self) -> None:
        self.store.close()


def _no_level_fell_alone(case_id: str, before: Story, after: Story) -> None:
    earlier = replay(case_id, before)
    for seq in range(len(before), len(after)):
        case = replay(case_id, after[: seq + 1])
        assert earlier is not None
        assert case is not None
        if earlier.level.above(case.level):
            _by_two_or_by_knowing(earlier, after[seq])
        earlier = case


def _by_two_or_by_knowing(earlier: Case, event: ev.Event) -> None:
    """Two persons, or a precaution that gave way to the first thing that anybody knew."""
    if isinstance(event, ev.LevelSet):
        assert event.proposed_by not in (None, event.by)
    else:
        assert isinstance(event, ev.Classified)
        assert earlier.confirmed_level is None
        known = earlier.classified
        assert known is None or known.classification.nothing_was_known


def _is_closed(story: Story) -> bool:
    return any(isinstance(event, ev.Closed) for event in story)


def _is_called(who: Actor, story: Story) -> bool:
    """Read from the journal: the unit was called, or the person was the last named deputy."""
    called: set[str] = set()
    deputies: dict[str, str] = {}
    for event in story:
        if isinstance(event, ev.HubCalled):
            called |= set(event.units)
        if isinstance(event, ev.UnitAdded):
            called.add(event.unit)
        if isinstance(event, ev.DeputyNamed):
            deputies[event.unit] = event.deputy
    speaks = who.has(Role.UNIT, Role.UNIT_MANAGER) and who.unit in called
    return not _is_closed(story) and (speaks or who.id in deputies.values())

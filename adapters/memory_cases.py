"""Journal, lists, history and watch in memory."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from adapters.memory_ledger import MemoryLedger
from adapters.memory_tables import Staged
from rules.case import Case
from rules.errors import ChangedMeanwhile
from rules.events import Classified, Event
from rules.fold import extend, replay
from rules.level import Level
from workflows.judgements import LevelEvent, LevelRow
from workflows.past_concerns import PastCase, past_case
from workflows.ports import Addition, Scope
from workflows.rows import CaseRow, ClockRow, Rows, UnitRow, rows_of


class MemoryJournal:
    """The events of each case, in order."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def read(self, case_id: str) -> tuple[Event, ...]:
        with self._staged.store.lock:
            return self._staged.view().journal.get(case_id, ())

    def cases(self, case_ids: Sequence[str]) -> Mapping[str, Case]:
        found = {case_id: replay(case_id, self.read(case_id)) for case_id in case_ids}
        return {case_id: case for case_id, case in found.items() if case is not None}

    def append_all(self, additions: Sequence[Addition]) -> None:
        for it in additions:
            self._require(it.case_id, it.expected)
        for it in additions:
            self.append(it.case_id, it.events, expected=it.expected)

    def append(self, case_id: str, events: Sequence[Event], *, expected: int) -> None:
        self._require(case_id, expected)
        with self._staged.store.lock:
            every = (*self.read(case_id), *events)
            known = self._staged.view().cases.get(case_id)
            if known is not None and known.version == expected:
                case: Case | None = extend(known, events)
            else:
                case = replay(case_id, every)
            if case is None:
                return
            self._staged.own.journal[case_id] = every
            self._staged.own.cases[case_id] = case
            for seq in range(expected + 1, len(every) + 1):
                self._staged.own.positions[next(self._staged.store.place)] = (case_id, seq)
            self._staged.own.rows[case_id] = rows_of(case)

    def _require(self, case_id: str, expected: int) -> None:
        self._staged.lock("case", case_id)
        if len(self.read(case_id)) != expected:
            raise ChangedMeanwhile


class MemoryLists(MemoryLedger):
    """The projections, searched by walking through them."""

    def next_number(self, year: int) -> int:
        with self._staged.store.lock:
            numbers = self._staged.store.numbers
            numbers[year] = numbers.get(year, 0) + 1
            return numbers[year]

    def _rows(self) -> list[Rows]:
        with self._staged.store.lock:
            return list(self._staged.view().rows.values())

    def _cases(self) -> Iterator[CaseRow]:
        return (rows.case for rows in self._rows())

    def row(self, case_id: str) -> CaseRow | None:
        with self._staged.store.lock:
            rows = self._staged.view().rows.get(case_id)
        return rows.case if rows else None

    def by_number(self, number: str) -> CaseRow | None:
        return next((case for case in self._cases() if case.number == number), None)

    def by_reference(self, reference: str) -> tuple[CaseRow, ...]:
        return _oldest_first(case for case in self._cases() if case.reference == reference)

    def hold_children(self, personal_numbers: Collection[str]) -> None:
        for number in sorted(set(personal_numbers)):
            self._staged.lock("child", number)

    def of_child(self, personal_number: str) -> tuple[CaseRow, ...]:
        return _newest_first(it for it in self._cases() if it.personal_number == personal_number)

    def of_context(self, context: str) -> tuple[CaseRow, ...]:
        return _newest_first(case for case in self._cases() if case.context == context)

    def of_report(self, report_id: str) -> tuple[CaseRow, ...]:
        return _oldest_first(case for case in self._cases() if case.report_id == report_id)

    def cases(self, scope: Scope) -> tuple[CaseRow, ...]:
        found = [rows for rows in self._rows() if is_within(rows, scope)]
        return tuple(rows.case for rows in sorted(found, key=_urgency))

    def clocks(self, case_ids: Sequence[str]) -> tuple[ClockRow, ...]:
        wanted = frozenset(case_ids)
        found = (c for rows in self._rows() if rows.case.case_id in wanted for c in rows.clocks)
        return tuple(sorted(found, key=lambda clock: (clock.due_at, clock.case_id, clock.key)))

    def units(self, case_ids: Sequence[str]) -> tuple[UnitRow, ...]:
        found = (u for rows in self._rows() if rows.case.case_id in case_ids for u in rows.units)
        return tuple(sorted(found, key=lambda unit: (unit.called_at, unit.case_id, unit.unit)))

    def unpromised(self) -> tuple[str, ...]:
        return tuple(sorted(rows.case.case_id for rows in self._rows() if not _is_promised(rows)))


def _newest_first(cases: Iterator[CaseRow]) -> tuple[CaseRow, ...]:
    return tuple(sorted(cases, key=lambda it: (it.received_at, it.case_id), reverse=True))


def _oldest_first(cases: Iterator[CaseRow]) -> tuple[CaseRow, ...]:
    return tuple(sorted(cases, key=lambda case: (case.registered_at, case.number)))


def is_within(rows: Rows, scope: Scope) -> bool:
    """Whether a list of `scope` may show the case; a unit sees it until it is closed."""
    case = rows.case
    if case.closed_at is not None and not scope.include_closed:
        return False
    called = case.closed_at is None and any(
        (scope.unit is not None and unit.unit == scope.unit)
        or (scope.deputy is not None and unit.deputy == scope.deputy)
        for unit in rows.units
    )
    return (
        scope.everything
        or called
        or (scope.investigator is not None and case.investigator == scope.investigator)
        or (scope.receiving_unit is not None and case.handover_unit == scope.receiving_unit)
        or (
            scope.unclaimed_in is not None
            and case.handover_unit == scope.unclaimed_in
            and case.investigator is None
        )
    )


def _urgency(rows: Rows) -> tuple[bool, bool, float, int, datetime, str]:
    """Breached first, then the nearest deadline, then the level, then the longest waiting."""
    alive = [clock for clock in rows.clocks if clock.stopped_at is None]
    ends = (max(clock.due_at, clock.resting_until or clock.due_at) for clock in alive)
    due = min((end.timestamp() for end in ends), default=0.0)
    breached = any(clock.passed_at is not None for clock in alive)
    case = rows.case
    return (
        not breached,
        not alive,
        due,
        -Level(case.level).rank,
        case.received_at,
        case.case_id,
    )


def _is_promised(rows: Rows) -> bool:
    told = {alarm.key for alarm in rows.alarms}
    return rows.case.closed_at is not None or any(
        clock.stopped_at is None and (clock.owner if clock.passed_at else clock.key in told)
        for clock in rows.clocks
    )


class MemoryHistory:
    """What each case was when it was first classified."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def first_classified(self) -> Iterator[PastCase]:
        with self._staged.store.lock:
            view = self._staged.view()
            rows = [it.case for it in view.rows.values()]
            events = {row.case_id: view.journal[row.case_id] for row in rows}
        for row in sorted(rows, key=lambda row: (row.received_at, row.case_id)):
            said = next((it for it in events[row.case_id] if isinstance(it, Classified)), None)
            if said is not None:
                yield past_case(row.case_id, row.number, row.received_at, said=said.classification)

    def levels(self, since: datetime, until: datetime) -> Iterator[LevelRow]:
        with self._staged.store.lock:
            view = self._staged.view()
            cases = {name: it.case for name, it in view.rows.items()}
            journal = dict(view.journal)
        for case_id, events in sorted(journal.items()):
            told = [it for it in events if isinstance(it, LevelEvent) and it.at < until]
            if any(it.at >= since for it in told):
                row = cases[case_id]
                closed = row.closed_at is not None
                yield from (LevelRow(case_id, row.number, closed, event) for event in told)


class MemoryWatch:
    """What is due, and who has been told."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def claim(self, now: datetime, *, most: int, skip: Sequence[str] = ()) -> tuple[str, ...]:
        with self._staged.store.lock:
            due = (case_id for _, case_id in sorted(self._due(now)) if case_id not in skip)
            free = (case_id for case_id in due if self._staged.try_lock("case", case_id))
            return tuple(islice(free, most))

    def _due(self, now: datetime) -> Iterator[tuple[datetime, str]]:
        for case_id, rows in self._staged.view().rows.items():
            moments = [alarm.at for alarm in rows.alarms]
            if moments and min(moments) <= now:
                yield min(moments), case_id

    def beat(self, worker: str, at: datetime) -> datetime | None:
        earlier = self.last_beat()
        self._staged.own.beats[worker] = at
        return earlier

    def last_beat(self, until: datetime | None = None) -> datetime | None:
        with self._staged.store.lock:
            beats = self._staged.view().beats.values()
        return max((it for it in beats if until is None or it <= until), default=None)

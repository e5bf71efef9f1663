"""What the watchdog reads and keeps, and the daily statements, in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from adapters.chain import FIRST, canonical, next_digest, seal
from adapters.memory_tables import Staged
from rules.events import Event
from workflows.daily_statement import Figures, Head, Signed
from workflows.rows import AlarmRow, ClockRow, Rows
from workflows.statement_ports import AlreadyStated
from workflows.vigil_ports import Finding, Missed, Outage, Proof, Seen


class _Rows:
    """The projections, walked through anew: no code is shared with what keeps the promise."""

    def __init__(self, staged: Staged) -> None:
        with staged.store.lock:
            self.every = list(staged.view().rows.values())
        self.clocks = [(rows, clock) for rows in self.every for clock in rows.clocks]
        self.alarms = [alarm for rows in self.every for alarm in rows.alarms]

    def running(self) -> list[tuple[Rows, ClockRow]]:
        return [it for it in self.clocks if it[1].stopped_at is None and it[1].passed_at is None]

    def breached(self) -> list[ClockRow]:
        return [it for _, it in self.clocks if it.stopped_at is None and it.passed_at is not None]

    def standing(self) -> dict[str, tuple[bool, bool]]:
        """Of each open case by number: a clock that somebody is told of, an owned breach."""
        return {
            rows.case.number: (
                any(_is_told(its, clock) for its, clock in self.running() if its is rows),
                any(
                    clock.stopped_at is None and clock.passed_at is not None and clock.owner
                    for clock in rows.clocks
                ),
            )
            for rows in self.every
            if rows.case.closed_at is None
        }

    def unpromised(self) -> tuple[str, ...]:
        standing = self.standing()
        return tuple(sorted(it for it, (clock, breach) in standing.items() if not clock | breach))


class MemoryVigil:
    """Findings and outages by number, the latest with the highest."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def alone(self) -> None:
        self._staged.lock("vigil")

    def proof(self, before: datetime) -> Proof:
        rows = _Rows(self._staged)
        unrecorded = [_end(clock) for _, clock in rows.running() if _end(clock) <= before]
        late = [alarm.at for alarm in rows.alarms if alarm.at <= before]
        return Proof(
            unpromised=rows.unpromised(),
            breached=len(rows.breached()),
            untold=sum(not _is_told(its, clock) for its, clock in rows.running()),
            unrecorded=len(unrecorded),
            oldest_unrecorded=min(unrecorded, default=None),
            late_alarms=len(late),
            oldest_alarm=min(late, default=None),
        )

    def newest_event(self) -> datetime | None:
        with self._staged.store.lock:
            view = self._staged.view()
            place = max(view.positions, default=None)
            if place is None:
                return None
            case_id, seq = view.positions[place]
            return view.journal[case_id][seq - 1].at

    def passed(self, since: datetime, until: datetime) -> tuple[Missed, ...]:
        found = [
            Missed(clock.case_id, clock.key, rows.case.number, _named(clock), _end(clock))
            for rows, clock in _Rows(self._staged).clocks
            if _end(clock) <= until and _passed_unwatched(clock, since)
        ]
        return tuple(sorted(found, key=lambda it: (it.due_at, it.case_id, it.key)))

    def add_outage(self, outage: Outage, *, found_by: str) -> None:
        self._staged.own.outages[next(self._staged.store.serial)] = (outage, found_by)

    def outages(self, limit: int) -> tuple[Outage, ...]:
        with self._staged.store.lock:
            every = sorted(self._staged.view().outages.items(), reverse=True)
        return tuple(outage for _, (outage, _) in every[:limit])

    def _seen(self) -> list[Seen]:
        with self._staged.store.lock:
            every = list(self._staged.view().findings.values())
        return sorted(every, key=lambda it: it.id)

    def open_findings(self) -> tuple[Seen, ...]:
        return tuple(it for it in self._seen() if it.cleared_at is None)

    def recent_findings(self, limit: int) -> tuple[Seen, ...]:
        return tuple(reversed(self._seen()))[:limit]

    def begin(self, finding: Finding, at: datetime) -> int:
        number = next(self._staged.store.serial)
        kept = Seen(
            id=number,
            finding=finding,
            first_seen=at,
            last_seen=at,
            told=finding.count,
            told_at=at,
        )
        self._staged.own.findings[number] = kept
        return number

    def see(self, found: Sequence[tuple[int, Finding]], at: datetime) -> None:
        for number, finding in found:
            kept = self._of(number)
            now = replace(kept.finding, count=finding.count)
            told = min(kept.told, finding.count)
            seen = replace(kept, finding=now, last_seen=at, told=told)
            self._staged.own.findings[number] = seen

    def tell(self, finding_id: int, count: int, at: datetime) -> None:
        told = replace(self._of(finding_id), told=count, told_at=at)
        self._staged.own.findings[finding_id] = told

    def clear(self, finding_id: int, at: datetime) -> None:
        over = replace(self._of(finding_id), cleared_at=at)
        self._staged.own.findings[finding_id] = over

    def _of(self, number: int) -> Seen:
        return next(it for it in self._seen() if it.id == number)


class MemoryStatements:
    """Statements by number, and the journal sealed anew each time it is asked about."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def add(self, signed: Signed) -> None:
        self._staged.lock("statements")
        if any(signed.number == it.number or signed.day == it.day for it in self.every()):
            raise AlreadyStated
        self._staged.own.statements[signed.number] = signed

    def newest(self) -> Signed | None:
        return next(reversed(self.every()), None)

    def of_day(self, day: date) -> Signed | None:
        return next((it for it in self.every() if it.day == day), None)

    def every(self) -> tuple[Signed, ...]:
        with self._staged.store.lock:
            kept = list(self._staged.view().statements.values())
        return tuple(sorted(kept, key=lambda it: it.number))

    def figures(self, now: datetime) -> Figures:
        rows = _Rows(self._staged)
        standing = rows.standing().values()
        due = [alarm.at for alarm in rows.alarms if alarm.at <= now]
        passed = [clock for _, clock in rows.clocks if clock.passed_at is not None]
        return Figures(
            open=len(standing),
            with_clock=sum(clock for clock, _ in standing),
            with_breach=sum(breach and not clock for clock, breach in standing),
            without=rows.unpromised(),
            breaches_open=len(rows.breached()),
            breaches_unexplained=sum(clock.explained_at is None for clock in passed),
            oldest_alarm=min(due, default=None),
        )

    def settled(self) -> int | None:
        with self._staged.store.lock:
            return max(self._staged.view().positions, default=0)

    def head(self, since: Head, position: int) -> Head:
        with self._staged.store.lock:
            view = self._staged.view()
            places = sorted(it for it in view.positions if since.position < it <= position)
            rows = [view.positions[place] for place in places]
            seals = {case_id: list(_seals(case_id, view.journal[case_id])) for case_id, _ in rows}
        digest = since.hash
        for case_id, seq in rows:
            digest = next_digest(digest, case_id, seq, seal=seals[case_id][seq - 1])
        return Head(position, digest)


def _seals(case_id: str, events: Sequence[Event]) -> Iterator[str]:
    previous = FIRST
    for seq, event in enumerate(events, 1):
        previous = seal(previous, canonical(event), case_id=case_id, seq=seq)
        yield previous


def _is_told(rows: Rows, clock: ClockRow) -> bool:
    return any(_tells(alarm, clock) for alarm in rows.alarms)


def _tells(alarm: AlarmRow, clock: ClockRow) -> bool:
    return alarm.key == clock.key and alarm.at == _end(clock)


def _end(clock: ClockRow) -> datetime:
    """When something happens to a running clock by itself."""
    return clock.resting_until or clock.due_at


def _passed_unwatched(clock: ClockRow, since: datetime) -> bool:
    running = clock.stopped_at is None and clock.passed_at is None
    in_time = clock.stopped_at is not None and clock.stopped_at <= clock.due_at
    rested = clock.resting_until is not None
    return running or (clock.due_at > since and not in_time and not rested)


def _named(clock: ClockRow) -> str:
    return clock.name if clock.resting_until is None else f"{clock.name} (vila)"

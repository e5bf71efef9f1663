"""The lists of the start page: what waits for whom, nearest deadline first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.views import words
from hub.views.clocks import stand
from hub.views.progress import leading, of_row
from hub.views.times import Deadline, deadline, moment, weekday_moment
from hub.views.words import LevelTag, level_tag
from rules.clocks import intake_unit
from rules.people import Actor, Role
from rules.policy import Policy
from workflows.reading import Board
from workflows.rows import CaseRow, ClockRow, UnitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One case in a list, with the one thing that leads it on."""

    case_id: str
    number: str
    child: str
    level: LevelTag
    received: str
    clock: str
    deadline: Deadline | None
    action: str
    href: str
    unit: str = ""
    when: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that somebody's roles call for; a list they have no use for is None."""

    to_do: tuple[Task, ...] | None
    waiting_for_us: tuple[Task, ...] | None
    meetings: tuple[Task, ...] | None
    to_receive: tuple[Task, ...] | None
    investigating: tuple[Task, ...] | None


def lists(board: Board, actor: Actor) -> Lists:
    """Each list that the actor's roles call for, from the cases that they may see."""
    shelf = _Shelf(board)
    unit = actor.has(Role.UNIT, Role.UNIT_MANAGER) and actor.unit != intake_unit(
        board.moment.rulebook.policy
    )
    investigates = actor.has(Role.INVESTIGATOR)
    return Lists(
        to_do=tuple(shelf.to_do()) if actor.has(Role.INTAKE) else None,
        waiting_for_us=tuple(shelf.unanswered(actor)) if unit else None,
        meetings=tuple(shelf.meetings(actor)) if unit else None,
        to_receive=tuple(shelf.to_receive(actor)) if investigates else None,
        investigating=tuple(shelf.investigating(actor)) if investigates else None,
    )


def all_tasks(board: Board) -> tuple[Task, ...]:
    """Every case of the board, in its order."""
    shelf = _Shelf(board)
    return tuple(shelf.task(row) for row in board.cases)


class _Shelf:
    """The board's clocks and units, case by case."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._now: datetime = board.moment.at
        self._policy: Policy = board.moment.rulebook.policy
        self._clocks: dict[str, list[ClockRow]] = {}
        self._units: dict[str, list[UnitRow]] = {}
        for clock in board.clocks:
            self._clocks.setdefault(clock.case_id, []).append(clock)
        for unit in board.units:
            self._units.setdefault(unit.case_id, []).append(unit)

    def to_do(self) -> Iterator[Task]:
        return (self.task(row) for row in self._board.cases)

    def unanswered(self, actor: Actor) -> Iterator[Task]:
        """Calls that our unit, or the one we stand in for, has not answered."""
        for row, unit in self._called(actor):
            if unit.answered_at is None:
                yield self.task(
                    row,
                    clock="Enhetssvar",
                    due=deadline(unit.answer_by, self._now),
                    action="Svara",
                    noun=f"answers?unit={unit.unit}",
                    unit=unit.unit,
                )

    def meetings(self, actor: Actor) -> Iterator[Task]:
        """Meetings to come, and those called that nobody has recorded as held."""
        found = [row for row, _ in self._called(actor) if row.meeting_held_at is None]
        for row in sorted(found, key=lambda it: it.meeting_at or self._now):
            yield self.task(row, action="Läs underlaget", noun="hub")

    def to_receive(self, actor: Actor) -> Iterator[Task]:
        for row in self._board.cases:
            mine = row.investigator in (None, actor.id) and row.handover_unit == actor.unit
            if mine and row.acknowledged_at is None:
                yield self.task(row, action="Ta emot", noun="receipt")

    def investigating(self, actor: Actor) -> Iterator[Task]:
        for row in self._board.cases:
            if row.acknowledged_at is not None and row.investigator == actor.id:
                yield self.task(row, action="Öppna underlaget", noun="package")

    def _called(self, actor: Actor) -> Iterator[tuple[CaseRow, UnitRow]]:
        for row in self._board.cases:
            for unit in self._units.get(row.case_id, ()):
                if unit.deputy == actor.id or unit.unit == actor.unit:
                    yield row, unit

    def task(
        self,
        row: CaseRow,
        *,
        clock: str = "",
        due: Deadline | None = None,
        action: str = "",
        noun: str = "",
        unit: str = "",
    ) -> Task:
        """A row of a list; without an action of its own the one that leads the case on."""
        clocks = self._clocks.get(row.case_id, [])
        units = self._units.get(row.case_id, [])
        act = leading(of_row(row, clocks, units=units, now=self._now))
        nearest = _nearest(clocks)
        below = f"/{noun or act.noun}" if noun or (act.noun and not action) else ""
        return Task(
            case_id=row.case_id,
            number=row.number,
            child=shown_name(row),
            level=level_tag(row.level, confirmed=row.level_confirmed),
            received=moment(row.received_at),
            clock=clock or (nearest.name if nearest else ""),
            deadline=due or (stand(nearest, self._now) if nearest else None),
            action=action or act.text,
            href=f"/cases/{row.case_id}{below}",
            unit=words.unit_name(self._policy, unit) if unit else "",
            when=weekday_moment(row.meeting_at) if row.meeting_at else "",
            answers=_answers(row, units),
        )


def _nearest(clocks: Sequence[ClockRow]) -> ClockRow | None:
    """The first that runs; one that rests only when none does."""
    alive = [it for it in clocks if it.stopped_at is None]
    return min(alive, key=lambda it: it.resting_until is not None, default=None)


def _answers(row: CaseRow, units: list[UnitRow]) -> str:
    """How the hub stands, from the call until the meeting."""
    if not units or row.meeting_held_at is not None or row.decided_at is not None:
        return ""
    given = sum(unit.answered_at is not None for unit in units)
    return f"{given} av {len(units)} enheter har svarat"


def shown_name(row: CaseRow) -> str:
    """A name in a list; never that of somebody whose identity is or may be protected."""
    if row.protected:
        return "Skyddade personuppgifter"
    return row.child_name or "Namn okänt"

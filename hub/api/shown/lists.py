"""Lists as the API shows them; in a list a protected child has neither name nor number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Self, TypeVar

from pydantic import BaseModel, Field

from hub.api.shown.clock import ClockShown
from workflows.reading import Board
from workflows.rows import CaseRow, ClockRow, UnitRow

Row = TypeVar("Row", ClockRow, UnitRow)


class ListedChild(BaseModel):
    """The child in a list; nothing but the mark when the identity is protected or unknown."""

    protected: bool
    name: str | None = None
    birth_date: date | None = None
    personal_number: str | None = None

    @classmethod
    def of(cls, row: CaseRow) -> Self:
        """From the row."""
        if row.protected:
            return cls(protected=True)
        return cls(
            protected=False,
            name=row.child_name,
            birth_date=row.birth_date,
            personal_number=row.personal_number,
        )


class ListedUnit(BaseModel):
    """A called unit in a list."""

    unit: str
    answer_by: datetime
    answered_at: datetime | None
    answer: str | None


class ListedCase(BaseModel):
    """One case in a list, with its clocks and units."""

    id: str
    number: str
    version: int
    received_at: datetime
    channel: str
    reporter_kind: str
    child: ListedChild
    level: str
    level_confirmed: bool
    raise_proposed: bool
    lowering_proposed: bool
    incident: bool = Field(description="Reglerna gick inte att lita på; kontrollera nivån.")
    phase: str
    outcome: str | None
    meeting_at: datetime | None
    meeting_held_at: datetime | None
    decided_at: datetime | None
    handover_unit: str | None
    acknowledged_at: datetime | None
    closed_at: datetime | None
    clocks: tuple[ClockShown, ...]
    units: tuple[ListedUnit, ...]


class CaseList(BaseModel):
    """The cases that the caller may see, the nearest deadline first."""

    at: datetime = Field(description="När listan lästes.")
    cases: tuple[ListedCase, ...]


class Deadline(BaseModel):
    """A clock with the number of its case, and nothing of what the case says."""

    case_id: str
    number: str
    level: str
    clock: ClockShown


class Deadlines(BaseModel):
    """Running clocks and breaches, by due time."""

    at: datetime
    deadlines: tuple[Deadline, ...]


def case_list(board: Board) -> CaseList:
    """The board as a list of cases."""
    clocks, units = _by_case(board.clocks), _by_case(board.units)
    cases = (_listed(row, clocks[row.case_id], units[row.case_id]) for row in board.cases)
    return CaseList(at=board.moment.at, cases=tuple(cases))


def deadline_list(board: Board) -> Deadlines:
    """The board as a list of clocks that run or have been breached."""
    cases = {row.case_id: row for row in board.cases}
    alive = (row for row in board.clocks if row.stopped_at is None or row.passed_at is not None)
    found = tuple(_deadline(cases[row.case_id], row) for row in alive)
    return Deadlines(at=board.moment.at, deadlines=found)


def _by_case(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _deadline(case: CaseRow, clock: ClockRow) -> Deadline:
    return Deadline(
        case_id=case.case_id,
        number=case.number,
        level=case.level,
        clock=ClockShown.of_row(clock),
    )


def _listed(row: CaseRow, clocks: list[ClockRow], units: list[UnitRow]) -> ListedCase:
    return ListedCase(
        id=row.case_id,
        number=row.number,
        version=row.version,
        received_at=row.received_at,
        channel=row.channel,
        reporter_kind=row.reporter_kind,
        child=ListedChild.of(row),
        level=row.level,
        level_confirmed=row.level_confirmed,
        raise_proposed=row.raise_proposed,
        lowering_proposed=row.lowering_proposed,
        incident=row.incident,
        phase=row.phase,
        outcome=row.outcome,
        meeting_at=row.meeting_at,
        meeting_held_at=row.meeting_held_at,
        decided_at=row.decided_at,
        handover_unit=row.handover_unit,
        acknowledged_at=row.acknowledged_at,
        closed_at=row.closed_at,
        clocks=tuple(ClockShown.of_row(clock) for clock in clocks),
        units=tuple(_unit(unit) for unit in units),
    )


def _unit(row: UnitRow) -> ListedUnit:
    return ListedUnit(
        unit=row.unit,
        answer_by=row.answer_by,
        answered_at=row.answered_at,
        answer=row.answer,
    )

"""A clock as the API shows it: its end, the promise inside it, why, by which law, and its fate."""

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, Field

from rules.clock import Clock
from workflows.rows import ClockRow

State = Literal["löper", "stoppad", "bruten"]


class ClockShown(BaseModel):
    """One clock; a passed one stays."""

    key: str = Field(description="Fristens namn i ärendet; används för att förklara ett brott.")
    clock: str
    name: str
    legal: bool = Field(description="Lagstadgad, till skillnad från lokalt löfte.")
    unit: str | None
    state: State
    anchor_at: datetime
    due_at: datetime = Field(description="När fristen går ut.")
    target_at: datetime = Field(description="När det bör vara gjort.")
    why: str
    law: str | None
    stopped_at: datetime | None
    passed_at: datetime | None
    owner: str | None = Field(description="Enheten som äger fristbrottet.")
    cause: str | None
    comment: str | None
    measure: str | None
    measure_by: datetime | None = Field(description="Den nya tid som utlovades.")
    resting_until: datetime | None = Field(description="Vilar, längst till dess.")
    acknowledged_at: datetime | None = Field(description="När någon såg varningen.")
    moved: int = Field(description="Hur många gånger slutet har flyttats.")

    @classmethod
    def of_case(cls, key: str, clock: Clock) -> Self:
        """From a case."""
        started, passed, explained = clock.started, clock.passed, clock.explained
        stopped_at = clock.stopped.stopped_at if clock.stopped else None
        return cls(
            key=key,
            clock=started.clock,
            name=started.name,
            legal=started.legal,
            unit=started.unit,
            state=_state(passed.at if passed else None, stopped_at),
            anchor_at=started.anchor_at,
            due_at=clock.due_at,
            target_at=clock.schedule.target_at,
            why=clock.schedule.why,
            law=started.law,
            stopped_at=stopped_at,
            passed_at=passed.at if passed else None,
            owner=passed.owner if passed else None,
            cause=explained.cause if explained else None,
            comment=explained.comment if explained else None,
            measure=explained.measure if explained else None,
            measure_by=explained.measure_by if explained else None,
            resting_until=clock.suspended.until if clock.suspended else None,
            acknowledged_at=clock.acknowledged.at if clock.acknowledged else None,
            moved=clock.turn,
        )

    @classmethod
    def of_row(cls, row: ClockRow) -> Self:
        """From a list."""
        return cls(
            key=row.key,
            clock=row.clock,
            name=row.name,
            legal=row.legal,
            unit=row.unit,
            state=_state(row.passed_at, row.stopped_at),
            anchor_at=row.anchor_at,
            due_at=row.due_at,
            target_at=row.target_at,
            why=row.why,
            law=row.law,
            stopped_at=row.stopped_at,
            passed_at=row.passed_at,
            owner=row.owner,
            cause=row.cause,
            comment=row.comment,
            measure=row.measure,
            measure_by=row.measure_by,
            resting_until=row.resting_until,
            acknowledged_at=row.acknowledged_at,
            moved=row.moved,
        )


def _state(passed_at: datetime | None, stopped_at: datetime | None) -> State:
    if passed_at is not None:
        return "bruten"
    return "löper" if stopped_at is None else "stoppad"

"""The socialjour's list as the API shows it."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from rules.clock import Clock
from workflows.duty import DutyCase, DutyList


class DutyClockShown(BaseModel):
    """A clock that ends before the office opens, or has passed and still runs."""

    clock: str
    name: str
    legal: bool
    due_at: datetime
    passed: bool
    resting_until: datetime | None

    @classmethod
    def of(cls, clock: Clock) -> Self:
        """From a case."""
        return cls(
            clock=clock.started.clock,
            name=clock.started.name,
            legal=clock.started.legal,
            due_at=clock.due_at,
            passed=clock.passed is not None,
            resting_until=clock.suspended.until if clock.suspended else None,
        )


class DutyCaseShown(BaseModel):
    """A case of the list."""

    number: str
    level: str
    child: str | None = Field(description="Namnet, bara när identiteten inte är skyddad.")
    protected: bool = Field(description="Skyddade personuppgifter; okänt räknas som skyddat.")
    protection_assessed: bool
    meeting_at: datetime | None
    silent_units: tuple[str, ...]
    clocks: tuple[DutyClockShown, ...]

    @classmethod
    def of(cls, case: DutyCase) -> Self:
        """From the list."""
        return cls(
            number=case.number,
            level=case.level.value,
            child=case.child,
            protected=case.protected,
            protection_assessed=case.protection_assessed,
            meeting_at=case.meeting_at,
            silent_units=case.silent_units,
            clocks=tuple(DutyClockShown.of(clock) for clock in case.clocks),
        )


class DutyListShown(BaseModel):
    """What falls due before the office opens; empty while the office answers itself."""

    at: datetime
    until: datetime | None = Field(description="När kontoret öppnar; null medan det är öppet.")
    cases: tuple[DutyCaseShown, ...]


def duty_list(found: DutyList) -> DutyListShown:
    """The whole list."""
    cases = tuple(DutyCaseShown.of(case) for case in found.cases)
    return DutyListShown(at=found.moment.at, until=found.until, cases=cases)

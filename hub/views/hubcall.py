"""The hub of a case: who was called, what each has said, and who is silent, by name."""

from dataclasses import dataclass

from hub.views.case import Lens
from hub.views.times import Deadline, deadline, moment
from rules.case import CalledUnit, Case
from rules.events import UnitAnswered
from rules.statement import Statement
from workflows.document import ANSWERS


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with its source and what kind it is."""

    text: str
    source: str
    about: str
    nature: str
    weight: str


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of a unit."""

    kind: str
    by: str
    when: str
    late: bool
    reason: str
    statements: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class UnitView:
    """One called unit; silence is shown as silence."""

    unit: str
    name: str
    deadline: Deadline
    deputy: str
    answers: tuple[Given, ...]

    @property
    def silent(self) -> bool:
        return not self.answers


@dataclass(frozen=True, slots=True)
class HubView:
    """The call, the meeting and the units."""

    called: bool
    called_by: str
    meeting: str
    why: str
    reason: str
    extra: bool
    units: tuple[UnitView, ...]
    silent: tuple[str, ...]
    answered: int
    held: str
    present: tuple[str, ...]
    silent_at_meeting: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The units to choose among."""
        return tuple((unit.unit, unit.name) for unit in self.units)


def said(statement: Statement) -> Said:
    """A statement in words."""
    return Said(
        text=statement.text,
        source=statement.source,
        about=f"om {statement.about.value}",
        nature=statement.nature.value,
        weight="" if statement.weight.value == "neutral" else statement.weight.value,
    )


def hub_view(case: Case, lens: Lens) -> HubView:
    """How the hub stands now."""
    call, meeting = case.call, case.meeting
    units = tuple(_unit(unit, case, lens) for unit in case.units.values())
    return HubView(
        called=call is not None,
        called_by=lens.name(call.by) if call else "",
        meeting=moment(call.starts_at) if call else "",
        why=call.why_slot if call else "",
        reason=call.reason if call else "",
        extra=bool(call and call.extra),
        units=units,
        silent=tuple(unit.name for unit in units if unit.silent),
        answered=sum(not unit.silent for unit in units),
        held=f"{moment(meeting.started_at)} till {moment(meeting.ended_at)}" if meeting else "",
        present=meeting.present if meeting else (),
        silent_at_meeting=tuple(map(lens.unit, meeting.silent_units)) if meeting else (),
        absent=tuple(map(lens.unit, meeting.absent_units)) if meeting else (),
    )


def _unit(unit: CalledUnit, case: Case, lens: Lens) -> UnitView:
    return UnitView(
        unit=unit.unit,
        name=lens.unit(unit.unit),
        deadline=deadline(unit.answer_by, lens.at),
        deputy=lens.name(unit.deputy.deputy) if unit.deputy else "",
        answers=tuple(_given(answer, case) for answer in unit.answers),
    )


def _given(answer: UnitAnswered, case: Case) -> Given:
    return Given(
        kind=ANSWERS[answer.answer],
        by=answer.attested_by,
        when=moment(answer.at),
        late=case.meeting is not None and answer.at > case.meeting.at,
        reason=answer.reason,
        statements=tuple(said(statement) for statement in answer.statements),
    )

"""The hub of a case: who was called, what each has said, and who is silent, by name."""

from dataclasses import dataclass

from hub.views.case import Lens
from hub.views.times import Deadline, deadline, moment, weekday_moment
from rules.case import CalledUnit, Case
from rules.events import UnitAnswered
from rules.slots import Slot
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
    unmanned: bool
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
    room: str
    link: str
    movable: bool
    moves: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposed meeting; `passed_over` is what was in the way of other times, line by line."""

    when: str
    extra: bool
    room: str
    why: str
    answer_by: str
    gives_way: str
    passed_over: tuple[str, ...]


def proposal_view(slot: Slot, lens: Lens) -> ProposalView:
    """A proposal with its explanation."""
    why, *passed_over = slot.why.split("; ")
    room = lens.policy.slots.room(slot.room)
    return ProposalView(
        when=weekday_moment(slot.starts_at),
        extra=slot.extra,
        room=room.name if room else "",
        why=begun(why),
        answer_by=weekday_moment(slot.answer_by),
        gives_way=" och ".join(slot.gives_way),
        passed_over=tuple(map(begun, passed_over)),
    )


def begun(text: str) -> str:
    """The text with a capital first letter and the rest as it was."""
    return f"{text[:1].upper()}{text[1:]}"


def said(statement: Statement) -> Said:
    """A statement in words."""
    return Said(
        text=statement.text,
        source=statement.source,
        about=f"om {statement.about.value}",
        nature=statement.nature.value,
        weight="" if statement.weight.value == "neutral" else statement.weight.value,
    )


def hub_view(case: Case, lens: Lens, *, unmanned: frozenset[str] = frozenset()) -> HubView:
    """How the hub stands now; `unmanned` are units for which nobody is there."""
    call, meeting = case.call, case.meeting
    units = tuple(
        _unit(unit, case, lens, unmanned=unit.unit in unmanned) for unit in case.units.values()
    )
    room = lens.policy.slots.room(call.room) if call else None
    return HubView(
        called=call is not None,
        called_by=lens.name(call.by) if call else "",
        meeting=weekday_moment(call.starts_at) if call else "",
        why=call.why_slot if call else "",
        reason=call.reason if call else "",
        extra=bool(call and call.extra),
        room=room.name if room else "",
        link=(room.link or "") if room else "",
        movable=call is not None and meeting is None and case.decision is None,
        moves=tuple(f"{moment(it.at)} av {lens.name(it.by)}: {it.reason}" for it in case.moves),
        units=units,
        silent=tuple(unit.name for unit in units if unit.silent),
        answered=sum(not unit.silent for unit in units),
        held=f"{moment(meeting.started_at)} till {moment(meeting.ended_at)}" if meeting else "",
        present=meeting.present if meeting else (),
        silent_at_meeting=tuple(map(lens.unit, meeting.silent_units)) if meeting else (),
        absent=tuple(map(lens.unit, meeting.absent_units)) if meeting else (),
    )


def _unit(unit: CalledUnit, case: Case, lens: Lens, *, unmanned: bool) -> UnitView:
    return UnitView(
        unit=unit.unit,
        name=lens.unit(unit.unit),
        deadline=deadline(unit.answer_by, lens.at),
        deputy=lens.name(unit.deputy.deputy) if unit.deputy else "",
        unmanned=unmanned,
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

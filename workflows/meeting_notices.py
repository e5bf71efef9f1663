"""Messages about the hub's meeting: called, moved, not held; with the invitation for calendars."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from rules import events as ev
from rules import local_time
from rules.case import Case
from rules.moving import is_ahead
from rules.people import Role
from rules.policy import Policy
from rules.standing_in import Unmanned
from workflows.delivery_ports import Notice
from workflows.invitations import Invitation, cancelled, invitation

MeetingEvent = ev.HubCalled | ev.UnitAdded | ev.DeputyNamed | ev.MeetingMoved | ev.Decided


@dataclass(frozen=True, slots=True)
class _Letter:
    """What every receiver of the same event is told."""

    case: Case
    key: str
    kind: str
    at: datetime

    def to_unit(
        self, unit: str, subject: str, *, body: str, invited: Invitation | None
    ) -> Iterator[Notice]:
        """To the unit's representatives, and to whoever stands in for them."""
        told = self._notice(f"{self.key}:{unit}", subject, body=body, invited=invited)
        yield replace(told, role=Role.UNIT, unit=unit)
        deputy = self.case.units[unit].deputy
        if deputy:
            yield replace(told, key=f"{told.key}:{deputy.deputy}", account=deputy.deputy)

    def to_deputy(self, account: str, *, body: str, invited: Invitation | None) -> Notice:
        told = self._notice(self.key, "Ersättare", body=body, invited=invited)
        return replace(told, account=account)

    def _notice(self, key: str, subject: str, *, body: str, invited: Invitation | None) -> Notice:
        return Notice(
            key=key,
            case_id=self.case.id,
            subject=f"{subject}: ärende {self.case.number}",
            body=body,
            made_at=self.at,
            kind=self.kind,
            invitation=invited,
        )


def of_meeting(
    case: Case, event: MeetingEvent, key: str, *, policy: Policy, at: datetime
) -> Iterator[Notice]:
    """Who is told what of a meeting; `case` is as it is after the event."""
    letter = _Letter(case, key, event.kind, at)
    invited = invitation(case, policy) if is_ahead(case, at) else None
    match event:
        case ev.HubCalled():
            for unit in event.units:
                body = _call(case, unit, policy)
                yield from letter.to_unit(unit, "Hubbkallelse", body=body, invited=invited)
        case ev.UnitAdded():
            body = _call(case, event.unit, policy)
            yield from letter.to_unit(event.unit, "Hubbkallelse", body=body, invited=invited)
        case ev.DeputyNamed():
            answer_by = local_time.moment(case.units[event.unit].answer_by)
            body = f"Du är ersättare i ärende {case.number}. Svara senast {answer_by}."
            yield letter.to_deputy(event.deputy, body=body, invited=invited)
        case ev.MeetingMoved():
            for unit in case.units:
                body = _moved(case, unit, policy)
                yield from letter.to_unit(unit, "Hubbmöte flyttat", body=body, invited=invited)
        case ev.Decided():
            if invited:
                yield from _not_held(letter, policy)
        case _:
            assert_never(event)


def _not_held(letter: _Letter, policy: Policy) -> Iterator[Notice]:
    """The case was decided without the hub that was called."""
    case, gone = letter.case, cancelled(letter.case, policy)
    body = f"Hubbmötet {local_time.moment(gone.starts_at)} i ärende {case.number} är inställt."
    for unit in case.units:
        yield from letter.to_unit(unit, "Hubbmöte inställt", body=body, invited=gone)


def unmanned(case: Case, alone: Unmanned, *, at: datetime) -> Notice:
    """To the chef of a unit that is called when all its representatives are away.

    Once for each meeting and each absence: who came back may go away again before the same meeting.
    """
    assert case.call is not None
    unit = alone.unit
    return Notice(
        key=f"{case.id}:{case.call.starts_at:%Y%m%dT%H%M}:{unit}:{alone.absence}:obemannad",
        case_id=case.id,
        subject=f"Utse ersättare: ärende {case.number}",
        body=(
            f"Enheten är kallad i ärende {case.number} och ska svara senast"
            f" {local_time.moment(case.units[unit].answer_by)}, men alla dess representanter är"
            f" frånvarande och ingen ersättare finns. Utse en ersättare. Hubbmöte {_when(case)}."
        ),
        role=Role.UNIT_MANAGER,
        unit=unit,
        made_at=at,
        kind="unit_unmanned",
    )


def _call(case: Case, unit: str, policy: Policy) -> str:
    return (
        f"Hubbkallelse i ärende {case.number}. Svara vad enheten vet senast"
        f" {local_time.moment(case.units[unit].answer_by)}."
        f" Hubbmöte {_when(case)}.{_where(case, policy)}"
    )


def _moved(case: Case, unit: str, policy: Policy) -> str:
    called = case.units[unit]
    by = local_time.moment(called.answer_by)
    answer = "" if called.answers else f" Svara vad enheten vet senast {by}."
    return (
        f"Hubbmötet i ärende {case.number} är flyttat till {_when(case)}.{answer}"
        f"{_where(case, policy)}"
    )


def _when(case: Case) -> str:
    assert case.call is not None
    minutes = int((case.call.ends_at - case.call.starts_at).total_seconds() // 60)
    return f"{local_time.moment(case.call.starts_at)}, {minutes} minuter"


def _where(case: Case, policy: Policy) -> str:
    assert case.call is not None
    room = policy.slots.room(case.call.room)
    if room is None:
        return " Rummet meddelas av mottagningen."
    return f" {room.name}: {room.link}" if room.link else f" {room.name}."

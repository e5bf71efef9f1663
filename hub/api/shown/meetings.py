"""Meetings, capacity and absences as the API shows them."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, Field

from rules.absences import Absence
from rules.capacity import Day
from rules.level import Level
from rules.slot_policy import SlotPolicy
from workflows.absences import Register
from workflows.meeting_board import Booked, Capacity, MeetingBoard


class MeetingShown(BaseModel):
    """A meeting to come; without a number it is only that a room is taken."""

    starts_at: datetime
    ends_at: datetime
    room: str
    link: str | None
    number: str | None
    case_id: str | None = Field(description="Bara för den som får läsa ärendet.")

    @classmethod
    def of(cls, booked: Booked, policy: SlotPolicy) -> Self:
        """From the board; the link is for those who may be there."""
        meeting = booked.meeting
        room = policy.room(meeting.room)
        return cls(
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            room=meeting.room,
            link=room.link if room and booked.may_open else None,
            number=booked.number or None,
            case_id=meeting.case_id if booked.may_open else None,
        )


class MeetingList(BaseModel):
    """Today's meetings and those to come, soonest first."""

    meetings: tuple[MeetingShown, ...]


class HoursShown(BaseModel):
    """Whole hours at which concerns come in."""

    since: datetime
    until: datetime


class CapacityDay(BaseModel):
    """A day for a level: hours whose standing times are all taken, and hours without any."""

    day: date
    level: Level
    taken: tuple[HoursShown, ...]
    without: tuple[HoursShown, ...]
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, day: Day) -> Self:
        """From the rules."""
        return cls(
            day=day.day,
            level=day.level,
            taken=tuple(HoursShown(since=it.since, until=it.until) for it in day.taken),
            without=tuple(HoursShown(since=it.since, until=it.until) for it in day.without),
            reasons=day.reasons,
        )


class CapacityShown(BaseModel):
    """The coming days, today first."""

    days: tuple[CapacityDay, ...]


class AbsenceShown(BaseModel):
    """One absence; `until` is earlier than `ends_at` for who came back before it would end."""

    id: str
    account: str
    starts_at: datetime
    ends_at: datetime
    until: datetime
    deputy: str | None

    @classmethod
    def of(cls, absence: Absence) -> Self:
        """From the register."""
        return cls(
            id=absence.id,
            account=absence.account,
            starts_at=absence.starts_at,
            ends_at=absence.ends_at,
            until=absence.until,
            deputy=absence.deputy,
        )


class AbsenceList(BaseModel):
    """Absences that are not over, of those whom the caller answers for."""

    absences: tuple[AbsenceShown, ...]


def meeting_list(board: MeetingBoard) -> MeetingList:
    """The board."""
    policy = board.moment.rulebook.policy.slots
    return MeetingList(meetings=tuple(MeetingShown.of(it, policy) for it in board.booked))


def capacity_shown(capacity: Capacity) -> CapacityShown:
    """Every day that has something to tell of a level."""
    told = (it for it in capacity.days if it.taken or it.without)
    return CapacityShown(days=tuple(map(CapacityDay.of, told)))


def absence_list(register: Register) -> AbsenceList:
    """The register."""
    return AbsenceList(absences=tuple(map(AbsenceShown.of, register.absences)))

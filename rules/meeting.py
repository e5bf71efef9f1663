"""Decisions of the hub meeting: that it was held, the joint mapping and the joint assessment."""

from datetime import datetime

from rules import events as ev
from rules.assessing import require_open, require_text, require_undecided
from rules.case import Case
from rules.convening import HubNotCalled
from rules.errors import Invalid, Refusal
from rules.level import Level
from rules.people import Actor
from rules.statement import Dissent, MapItem


class MeetingAlreadyHeld(Refusal):
    """Hubbmötet är redan hållet i ärendet."""


class MeetingNotHeld(Refusal):
    """Hubbmötet är inte hållet ännu."""


class MappingFirst(Refusal):
    """Den gemensamma kartläggningen görs före bedömningen."""


def hold(
    case: Case,
    *,
    started_at: datetime,
    ended_at: datetime,
    present: tuple[str, ...],
    present_units: tuple[str, ...],
    actor: Actor,
    at: datetime,
) -> ev.MeetingHeld:
    """The meeting was held; a silent unit does not stop it, it is recorded by name."""
    require_undecided(case)
    if case.call is None:
        raise HubNotCalled
    if case.meeting is not None:
        raise MeetingAlreadyHeld
    _require_times(case, started_at, ended_at, at=at)
    if not present:
        raise Invalid({"present": "Skriv vilka som var med, med namn."})
    unknown = [unit for unit in present_units if unit not in case.units]
    if unknown:
        raise Invalid({"present_units": f"Enheten ”{unknown[0]}” är inte kallad."})
    return ev.MeetingHeld(
        at=at,
        by=actor.id,
        started_at=started_at,
        ended_at=ended_at,
        present=present,
        present_units=present_units,
        silent_units=tuple(unit for unit in case.units if not _heard(case, unit, by=ended_at)),
        absent_units=tuple(unit for unit in case.units if unit not in present_units),
    )


def _heard(case: Case, unit: str, *, by: datetime) -> bool:
    """Whether the unit had answered when the meeting ended, however late it is recorded."""
    return any(answer.at <= by for answer in case.units[unit].answers)


def _require_times(case: Case, started: datetime, ended: datetime, *, at: datetime) -> None:
    assert case.call is not None
    if ended < started:
        raise Invalid({"ended_at": "Mötet kan inte sluta innan det började."})
    if started > at or ended > at:
        raise Invalid({"ended_at": "Mötets tid ligger i framtiden; skriv när det hölls."})
    if started < case.received_at:
        raise Invalid({"started_at": "Mötet kan inte ha hållits innan anmälan kom in."})


def make_mapping(
    case: Case, *, items: tuple[MapItem, ...], actor: Actor, at: datetime
) -> ev.MappingMade:
    """The joint kartläggning; a new version replaces nothing, the latest one is read."""
    require_open(case)
    if case.meeting is None:
        raise MeetingNotHeld
    if not items:
        raise Invalid({"items": "Skriv minst en punkt i kartläggningen."})
    for number, item in enumerate(items, 1):
        require_text(f"items.{number}.text", item.text, f"punkt {number}")
        require_text(f"items.{number}.source", item.source, f"vem som sagt punkt {number}")
    return ev.MappingMade(at=at, by=actor.id, items=items)


def make_assessment(
    case: Case,
    *,
    level: Level,
    reasons: str,
    dissents: tuple[Dissent, ...],
    actor: Actor,
    at: datetime,
) -> ev.AssessmentMade:
    """The joint bedömning, with dissent by name; it may be made again when an answer comes late."""
    require_open(case)
    if case.meeting is None:
        raise MeetingNotHeld
    if case.mapping is None:
        raise MappingFirst
    reasons = require_text("reasons", reasons, "skälen till bedömningen")
    for number, dissent in enumerate(dissents, 1):
        require_text(f"dissents.{number}.name", dissent.name, "vem som är skiljaktig")
        require_text(f"dissents.{number}.opinion", dissent.opinion, "den skiljaktiga meningen")
    return ev.AssessmentMade(at=at, by=actor.id, level=level, reasons=reasons, dissents=dissents)

"""Decisions about the hub call: who is called, who answers, who stands in."""

from datetime import datetime

from rules import events as ev
from rules.assessing import require_open, require_text, require_undecided
from rules.case import Case
from rules.errors import Invalid, Refusal
from rules.level import Level
from rules.people import Actor
from rules.policy import Policy, UnitKind
from rules.slots import Slot
from rules.statement import AnswerKind, Statement


class NoHubForGreen(Refusal):
    """Hubben kallas för Orange och Röd. Höj nivån, med skäl, om enheterna behöver samlas."""


class AlreadyCalled(Refusal):
    """Hubben är redan kallad i ärendet."""


class UnitNotCalled(Refusal):
    """Enheten är inte kallad i ärendet och kan därför inte svara."""


class UnitAlreadyCalled(Refusal):
    """Enheten är redan kallad."""


class HubNotCalled(Refusal):
    """Hubben är inte kallad i ärendet."""


def call_hub(
    case: Case,
    *,
    units: tuple[str, ...],
    slot: Slot,
    reason: str,
    policy: Policy,
    hub_levels: frozenset[Level],
    actor: Actor,
    at: datetime,
) -> ev.HubCalled:
    """Any one of the parties convenes the hub (s1:3347); the level need not be confirmed first."""
    require_undecided(case)
    if case.call is not None:
        raise AlreadyCalled
    if case.level not in hub_levels:
        raise NoHubForGreen
    _require_callable(units, policy)
    if slot.starts_at < at:
        raise Invalid({"starts_at": "Mötets tid har redan varit."})
    return ev.HubCalled(
        at=at,
        by=actor.id,
        units=units,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        answer_by=slot.answer_by,
        extra=slot.extra,
        why_slot=slot.why,
        reason=reason.strip(),
        room=slot.room,
    )


def _require_callable(units: tuple[str, ...], policy: Policy) -> None:
    if not units:
        raise Invalid({"units": "Välj minst en enhet att kalla."})
    for name in units:
        unit = policy.units.get(name)
        if unit is None:
            raise Invalid({"units": f"Enheten ”{name}” finns inte."})
        if not unit.same_board:
            raise Invalid({"units": f"{unit.name} hör till en annan nämnd och får inte kallas."})
        if unit.kind is UnitKind.INTAKE:
            raise Invalid({"units": f"{unit.name} är redan med och kallas inte."})


def add_unit(case: Case, *, unit: str, policy: Policy, actor: Actor, at: datetime) -> ev.UnitAdded:
    """One more unit is called; it gets its time, but never longer than to the meeting."""
    require_open(case)
    if case.call is None:
        raise HubNotCalled
    if unit in case.units:
        raise UnitAlreadyCalled
    _require_callable((unit,), policy)
    answer_by = at + policy.slots.answer_time.elapsed
    if case.meeting is None and case.call.starts_at > at:
        answer_by = min(answer_by, case.call.starts_at)
    return ev.UnitAdded(at=at, by=actor.id, unit=unit, answer_by=answer_by)


def answer(
    case: Case,
    *,
    unit: str,
    kind: AnswerKind,
    statements: tuple[Statement, ...],
    reason: str,
    actor: Actor,
    at: datetime,
) -> ev.UnitAnswered:
    """A unit says what it knows; a later answer is added to the earlier ones."""
    require_open(case)
    if unit not in case.units:
        raise UnitNotCalled
    _require_substance(kind, statements, reason)
    return ev.UnitAnswered(
        at=at,
        by=actor.id,
        unit=unit,
        answer=kind,
        statements=statements,
        reason=reason.strip(),
        attested_by=actor.name,
    )


def _require_substance(kind: AnswerKind, statements: tuple[Statement, ...], reason: str) -> None:
    if kind is AnswerKind.KNOWN:
        if not statements:
            raise Invalid({"statements": "Skriv minst en uppgift som enheten känner till."})
        for number, statement in enumerate(statements, 1):
            require_text(f"statements.{number}.text", statement.text, f"uppgift {number}")
            require_text(f"statements.{number}.source", statement.source, f"källan till {number}")
    elif statements:
        raise Invalid({"statements": "Uppgifter lämnas bara med svaret känd."})
    if kind is AnswerKind.CANNOT_ANSWER:
        require_text("reason", reason, "varför enheten inte kan svara")


def name_deputy(
    case: Case, *, unit: str, deputy: str, reason: str, actor: Actor, at: datetime
) -> ev.DeputyNamed:
    """Somebody stands in for the unit's representative in this case."""
    require_open(case)
    if unit not in case.units:
        raise UnitNotCalled
    return ev.DeputyNamed(at=at, by=actor.id, unit=unit, deputy=deputy, reason=reason.strip())

"""Who may see and do what with a case: from the relation to it, never from the role alone."""

from collections.abc import Mapping
from enum import StrEnum

from rules.case import Case
from rules.errors import NotAllowed, NotVisible
from rules.people import Actor, Role


class Relation(StrEnum):
    """How a person stands to a case."""

    INTAKE = "mottagning"
    CALLED_UNIT = "kallad enhet"
    CALLED_UNIT_MANAGER = "chef för kallad enhet"
    INTAKE_MANAGER = "chef för mottagningen"
    INVESTIGATOR = "utredare"
    INVESTIGATION_MANAGER = "chef för utredningen"
    MANAGER = "verksamhetschef"


class Action(StrEnum):
    """What can be done with a case."""

    READ = "läsa"
    REGISTER = "registrera"
    ASSESS = "bedöma"
    CALL = "kalla hubb"
    ANSWER = "svara för enhet"
    NAME_DEPUTY = "utse ersättare"
    MEET = "hålla möte"
    DECIDE = "besluta"
    HAND_OVER = "lämna över"
    RECEIVE = "ta emot"
    FEED_BACK = "återkoppla"
    REQUEST = "begära uppgifter"
    EXPLAIN = "förklara fristbrott"
    POSTPONE = "flytta frist"
    ACKNOWLEDGE = "se varning"
    NOTE_OCCASION = "anteckna händelse"
    NOTE = "anteckna"
    CLOSE = "avsluta"


_ALL = frozenset(Relation) - {Relation.MANAGER}
_INTAKE = frozenset({Relation.INTAKE, Relation.INTAKE_MANAGER})
_UNITS = frozenset({Relation.CALLED_UNIT, Relation.CALLED_UNIT_MANAGER})
_RECEIVERS = frozenset({Relation.INVESTIGATOR, Relation.INVESTIGATION_MANAGER})
_MANAGERS = frozenset(
    {Relation.INTAKE_MANAGER, Relation.CALLED_UNIT_MANAGER, Relation.INVESTIGATION_MANAGER}
)

PERMITS: Mapping[Action, frozenset[Relation]] = {
    Action.READ: _ALL,
    Action.REGISTER: _INTAKE,
    Action.ASSESS: _INTAKE,
    Action.CALL: _INTAKE | _UNITS,
    Action.ANSWER: _UNITS,
    Action.NAME_DEPUTY: _UNITS | _INTAKE,
    Action.MEET: _INTAKE,
    Action.DECIDE: _INTAKE,
    Action.HAND_OVER: _INTAKE,
    Action.RECEIVE: _RECEIVERS,
    Action.FEED_BACK: _INTAKE,
    Action.REQUEST: _INTAKE | _RECEIVERS,
    Action.EXPLAIN: _MANAGERS | {Relation.MANAGER},
    Action.POSTPONE: _INTAKE | _RECEIVERS,
    Action.ACKNOWLEDGE: _ALL,
    Action.NOTE_OCCASION: _INTAKE | _RECEIVERS,
    Action.NOTE: _ALL,
    Action.CLOSE: _INTAKE,
}


def relations(actor: Actor, case: Case, intake_unit: str) -> frozenset[Relation]:
    """Every relation that `actor` has to `case`; none means that it does not exist for them."""
    found: set[Relation] = set()
    if actor.has(Role.INTAKE):
        found.add(Relation.INTAKE)
    if actor.has(Role.UNIT_MANAGER) and actor.unit == intake_unit:
        found.add(Relation.INTAKE_MANAGER)
    if case.closed is None:
        found |= _of_called_unit(actor, case)
    found |= _of_receiver(actor, case)
    if actor.has(Role.MANAGER) and any(clock.passed for clock in case.clocks.values()):
        found.add(Relation.MANAGER)
    return frozenset(found)


def _of_called_unit(actor: Actor, case: Case) -> set[Relation]:
    """A unit sees the case from the call until it is closed, and only then."""
    found: set[Relation] = set()
    deputies = {unit.deputy.deputy for unit in case.units.values() if unit.deputy}
    if actor.id in deputies or (actor.has(Role.UNIT) and actor.unit in case.units):
        found.add(Relation.CALLED_UNIT)
    if actor.has(Role.UNIT_MANAGER) and actor.unit in case.units:
        found.add(Relation.CALLED_UNIT_MANAGER)
    return found


def _of_receiver(actor: Actor, case: Case) -> set[Relation]:
    if case.handover is None:
        return set()
    found: set[Relation] = set()
    named = case.handover.investigator
    mine = named == actor.id if named else actor.unit == case.handover.unit
    taken = case.receipt is None or case.receipt.investigator == actor.id
    if actor.has(Role.INVESTIGATOR) and mine and taken:
        found.add(Relation.INVESTIGATOR)
    if actor.has(Role.UNIT_MANAGER) and actor.unit == case.handover.unit:
        found.add(Relation.INVESTIGATION_MANAGER)
    return found


def require(actor: Actor, action: Action, case: Case, *, intake_unit: str) -> frozenset[Relation]:
    """The relations that let `actor` do this; what one may not see does not exist.

    A verksamhetschef answers for breaches by case number and never sees what the case says.
    """
    found = relations(actor, case, intake_unit)
    if not found or (found == {Relation.MANAGER} and action is not Action.EXPLAIN):
        raise NotVisible
    if found.isdisjoint(PERMITS[action]):
        raise NotAllowed
    return found


def answers_for(actor: Actor, case: Case, unit: str) -> bool:
    """Whether `actor` speaks for `unit` in this case: its own people, its chef, or its deputy."""
    called = case.units.get(unit)
    if called is not None and called.deputy and called.deputy.deputy == actor.id:
        return True
    return actor.unit == unit and actor.has(Role.UNIT, Role.UNIT_MANAGER)

"""Holds the board's own sections to what the program needs of them: who, how long, and by whom."""

from collections.abc import Iterator, Mapping

from rules.language.fault import Fault, Path
from rules.language.shape import Language
from rules.language.wording import listed, missing
from rules.people import Role
from rules.policy import ClockPolicy, Milestone, Policy, UnitKind
from rules.span import Span, Unit
from rules.statement import DecisionKind

# What each special beginning can end with; every other one ends with a milestone of the case.
_ENDS: Mapping[Milestone, tuple[Milestone, ...]] = {
    Milestone.CALLED: (Milestone.UNIT_ANSWERED, Milestone.MEETING_HELD),
    Milestone.LATE_ANSWER: (Milestone.REASSESSED,),
    Milestone.REQUESTED: (Milestone.REPLIED,),
    Milestone.BREACHED: (Milestone.EXPLAINED,),
    Milestone.LOWERING_PROPOSED: (Milestone.LOWERING_ANSWERED,),
    Milestone.RAISE_PROPOSED: (Milestone.RAISE_ANSWERED,),
}
_OF_THE_CASE = (
    Milestone.PROTECTION_ASSESSED,
    Milestone.LEVEL_CONFIRMED,
    Milestone.DECIDED,
    Milestone.ACKNOWLEDGED,
    Milestone.INFORMED,
    Milestone.CONCLUDED,
    Milestone.FEEDBACK_DONE,
    Milestone.CLOSED,
)
# After the decision, too, a case is never without a clock.
_AFTER = (
    (Milestone.HANDED_OVER_DUE, Milestone.ACKNOWLEDGED),
    (Milestone.CLOSABLE, Milestone.CLOSED),
)
_TOLD = (Role.INTAKE, Role.UNIT, Role.INVESTIGATOR, Role.UNIT_MANAGER, Role.MANAGER)


def board_faults(language: Language, policy: Policy) -> Iterator[Fault]:
    """What would stop a case half-way: nobody to tell, nobody to decide, no end to a clock."""
    for name, clock in policy.clocks.items():
        yield from _clock(name, clock)
    courses = {(clock.begins, clock.ends) for clock in policy.clocks.values()}
    for begins, ends in _AFTER:
        if (begins, ends) not in courses:
            text = f"någon frist ska löpa från {begins.value} till {ends.value}"
            yield Fault(("clocks",), text)
    yield from _slots(policy)
    yield from _units(policy)
    yield from _gates(policy)
    yield from _decisions(language, policy)


def _clock(name: str, clock: ClockPolicy) -> Iterator[Fault]:
    ends = _ENDS.get(clock.begins, _OF_THE_CASE)
    if clock.ends not in ends:
        known = listed([milestone.value for milestone in ends])
        text = f"en frist från {clock.begins.value} kan bara sluta med {known}"
        yield Fault(("clocks", name, "until"), text)
    for index, span in enumerate(clock.warn):
        if span.unit in (Unit.MONTHS, Unit.NEXT_DAY):
            text = f"en varning ges så många min, h, dagar eller veckor före, inte {span}"
            yield Fault(("clocks", name, "warn", index), text)
    for field, roles in (("tell", clock.tell), ("escalate", clock.escalate)):
        for index, role in enumerate(roles):
            if role not in _TOLD:
                known = listed([it.value for it in _TOLD])
                text = f"{role.value} bevakar inga frister; välj {known}"
                yield Fault(("clocks", name, field, index), text)


def _slots(policy: Policy) -> Iterator[Fault]:
    spans: Mapping[str, Span] = {
        "length": policy.slots.length,
        "answer_time": policy.slots.answer_time,
        "decision_time": policy.slots.decision_time,
    }
    for field, span in spans.items():
        if not span.unit.elapses:
            yield Fault(("slots", field), f"ange min eller h, inte {span}")


def _units(policy: Policy) -> Iterator[Fault]:
    intakes = [name for name, unit in policy.units.items() if unit.kind is UnitKind.INTAKE]
    if len(intakes) != 1:
        yield Fault(("units",), "exakt en enhet ska ha kind: mottagning")
    routed: list[tuple[Path, str]] = [
        *((("routing", "call", index), name) for index, name in enumerate(policy.routing.call)),
        (("routing", "investigators"), policy.routing.investigators),
    ]
    for path, name in routed:
        if name not in policy.units:
            yield Fault(path, missing("enheten", name, policy.units, section="units"))
        elif not policy.units[name].same_board:
            yield Fault(path, f"{name} hör till en annan nämnd (OSL 8:1)")
        elif name in intakes and path[1] == "call":
            yield Fault(path, f"{name} är redan med och kallas inte")


def _gates(policy: Policy) -> Iterator[Fault]:
    for number, gate in enumerate(policy.gates):
        for index, name in enumerate(gate.parties):
            if name not in policy.parties:
                text = missing("parten", name, policy.parties, section="parties")
                yield Fault(("gates", number, "parties", index), text)
        for index, name in enumerate(gate.grounds):
            if name not in policy.grounds:
                text = missing("grunden", name, policy.grounds, section="grounds")
                yield Fault(("gates", number, "grounds", index), text)


def _decisions(language: Language, policy: Policy) -> Iterator[Fault]:
    for decision in DecisionKind:
        found = sum(it.decision is decision for it in policy.delegation)
        if found != 1:
            text = f"exakt en rad ska säga vem som får besluta {decision.value}"
            yield Fault(("delegation",), text)
    known = {indicator.id for indicator in language.indicators}
    for index, name in enumerate(policy.violence.indicators):
        if name not in known:
            text = missing("frågan", name, known, section="indicators")
            yield Fault(("violence", "indicators", index), text)

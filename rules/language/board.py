"""Holds the board's own sections to what the program needs of them: who, how long, and by whom."""

from collections.abc import Iterator, Mapping

from rules.language.clock_faults import clock_faults, missing_clocks
from rules.language.fault import Fault, Path
from rules.language.shape import Language
from rules.language.wording import listed, missing
from rules.policy import Policy, UnitKind
from rules.span import Span
from rules.statement import DecisionKind

# What keeps the parts of a clock's key apart, as in `hantering:röd#2` and `enhetssvar:barn~1`.
_APART = ":#~"


def board_faults(language: Language, policy: Policy) -> Iterator[Fault]:
    """What would stop a case half-way: nobody to tell, nobody to decide, no end to a clock."""
    yield from _names(policy)
    for name in policy.clocks:
        yield from clock_faults(name, policy)
    yield from missing_clocks(policy)
    yield from _slots(policy)
    yield from _units(policy)
    yield from _gates(policy)
    yield from _decisions(language, policy)


def _names(policy: Policy) -> Iterator[Fault]:
    """A clock that is not known again by its key would be started anew for ever."""
    sections: Mapping[str, Mapping[str, object]] = {"clocks": policy.clocks, "units": policy.units}
    for section, named in sections.items():
        for name in named:
            if any(sign in name for sign in _APART):
                told = f"namnet {name} får inte innehålla {listed(list(_APART))}"
                yield Fault((section, name), told)


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

"""The part of the rules file that is not rules, as people read it: clocks, gates, units, slots."""

from collections.abc import Iterator, Mapping

from rules.clock_policy import ClockKind, ClockPolicy
from rules.language.prose import begun
from rules.level import Level
from rules.policy import Act, GatePolicy, Policy
from workflows.rules_text import Chapter, Entry, Note, Part, Table, grounds


def policy_chapters(policy: Policy, titles: Mapping[str, str]) -> Iterator[Chapter]:
    """Clocks, gates, who decides, and the units with the hub's standing times; `titles` are those
    of the sources."""
    yield Chapter("frister", "Fristerna", (_clocks(policy, titles),))
    yield Chapter("sparrar", "Vad som får hämtas och lämnas", (_gates(policy),))
    yield Chapter("beslut", "Vem som får besluta", (_delegation(policy),))
    yield Chapter("enheter", "Enheterna och hubbens tider", (_units(policy), _slots(policy)))


def _clocks(policy: Policy, titles: Mapping[str, str]) -> Part:
    rows = tuple(
        (
            clock.name,
            f"{said(clock.begins.value)} – {said(clock.ends.value)}",
            length_of(clock),
            "Lagens gräns" if clock.kind is ClockKind.LEGAL else "Lokalt löfte",
            grounds(clock.law, clock.source, titles),
        )
        for clock in policy.clocks.values()
    )
    text = "Timmar är förfluten tid dygnet runt. Dagar, veckor och månader är kalenderdagar."
    columns = ("Frist", "Från – till", "Längd", "Slag", "Grund")
    return Part(texts=(text,), table=Table(columns, rows))


def length_of(clock: ClockPolicy) -> str:
    """The length of a clock, or one for each level when they differ."""
    lengths = {str(clock.span_for(level)): level for level in reversed(Level)}
    if len(lengths) == 1:
        return next(iter(lengths))
    return ", ".join(f"{level.value} {clock.span_for(level)}" for level in reversed(Level))


def _gates(policy: Policy) -> Part:
    text = (
        "Det som ingen spärr tillåter är förbjudet. En grund öppnar spärren först när den är"
        " antecknad, med varför den gäller."
    )
    return Part(texts=(text,), entries=tuple(_gate(gate, policy) for gate in policy.gates))


def _gate(gate: GatePolicy, policy: Policy) -> Entry:
    verb, way = ("Hämta", "från") if gate.act is Act.GATHER else ("Lämna", "till")
    answer = "tillåtet" if gate.allowed else "stängt utan grund" if gate.grounds else "förbjudet"
    who = [policy.parties[name] for name in gate.parties]
    notes = [Note("Därför", gate.because), Note(begun(way), ", ".join(who))]
    if gate.grounds:
        notes.append(Note("Öppnas av", "; ".join(policy.grounds[it] for it in gate.grounds)))
    notes.append(Note("Grund", gate.law))
    title = f"{verb} uppgifter under {gate.phase.value}: {answer}"
    return Entry(f"sparr-{gate.gate}", title, gate.gate, notes=tuple(notes))


def _delegation(policy: Policy) -> Part:
    rows = tuple(
        (begun(said(it.decision.value)), said(it.requires), it.law) for it in policy.delegation
    )
    return Part(table=Table(("Beslut", "Kräver delegation att", "Grund"), rows))


def _units(policy: Policy) -> Part:
    called = policy.routing.call
    rows = tuple(
        (unit.name, begun(unit.kind.value), "kallas" if name in called else "kallas inte")
        for name, unit in policy.units.items()
    )
    return Part("enheterna", "Enheter", table=Table(("Enhet", "Slag", "Till hubben"), rows))


def _slots(policy: Policy) -> Part:
    slots = policy.slots
    days = "varje dag" if len(slots.weekdays) == 7 else ", ".join(slots.weekdays)
    holidays = "" if slots.on_rest_days else " utom helgdagar"
    rooms = ", ".join(room.name for room in slots.rooms)
    texts = (
        f"Hubben har fasta tider {days}{holidays} kl. {', '.join(slots.times)}.",
        f"Ett möte är {slots.length}. Efter mötet ska {slots.decision_time} återstå av fristen.",
        f"Enheterna får {slots.answer_time} att ta reda på vad de vet.",
        f"Två möten hålls aldrig samtidigt i samma rum. Rummen: {rooms}.",
    )
    return Part("tider", "Hubbens tider", texts=texts)


def said(word: str) -> str:
    """A value of the file as words."""
    return word.replace("_", " ")

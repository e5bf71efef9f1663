"""Holds the halves of a rules file against each other: no clock is promised and not kept."""

from collections.abc import Iterator

from rules.courses import BEGINNINGS
from rules.language.board import board_faults
from rules.language.fault import Fault
from rules.language.shape import Language
from rules.language.wording import listed
from rules.policy import ClockPolicy, Milestone, Policy

HANDLING = "hantering"
BREACH = "fristbrott"

_NEEDED = {
    HANDLING: (Milestone.RECEIVED, Milestone.DECIDED),
    BREACH: (Milestone.BREACHED, Milestone.EXPLAINED),
}


def promise_faults(language: Language, policy: Policy) -> Iterator[Fault]:
    """Clocks that the program cannot do without, that it could not start, or that disagree."""
    for name, (begins, ends) in _NEEDED.items():
        clock = policy.clocks.get(name)
        if clock is None:
            yield Fault(("clocks",), f"fristen {name} saknas; utan den glöms ärenden bort")
        elif (clock.begins, clock.ends) != (begins, ends):
            text = f"fristen {name} ska löpa från {begins.value} till {ends.value}"
            yield Fault(("clocks", name), text)
    for name, clock in policy.clocks.items():
        yield from _startable(name, clock)
    yield from _lengths(language, policy)
    yield from board_faults(language, policy)


def _startable(name: str, clock: ClockPolicy) -> Iterator[Fault]:
    if clock.begins not in BEGINNINGS:
        known = listed(sorted(milestone.value for milestone in BEGINNINGS))
        text = f"ingen frist kan börja med {clock.begins.value}; välj {known}"
        yield Fault(("clocks", name, "from"), text)


def _lengths(language: Language, policy: Policy) -> Iterator[Fault]:
    clock = policy.clocks.get(HANDLING)
    for level, promise in language.levels.items():
        if clock is not None and clock.span_for(level) != promise.handle_within:
            text = (
                f"nivån {level.value} lovar {promise.handle_within} men fristen {HANDLING} är"
                f" {clock.span_for(level)}; skriv samma tid på båda ställena"
            )
            yield Fault(("clocks", HANDLING, "length"), text)

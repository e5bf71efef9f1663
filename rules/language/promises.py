"""Holds the halves of a rules file against each other: no clock is promised and not kept."""

from collections.abc import Iterator, Mapping

from rules.clock_policy import ClockPolicy
from rules.concern import ReporterKind
from rules.courses import BEGINNINGS
from rules.language.board import board_faults
from rules.language.fault import Fault, Path
from rules.language.shape import Language, Row, RuleShape
from rules.language.states import state_faults
from rules.language.wording import listed, missing, suggestion
from rules.milestone import Milestone
from rules.policy import Policy

HANDLING = "hantering"
BREACH = "fristbrott"
INTAKE = "mottagning"

# What the law sets a limit for, and what the lists and pages of the hub go by.
_NEEDED = {
    HANDLING: (Milestone.RECEIVED, Milestone.DECIDED),
    "skyddsbedomning": (Milestone.RECEIVED, Milestone.PROTECTION_ASSESSED),
    "forhandsbedomning": (Milestone.RECEIVED, Milestone.DECIDED),
    "ombedomning": (Milestone.LATE_ANSWER, Milestone.REASSESSED),
    "information": (Milestone.OPENED, Milestone.INFORMED),
    "utredning": (Milestone.OPENED, Milestone.CONCLUDED),
    "aterkoppling": (Milestone.FEEDBACK_DUE, Milestone.FEEDBACK_DONE),
    "aterkoppling_genast": (Milestone.FEEDBACK_ASKED_LATER, Milestone.FEEDBACK_DONE),
    BREACH: (Milestone.BREACHED, Milestone.EXPLAINED),
}

# Never inputs, whatever else a board adds (diskrimineringslagen 1:5; regeringsformen 1:2).
_PROTECTED = ("kon", "etnicitet", "fodelseland", "sprak", "religion", "bostadsomrade")


def promise_faults(language: Language, policy: Policy) -> Iterator[Fault]:
    """Clocks that the program cannot do without, that it could not start, or that disagree."""
    for name, (begins, ends) in _NEEDED.items():
        clock = policy.clocks.get(name)
        if clock is None:
            hint = suggestion(name, policy.clocks.keys() - _NEEDED.keys())
            text = f"fristen {name} saknas; utan den glöms ärenden bort{hint}"
            yield Fault(("clocks",), text)
        elif (clock.begins, clock.ends) != (begins, ends):
            text = f"fristen {name} ska löpa från {begins.value} till {ends.value}"
            yield Fault(("clocks", name), text)
    unstartable = [
        fault for name, clock in policy.clocks.items() for fault in _startable(name, clock)
    ]
    yield from unstartable or state_faults(policy)
    yield from _lengths(language, policy)
    yield from _safety(language)
    yield from _speakers(language, policy)
    yield from board_faults(language, policy)


def _startable(name: str, clock: ClockPolicy) -> Iterator[Fault]:
    if isinstance(clock.begins, Milestone) and clock.begins not in BEGINNINGS:
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


def _safety(language: Language) -> Iterator[Fault]:
    """What no board may take away: the precaution, and what may never be asked."""
    if language.precaution is None:
        text = "försiktigheten saknas; utan den blir en anmälan som ingen vet något om grön"
        yield Fault(("precaution",), text)
    if lost := [name for name in _PROTECTED if name not in language.never_inputs]:
        text = f"{', '.join(lost)} saknas; det får aldrig bli indata och ska alltid stå här"
        yield Fault(("never_inputs",), text)


def _speakers(language: Language, policy: Policy) -> Iterator[Fault]:
    """Whoever an example says has answered is somebody who can."""
    known = (*(kind.value for kind in ReporterKind), INTAKE, *policy.units)
    for path, name, said in _said(language):
        if said not in known:
            text = missing("den som svarat,", said, known, section="units eller bland anmälare")
            yield Fault((*path, name, "source"), text)


def _said(language: Language) -> Iterator[tuple[Path, str, str]]:
    """Each answer of an example that names who gave it."""
    for path, row in _examples(language):
        for name, answer in row.items():
            if isinstance(answer, Mapping):
                yield path, name, str(answer.get("source"))


def _examples(language: Language) -> Iterator[tuple[Path, Row]]:
    rules: list[tuple[Path, RuleShape]] = [
        (("rules", number), rule) for number, rule in enumerate(language.rules)
    ]
    rules += [(("precaution",), language.precaution)] if language.precaution else []
    for path, rule in rules:
        for kind, rows in (("fires", rule.fires), ("silent", rule.silent)):
            yield from (((*path, kind, number), row) for number, row in enumerate(rows))

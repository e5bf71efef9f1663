"""Every state that a case can wait in has a running clock: tried on the courses themselves.

A clock that ends early only takes clocks away, so the states tried are those where all that can
be done beside the course is done, and those where nothing of it is.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rules import events as ev
from rules.case import CalledUnit, Case
from rules.concern import Channel, Child, Reporter, ReporterKind
from rules.courses import courses
from rules.language.fault import Fault
from rules.level import Level
from rules.people import PROGRAM
from rules.policy import Policy
from rules.statement import AnswerKind, DecisionKind

_AT = datetime(2026, 3, 10, 8, tzinfo=UTC)
_SOON = _AT + timedelta(hours=1)
_BY = PROGRAM.id


def state_faults(policy: Policy) -> Iterator[Fault]:
    """A fault for each state, not an end, in which nobody would be told of the case again."""
    for name, case in states():
        if all(course.ended_at is not None for course in courses(case, policy)):
            yield Fault(("clocks",), f"ingen frist löper för ett ärende som {name}")


def states() -> Iterator[tuple[str, Case]]:
    """What a case can be while it is open, and a closed one whose investigation is open."""
    bare = Case(id="", registered=_registered(), child=Child())
    for name, case in (("är nyregistrerat", bare), ("är bedömt", _assessed(bare))):
        yield name, case
        yield f"{name} och har kallat hubben", _called(case)
        yield f"{name} och har haft hubbmöte", _met(case)
    yield from _decided(_met(_assessed(bare)))


def _decided(case: Case) -> Iterator[tuple[str, Case]]:
    yield "är beslutat: inte inleda", replace(case, decision=_decision(DecisionKind.NOT_OPEN))
    for kind in (DecisionKind.OPEN, DecisionKind.ONGOING):
        decided = replace(case, decision=_decision(kind))
        handed = replace(decided, handover=_handed())
        taken = replace(handed, receipt=_taken())
        for name, after in (
            ("inte är överlämnat", decided),
            ("är överlämnat", handed),
            ("är mottaget", taken),
        ):
            yield f"är beslutat, {kind.value}, och {name}", after
    opened = replace(case, decision=_decision(DecisionKind.OPEN), handover=_handed())
    done = replace(opened, receipt=_taken(), informed=_informed())
    yield "är mottaget och där berörda är informerade", done
    yield "är mottaget och där utredningen är avslutad", replace(done, concluded=_concluded())
    yield "är avslutat i hubben medan utredningen pågår", replace(done, closed=_closed())


def _registered() -> ev.Registered:
    return ev.Registered(
        at=_AT,
        by=_BY,
        number="",
        report_id="",
        received_at=_AT,
        channel=Channel.PHONE,
        reporter=Reporter(kind=ReporterKind.ANONYMOUS),
        child=Child(),
        siblings=(),
        title="",
        text="",
        related=(),
        facts={},
    )


def _assessed(case: Case) -> Case:
    level = ev.LevelSet(at=_AT, by=_BY, level=Level.ORANGE, reason="")
    protection = ev.ProtectionAssessed(at=_AT, by=_BY, needed=False, reasons="")
    return replace(case, protection=protection, levels=(level,))


def _called(case: Case) -> Case:
    """Every unit has answered: only the meeting is waited for."""
    call = ev.HubCalled(
        at=_AT,
        by=_BY,
        units=("",),
        starts_at=_SOON,
        ends_at=_SOON,
        answer_by=_SOON,
        extra=False,
        why_slot="",
        reason="",
    )
    answer = ev.UnitAnswered(at=_AT, by=_BY, unit="", answer=AnswerKind.NOT_KNOWN)
    return replace(case, call=call, units={"": CalledUnit("", _AT, _SOON, (answer,))})


def _met(case: Case) -> Case:
    meeting = ev.MeetingHeld(
        at=_AT,
        by=_BY,
        started_at=_AT,
        ended_at=_AT,
        present=(),
        present_units=(),
        silent_units=(),
        absent_units=(),
    )
    assessment = ev.AssessmentMade(at=_AT, by=_BY, level=Level.ORANGE, reasons="")
    return replace(_called(case), meeting=meeting, assessments=(assessment,))


def _decision(kind: DecisionKind) -> ev.Decided:
    return ev.Decided(
        at=_AT, by=_BY, decision=kind, reasons="", law="", decided_by="", delegation=""
    )


def _handed() -> ev.HandedOver:
    return ev.HandedOver(at=_AT, by=_BY, unit="", investigator=None, upto_seq=0, package_hash="")


def _taken() -> ev.HandoverAcknowledged:
    return ev.HandoverAcknowledged(at=_AT, by=_BY, investigator="")


def _informed() -> ev.ConcernedInformed:
    return ev.ConcernedInformed(at=_AT, by=_BY, how="")


def _concluded() -> ev.InvestigationConcluded:
    return ev.InvestigationConcluded(at=_AT, by=_BY, outcome="")


def _closed() -> ev.Closed:
    return ev.Closed(at=_AT, by=_BY, reason="")

"""A step told twice, a breach told to nobody, and an alarm that was never put out are all found."""

from dataclasses import replace

from rules import events as ev
from rules.clock import DUE
from rules.clock_events import Told
from tests.rules_case import happenings as it
from tests.workflows.course import begun
from workflows.telling import telling_faults

WARNED = ev.Alerted(
    at=it.after(30),
    by=it.BY,
    key="hantering:röd",
    step="varning-1",
    told=(Told(role="mottagning", unit="mottagning"),),
)
OUT = "arende-1:hantering:röd:varning-1:mottagning:mottagning"
RED = it.lived(it.classified())


def faults(*events: ev.Event, out: tuple[str, ...] = (OUT,)) -> list[str]:
    case = it.lived(it.classified(), *events)
    return list(telling_faults(case, events, out))


def test_what_a_sweep_does_is_without_fault() -> None:
    course = begun()
    for hours in (1, 4, 30, 400):
        course.world.clock.forward(hours=hours)
        course.sweep()
    events = course.world.store.journal[course.id]
    out = {notice.key for notice in course.notices}

    assert any(isinstance(event, ev.DeadlinePassed) for event in events)
    assert list(telling_faults(course.case, events, out)) == []


def test_a_step_told_twice_is_found() -> None:
    assert faults(WARNED) == []
    assert faults(WARNED, WARNED) == [
        "fristen hantering:röd är larmad 2 gånger för steget varning-1."
    ]


def test_a_breach_recorded_twice_is_found() -> None:
    breach = it.passed("hantering:röd")
    told = replace(WARNED, step=DUE, told=())

    assert faults(breach, breach, told) == [
        "fristen hantering:röd är bruten 2 gånger för steget frist."
    ]


def test_a_breach_that_nobody_was_told_of_is_found_but_not_one_from_before_the_ladder() -> None:
    breach = it.passed("hantering:röd")
    older = replace(RED.clocks["hantering:röd"].started, alarms=())
    before = it.case_of(it.classified(), older, breach)

    assert faults(breach) == ["fristen hantering:röd har brustit utan att någon fick veta det."]
    assert list(telling_faults(before, (breach,), ())) == []


def test_an_alarm_that_was_never_put_out_is_found() -> None:
    assert faults(WARNED, out=()) == [
        "larmet om fristen hantering:röd, steget varning-1, lades aldrig ut."
    ]

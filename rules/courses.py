"""The courses that a case's clocks run: from which moment, until which, and for whom."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rules import events as ev
from rules.case import Case
from rules.clock import Clock
from rules.clock_policy import ClockPolicy
from rules.level import Level
from rules.milestone import Milestone, Occasion, Point
from rules.policy import Policy
from rules.slot_policy import SlotPolicy
from rules.span import Due, Span
from rules.statement import DecisionKind


@dataclass(frozen=True, slots=True)
class Course:
    """One clock that the policy wants; `ended_at` is set once its end has been reached.

    `noted` says that a person tells when it began, perhaps long after.
    """

    key: str
    clock: str
    anchor_at: datetime
    ended_at: datetime | None = None
    because: str = ""
    unit: str | None = None
    due: Due | None = None
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment from which a clock runs; several when a clock runs per unit, request or breach."""

    at: datetime
    suffix: str = ""
    ended_at: datetime | None = None
    unit: str | None = None
    due: Due | None = None
    because: str = ""


def courses(case: Case, policy: Policy) -> Iterator[Course]:
    """Every course that `case` has or has had under `policy`."""
    for name, clock in policy.clocks.items():
        if clock.only == "våld" and not case.violent(policy.violence.indicators):
            continue
        for anchor in _anchors(case, clock, policy.slots):
            yield Course(
                key=_key(name, clock, anchor, level=case.level),
                clock=name,
                anchor_at=anchor.at,
                ended_at=anchor.ended_at or _end(case, clock, since=anchor.at),
                because=anchor.because or clock.ends.value,
                unit=anchor.unit,
                due=anchor.due,
                noted=isinstance(clock.begins, Occasion),
            )


def _key(name: str, clock: ClockPolicy, anchor: Anchor, *, level: Level) -> str:
    if anchor.suffix:
        return f"{name}:{anchor.suffix}"
    return name if isinstance(clock.length, Span) else f"{name}:{level.value}"


def _anchors(case: Case, clock: ClockPolicy, slots: SlotPolicy) -> Iterator[Anchor]:
    if isinstance(clock.begins, Occasion):
        return _noted(case, clock.begins, clock.ends)
    if clock.begins is Milestone.CALLED:
        return _call(case, clock.ends, slots)
    return _BEGINNINGS[clock.begins](case)


def _noted(case: Case, begins: Occasion, ends: Point) -> Iterator[Anchor]:
    """What has happened more than once has a clock each time, and an end stops one of them."""
    started = _times(case, begins)
    if not started:
        return
    free = sorted(_times(case, ends)) if isinstance(ends, Occasion) else []
    ended: dict[int, datetime] = {}
    for at, number in sorted((at, number) for number, at in enumerate(started)):
        found = next((end for end in free if end >= at), None)
        if found is not None:
            free.remove(found)
            ended[number] = found
    for number, at in enumerate(started):
        yield Anchor(at, suffix=str(number + 1), ended_at=ended.get(number))


def _times(case: Case, occasion: Occasion) -> list[datetime]:
    return [it.happened_at for it in case.occasions if it.occasion == occasion.occasion]


def _call(case: Case, ends: Point, slots: SlotPolicy) -> Iterator[Anchor]:
    """A meeting that uses all its time is recorded after it: it has until the decision's time."""
    if case.call is None:
        return
    if ends is Milestone.UNIT_ANSWERED:
        yield from _unit_anchors(case)
    else:
        why = f"mötets tid ({case.call.why_slot}) och {slots.decision_time} att anteckna det"
        at = case.call.ends_at + slots.decision_time.elapsed
        end = Due(at, at, why)
        decided = case.decision.at if case.decision else None
        held = case.meeting.at if case.meeting else decided
        yield Anchor(case.call.at, ended_at=held, due=end, suffix=_nth(case))


def _nth(case: Case) -> str:
    """A hub that is called anew has a meeting of its own."""
    return f"{case.call.starts_at:%Y%m%dT%H%M}" if case.call else ""


def _no_longer_asked(case: Case) -> datetime | None:
    """An investigation wants a late answer too; where none is opened nobody waits for it."""
    if case.decision and case.decision.decision is DecisionKind.NOT_OPEN:
        return case.decision.at
    return case.closed.at if case.closed else None


def _unit_anchors(case: Case) -> Iterator[Anchor]:
    over = _no_longer_asked(case)
    for name, unit in case.units.items():
        answered = unit.answers[0].at if unit.answers else over
        end = Due(unit.answer_by, unit.answer_by, "enhetens tid, aldrig längre än till mötet")
        suffix = f"{name}~{unit.changes}" if unit.changes else name
        yield Anchor(unit.called_at, suffix=suffix, ended_at=answered, unit=name, due=end)


def _received(case: Case) -> Iterator[Anchor]:
    yield Anchor(case.received_at)


def _late_answer(case: Case) -> Iterator[Anchor]:
    if case.late_answers and case.closed is None:
        yield Anchor(case.late_answers[0].at)


def _opened(case: Case) -> Iterator[Anchor]:
    if case.decision and case.decision.decision is DecisionKind.OPEN:
        yield Anchor(case.decision.at)


def _concluded(case: Case) -> Iterator[Anchor]:
    if case.concluded:
        yield Anchor(case.concluded.at)


def _handover(case: Case) -> Iterator[Anchor]:
    if case.decision and case.decision.decision is not DecisionKind.NOT_OPEN:
        yield Anchor(case.decision.at)


def _feedback(case: Case) -> Iterator[Anchor]:
    """Asked for before the decision: the clock runs from the decision (SoL 19:6)."""
    asked = case.feedback.requested
    if asked and case.decision and _due_feedback(case) and not _is_at_once(asked, case.decision):
        yield Anchor(case.decision.at)


def _late_feedback(case: Case) -> Iterator[Anchor]:
    asked = case.feedback.requested
    if asked and case.decision and _due_feedback(case) and _is_at_once(asked, case.decision):
        yield Anchor(max(asked.requested_at, case.decision.at))


def _is_at_once(asked: ev.FeedbackRequested, decision: ev.Decided) -> bool:
    """Asked for after the decision, or an investigation runs already (SoL 19:6): genast."""
    return asked.requested_at > decision.at or decision.decision is DecisionKind.ONGOING


def _due_feedback(case: Case) -> bool:
    return case.registered.reporter.kind.under_duty


def _requested(case: Case) -> Iterator[Anchor]:
    for key, request in case.requests.items():
        if request.asked.act == "hämta":
            ended = request.reply.at if request.reply else None
            yield Anchor(request.asked.at, suffix=key, ended_at=ended)


def _breached(case: Case) -> Iterator[Anchor]:
    for key, clock in case.clocks.items():
        if clock.passed is not None and clock.started.clock != "fristbrott":
            yield _breach(key, clock)


def _breach(key: str, clock: Clock) -> Anchor:
    assert clock.passed is not None
    ended = clock.explained.at if clock.explained else None
    suffix = key.replace("#", "~")
    return Anchor(clock.passed.at, suffix=suffix, ended_at=ended, unit=clock.passed.owner)


def _explained(case: Case) -> Iterator[Anchor]:
    """What was promised when the breach was explained; each explanation promises anew."""
    for key, clock in case.clocks.items():
        if clock.explained is not None:
            yield _remedy(key, clock, clock.explained)


def _remedy(key: str, clock: Clock, explained: ev.BreachExplained) -> Anchor:
    ended = clock.stopped.stopped_at if clock.stopped else None
    by = explained.measure_by
    due = Due(by, by, "den tid som utlovades när fristbrottet förklarades") if by else None
    suffix = f"{key.replace('#', '~')}:{explained.at:%Y%m%dT%H%M%S}"
    because = clock.stopped.because if clock.stopped else ""
    return Anchor(
        explained.at, suffix=suffix, ended_at=ended, unit=_owner(clock), due=due, because=because
    )


def _owner(clock: Clock) -> str | None:
    """The unit that owns the breach owns what it promised."""
    return clock.passed.owner if clock.passed else None


def _closable(case: Case) -> Iterator[Anchor]:
    """From the decision, or from the receiver's receipt, somebody must close the hub's case."""
    if case.decision and not case.handover_is_due:
        yield Anchor(case.receipt.at if case.receipt else case.decision.at)


def _lowering(case: Case) -> Iterator[Anchor]:
    if case.lowering and case.decision is None:
        yield Anchor(case.lowering.at)


def _raise(case: Case) -> Iterator[Anchor]:
    if case.raise_is_proposed and case.classified and case.decision is None:
        yield Anchor(case.classified.at)


def _end(case: Case, clock: ClockPolicy, *, since: datetime) -> datetime | None:
    point = clock.ends
    if isinstance(point, Occasion):
        if isinstance(clock.begins, Occasion):
            return None
        return min((at for at in _times(case, point) if at >= since), default=None)
    stamp = _ENDS[point](case) if point in _ENDS else None
    return stamp.at if stamp else None


_ENDS: Mapping[Milestone, Callable[[Case], ev.Stamp | None]] = {
    Milestone.PROTECTION_ASSESSED: lambda case: case.protection,
    Milestone.LEVEL_CONFIRMED: lambda case: case.levels[0] if case.levels else None,
    Milestone.DECIDED: lambda case: case.decision,
    Milestone.ACKNOWLEDGED: lambda case: case.receipt,
    Milestone.INFORMED: lambda case: case.informed,
    Milestone.CONCLUDED: lambda case: case.concluded,
    Milestone.FEEDBACK_DONE: lambda case: case.feedback.given,
    Milestone.CLOSED: lambda case: case.closed,
}

_BEGINNINGS: Mapping[Milestone, Callable[[Case], Iterator[Anchor]]] = {
    Milestone.RECEIVED: _received,
    Milestone.LATE_ANSWER: _late_answer,
    Milestone.OPENED: _opened,
    Milestone.CONCLUDED: _concluded,
    Milestone.HANDED_OVER_DUE: _handover,
    Milestone.FEEDBACK_DUE: _feedback,
    Milestone.FEEDBACK_ASKED_LATER: _late_feedback,
    Milestone.REQUESTED: _requested,
    Milestone.BREACHED: _breached,
    Milestone.EXPLAINED: _explained,
    Milestone.CLOSABLE: _closable,
    Milestone.LOWERING_PROPOSED: _lowering,
    Milestone.RAISE_PROPOSED: _raise,
}

BEGINNINGS = frozenset({Milestone.CALLED, *_BEGINNINGS})

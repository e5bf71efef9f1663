"""The fold: one event at a time onto a case; mypy reports a forgotten event."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import assert_never

from rules import events as ev
from rules.answer import Answer, Value
from rules.case import CalledUnit, Case, Feedback, Request
from rules.clock_fold import clocks_after
from rules.hub_fold import moved
from rules.level import Level, highest


def replay(case_id: str, events: Iterable[ev.Event]) -> Case | None:
    """The case that `events` add up to; None when there are none."""
    rest = iter(events)
    for first in rest:
        return extend(begin(case_id, first), rest)
    return None


def begin(case_id: str, event: ev.Event) -> Case:
    """A case begins with its registration and with nothing else."""
    if not isinstance(event, ev.Registered):
        raise ValueError(f"a case cannot begin with {event.kind}")
    wanted = event.reporter.wants_feedback
    request = ev.FeedbackRequested(at=event.at, by=event.by, requested_at=event.received_at)
    return Case(
        id=case_id,
        registered=event,
        child=event.child,
        feedback=Feedback(requested=request if wanted else None),
    )


def extend(case: Case, events: Iterable[ev.Event]) -> Case:
    """`case` after `events`; the version counts them.

    Most events are of clocks, and no other event reads them: they are put back once, at the end.
    """
    version, clocks = case.version, case.clocks
    for event in events:
        version += 1
        if isinstance(event, ev.ClockEvent):
            clocks = clocks_after(clocks, event)
        else:
            case = _next(case, event)
    return replace(case, version=version, clocks=clocks)


def apply(case: Case, event: ev.Event) -> Case:
    """`case` after one more event."""
    return extend(case, (event,))


def _next(case: Case, event: ev.CaseEvent) -> Case:
    match event:
        case ev.Registered():
            raise ValueError("a case is registered once")
        case ev.ChildCorrected():
            return replace(case, child=event.child)
        case ev.NoteAdded():
            return replace(case, notes=(*case.notes, event))
        case ev.RequestRefused():
            return case
        case ev.Closed():
            return replace(case, closed=event)
        case (
            ev.ProtectionAssessed()
            | ev.QuestionsAnswered()
            | ev.Classified()
            | ev.LevelSet()
            | ev.LoweringProposed()
            | ev.LoweringDeclined()
        ):
            return _assessed(case, event)
        case (
            ev.HubCalled()
            | ev.UnitAdded()
            | ev.UnitAnswered()
            | ev.DeputyNamed()
            | ev.MeetingHeld()
            | ev.MappingMade()
            | ev.AssessmentMade()
        ):
            return _met(case, event)
        case ev.MeetingMoved():
            return moved(case, event)
        case ev.OccasionNoted():
            return replace(case, occasions=(*case.occasions, event))
        case _:
            return _concluded(case, event)


def _assessed(
    case: Case,
    event: ev.ProtectionAssessed
    | ev.QuestionsAnswered
    | ev.Classified
    | ev.LevelSet
    | ev.LoweringProposed
    | ev.LoweringDeclined,
) -> Case:
    match event:
        case ev.ProtectionAssessed():
            return replace(case, protection=event)
        case ev.QuestionsAnswered():
            return replace(case, said=_heard(case, event), affirmed=_affirmed(case, event))
        case ev.Classified():
            return _classified(case, event)
        case ev.LevelSet():
            levels = (*case.levels, event)
            raised = _unanswered(case, event)
            after = replace(case, levels=levels, raised_to=raised, incident=None)
            return _without_lowering(after)
        case ev.LoweringProposed():
            return replace(case, lowering=event, lowering_outrun=False)
        case ev.LoweringDeclined():
            return _without_lowering(case)
        case _:
            assert_never(event)


def _classified(case: Case, event: ev.Classified) -> Case:
    raised, proposed = case.raised_to, _proposed(case, event)
    more = _says_more(case, event) if case.levels else proposed.above(case.proposed)
    if case.levels and more:
        raised = highest(event.classification.level, raised or case.level)
    return replace(
        case,
        classified=event,
        incident=event.classification.incident or case.incident,
        proposed=proposed,
        raised_to=raised,
        # Who proposed a lowering did not know this; the second person cannot answer for both.
        lowering_outrun=case.lowering is not None and (more or case.lowering_outrun),
    )


def _without_lowering(case: Case) -> Case:
    return replace(case, lowering=None, lowering_outrun=False)


def _unanswered(case: Case, event: ev.LevelSet) -> Level | None:
    """A proposed raise stands until it is reached, or two persons have said otherwise."""
    raised = case.raised_to
    stands = raised is not None and raised.above(event.level) and event.proposed_by is None
    return raised if stands else None


def _says_more(case: Case, event: ev.Classified) -> bool:
    """The rules say something above the set level that those who set it could not know."""
    before = case.classified.classification if case.classified else None
    known = {finding.rule for finding in before.findings} if before else set()
    fresh = (it.level for it in event.classification.findings if it.rule not in known)
    raised = before is None or event.classification.level.above(before.level)
    return raised or any(level.above(case.level) for level in fresh)


def _proposed(case: Case, event: ev.Classified) -> Level:
    """Never lower than before, save that knowing something outweighs having known nothing."""
    before = case.classified
    if before is None or before.classification.nothing_was_known:
        return event.classification.level
    return highest(case.proposed, event.classification.level)


def _heard(case: Case, event: ev.QuestionsAnswered) -> Mapping[str, Mapping[str, Answer]]:
    """What each source last said of each question; sources never overwrite one another."""
    fresh = {
        name: {**case.said.get(name, {}), answer.source: answer}
        for name, answer in event.answers.items()
    }
    return {**case.said, **fresh}


def _affirmed(case: Case, event: ev.QuestionsAnswered) -> frozenset[str]:
    """The questions that somebody has answered ja, whatever was said of them later."""
    fresh = (name for name, answer in event.answers.items() if answer.value is Value.YES)
    return case.affirmed.union(fresh)


def _met(
    case: Case,
    event: ev.HubCalled
    | ev.UnitAdded
    | ev.UnitAnswered
    | ev.DeputyNamed
    | ev.MeetingHeld
    | ev.MappingMade
    | ev.AssessmentMade,
) -> Case:
    match event:
        case ev.HubCalled():
            return replace(case, call=event, units={**case.units, **_called(event)})
        case ev.UnitAdded():
            unit = CalledUnit(event.unit, event.at, event.answer_by)
            return _with_unit(case, unit)
        case ev.UnitAnswered():
            return _answered(case, event)
        case ev.DeputyNamed():
            return _with_unit(case, replace(case.units[event.unit], deputy=event))
        case ev.MeetingHeld():
            return replace(case, meeting=event, late_answers=_after_it(case, event))
        case ev.MappingMade():
            return replace(case, mapping=event)
        case ev.AssessmentMade():
            return replace(case, assessments=(*case.assessments, event), late_answers=())
        case _:
            assert_never(event)


def _answered(case: Case, event: ev.UnitAnswered) -> Case:
    """What comes after the meeting is late, whatever the clock of the one who wrote it said."""
    was = case.units[event.unit]
    late = case.late_answers if case.meeting is None else (*case.late_answers, event)
    answered = replace(was, answers=(*was.answers, event))
    return replace(_with_unit(case, answered), late_answers=late)


def _after_it(case: Case, held: ev.MeetingHeld) -> tuple[ev.UnitAnswered, ...]:
    """Answers that came before the meeting was recorded but after it had ended."""
    every = (answer for unit in case.units.values() for answer in unit.answers)
    return tuple(sorted((it for it in every if it.at > held.ended_at), key=lambda it: it.at))


def _called(event: ev.HubCalled) -> Mapping[str, CalledUnit]:
    return {unit: CalledUnit(unit, event.at, event.answer_by) for unit in event.units}


def _with_unit(case: Case, unit: CalledUnit) -> Case:
    return replace(case, units={**case.units, unit.unit: unit})


def _concluded(
    case: Case,
    event: ev.Decided
    | ev.HandedOver
    | ev.HandoverAcknowledged
    | ev.ConcernedInformed
    | ev.InvestigationConcluded
    | ev.FeedbackRequested
    | ev.FeedbackGiven
    | ev.InformationRequested
    | ev.InformationReceived,
) -> Case:
    match event:
        case ev.Decided():
            return replace(case, decision=event)
        case ev.HandedOver():
            return replace(case, handover=event, receipt=None)
        case ev.HandoverAcknowledged():
            return replace(case, receipt=event)
        case ev.ConcernedInformed():
            return replace(case, informed=event)
        case ev.InvestigationConcluded():
            return replace(case, concluded=event)
        case ev.FeedbackRequested():
            # Asking again moves no limit: the first request is the one that the law counts from.
            first = case.feedback.requested or event
            return replace(case, feedback=replace(case.feedback, requested=first))
        case ev.FeedbackGiven():
            return replace(case, feedback=replace(case.feedback, given=event))
        case ev.InformationRequested():
            asked = {**case.requests, event.request_id: Request(event)}
            return replace(case, requests=asked)
        case ev.InformationReceived():
            request = replace(case.requests[event.request_id], reply=event)
            return replace(case, requests={**case.requests, event.request_id: request})
        case _:
            assert_never(event)

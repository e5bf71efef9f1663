"""Which steps a case waits for: random people seldom come far without being led a little."""

from collections.abc import Iterator

from rules.case import Case
from rules.level import Level


def likely(case: Case) -> tuple[str, ...]:
    """The names of the steps that may well be legal now."""
    return tuple(_likely(case)) or ("note",)


def _likely(case: Case) -> Iterator[str]:
    if case.closed:
        yield from ("inform", "conclude", "ask to hear", "tell", "note")
        return
    if case.protection is None:
        yield "protect"
    elif not case.levels and not case.lowering:
        yield "level"
    elif case.decision is None:
        yield from _before_the_decision(case)
    else:
        yield from _after_the_decision(case)
    if any(clock.breach_is_open for clock in case.clocks.values()):
        yield "explain"
    if any(request.reply is None for request in case.requests.values()):
        yield "reply"


def _before_the_decision(case: Case) -> Iterator[str]:
    yield from ("questions", "level", "child", "request")
    if case.lowering:
        yield "lowering"
    if case.call is None and case.level is not Level.GREEN:
        yield from ("call", "call")
    if case.call:
        yield from ("answer", "add", "deputy")
        yield from ("hold",) if case.meeting is None else ("map", "answer")
    if case.mapping:
        yield "assess"
    if case.assessments or case.level is Level.GREEN:
        yield from ("decide", "decide")


def _after_the_decision(case: Case) -> Iterator[str]:
    if case.handover_is_due:
        yield from ("hand over", "receive", "receive") if case.handover else ("hand over",)
    yield from ("inform", "conclude", "tell", "ask to hear", "request", "close", "close")
    if case.call:
        yield "answer"
    if case.late_answers and case.mapping:
        yield "assess"

"""The clocks of a case after one more event."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from rules import clock_events as ev
from rules.clock import Clock, begun


def clocks_after(clocks: Mapping[str, Clock], event: ev.ClockEvent) -> Mapping[str, Clock]:
    """The same clocks, and the one that the event is about as it is now."""
    if isinstance(event, ev.ClockStarted):
        return {**clocks, event.key: begun(event)}
    return {**clocks, event.key: _after(clocks[event.key], event)}


def _after(clock: Clock, event: ev.LaterClockEvent) -> Clock:
    match event:
        case ev.ClockExtended() | ev.ClockResumed() | ev.ClockSuspended():
            return _moved(clock, event)
        case ev.ClockStopped():
            return replace(clock, stopped=event)
        case ev.Alerted():
            return replace(clock, told=clock.told | {event.step})
        case ev.AlarmAcknowledged():
            return replace(clock, acknowledged=event)
        case ev.DeadlinePassed():
            return replace(clock, passed=event)
        case ev.BreachExplained():
            return replace(clock, explained=event)
        case _:
            assert_never(event)


def _moved(clock: Clock, event: ev.ClockExtended | ev.ClockResumed | ev.ClockSuspended) -> Clock:
    """A moved end warns anew, whoever had seen the warnings of the old one."""
    match event:
        case ev.ClockExtended():
            extended = (*clock.extended, event)
            return replace(clock, schedule=event.schedule, extended=extended, acknowledged=None)
        case ev.ClockSuspended():
            return replace(clock, suspended=event)
        case ev.ClockResumed():
            resumed = (*clock.resumed, event)
            again = replace(clock, schedule=event.schedule, resumed=resumed, suspended=None)
            return replace(again, acknowledged=None)
        case _:
            assert_never(event)

"""What happened to a clock, in words: a title and what was said about it."""

from typing import assert_never

from rules import clock_events as ev
from rules.clock import is_warning
from rules.events import ClockEvent
from rules.language.prose import begun
from rules.local_time import last_moment
from rules.policy import Policy
from rules.why import last_rest


def of_clock(event: ClockEvent, policy: Policy) -> tuple[str, str]:
    """The title and the text of one event."""
    name = clock_name(policy, event.key)
    match event:
        case ev.ClockStarted():
            return f"Fristen {event.name} löper till {last_moment(event.due_at)}", event.why
        case ev.ClockExtended() | ev.ClockSuspended() | ev.ClockResumed():
            return _moved(event, name)
        case ev.ClockStopped():
            return f"Fristen {name} stoppad", event.because
        case ev.Alerted():
            return _alerted(event, name, policy)
        case ev.AlarmAcknowledged():
            return f"Varning om fristen {name} sedd", "Inga fler varningar; fristen löper."
        case ev.DeadlinePassed():
            return f"Fristbrott: {name}, frist {last_moment(event.due_at)}", ""
        case ev.BreachExplained():
            cause = policy.breach_causes.get(event.cause, event.cause)
            said = f"{event.comment} Åtgärd: {event.measure}" if event.measure else event.comment
            return f"Fristbrott förklarat: {cause}", said
        case _:
            assert_never(event)


def _moved(
    event: ev.ClockExtended | ev.ClockSuspended | ev.ClockResumed, name: str
) -> tuple[str, str]:
    match event:
        case ev.ClockExtended():
            title = f"Fristen {name} förlängd till {last_moment(event.schedule.due_at)}"
            return title, begun(f"{event.ground}: {event.reason}")
        case ev.ClockSuspended():
            title = f"Fristen {name} vilar, längst till {last_moment(event.until)}"
            return title, begun(f"{event.ground}: {event.reason}")
        case ev.ClockResumed():
            title = f"Fristen {name} löper igen, till {last_moment(event.schedule.due_at)}"
            return title, _rest(event.schedule.why)
        case _:
            assert_never(event)


def _rest(why: str) -> str:
    """How long it rested, which ends the account of why the clock ends when it does."""
    length = last_rest(why)
    return f"Den vilade {length}." if length else why


def _alerted(event: ev.Alerted, name: str, policy: Policy) -> tuple[str, str]:
    what = "Varning" if is_warning(event.step) else "Larm"
    if not event.told:
        return f"{what} om fristen {name} överhoppad", "En senare varning hade redan sin tid inne."
    whom = ", ".join(dict.fromkeys(_whom(told, policy) for told in event.told))
    return f"{what} om fristen {name}: {whom}", ""


def _whom(told: ev.Told, policy: Policy) -> str:
    unit = policy.units.get(told.unit or "")
    role = "ersättare" if told.account else told.role or ""
    return f"{role}, {unit.name}" if unit else role


def clock_name(policy: Policy, key: str) -> str:
    """What the clock with this key is called; several words when it follows another."""
    name = key.split("#", maxsplit=1)[0].split(":", maxsplit=1)[0]
    clock = policy.clocks.get(name)
    return clock.name if clock else name

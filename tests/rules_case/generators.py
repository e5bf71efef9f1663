"""Random events of every kind, made from the types themselves: a new event is generated at once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import get_args, get_type_hints

from hypothesis import strategies as st

from rules import events as ev
from rules.answer import Answer
from rules.classification import Classification, Finding
from rules.clock_events import Alarm, Schedule, Told
from rules.concern import Child, Related
from rules.people import PROGRAM

KINDS: tuple[type[ev.Event], ...] = get_args(ev.Event)
BEGINNING = datetime(2026, 3, 1, tzinfo=UTC)

moments = st.integers(0, 60 * 24 * 60).map(lambda it: BEGINNING + timedelta(minutes=it))
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
names = st.sampled_from(["a", "b", "hantering:röd", "utredning"])
facts: st.SearchStrategy[Mapping[str, int | bool | str | None]] = st.dictionaries(
    names, st.none() | st.booleans() | st.integers(-1, 99) | texts, max_size=3
)

answers = st.dictionaries(names, st.builds(Answer, source=texts), max_size=3)
dates = st.none() | st.dates()
classifications = st.builds(
    Classification,
    findings=st.lists(st.builds(Finding, rule=texts, because=texts), max_size=2).map(tuple),
    ask_next=st.just(()),
    disregarded=st.just(()),
    rules_version=texts,
    facts=facts,
    answers=answers,
    incident=st.none() | texts,
)
alarms = st.lists(
    st.builds(Alarm, step=names, at=moments, tell=st.just(("mottagning",))), max_size=2
).map(tuple)
schedules = st.builds(
    Schedule, due_at=moments, target_at=moments, alarms=alarms, why=texts, last_day=dates
)
whom = st.builds(Told, role=st.just("enhet"), unit=st.none() | names, account=st.none() | names)
BY_TYPE: Mapping[object, st.SearchStrategy[object]] = {
    str: texts,
    datetime: moments,
    tuple[datetime, ...]: st.lists(moments, max_size=2).map(tuple),
    tuple[str, ...]: st.lists(names, max_size=3).map(tuple),
    tuple[Related, ...]: st.lists(
        st.builds(Related, case_id=texts, number=texts, relation=texts, received_at=moments),
        max_size=2,
    ).map(tuple),
    Child: st.builds(Child, name=st.none() | texts, birth_date=dates),
    Classification: classifications,
    Mapping[str, Answer]: answers,
    tuple[Alarm, ...]: alarms,
    tuple[Told, ...]: st.lists(whom, max_size=2).map(tuple),
    Schedule: schedules,
    datetime | None: st.none() | moments,
    Mapping[str, int | bool | str | None]: facts,
}


def of_kind(kind: type[ev.Event]) -> st.SearchStrategy[ev.Event]:
    """An event of `kind` with anything in its fields; texts are short, times are aware."""
    return st.builds(kind, **_fields(kind))


def _fields(kind: type[ev.Event]) -> Mapping[str, st.SearchStrategy[object]]:
    types = get_type_hints(kind)
    known = {name: BY_TYPE[of] for name, of in types.items() if of in BY_TYPE}
    return known | {name: names for name in ("key", "unit", "request_id") if types.get(name) is str}


events = st.sampled_from(KINDS).flatmap(of_kind)
registrations = of_kind(ev.Registered)


def _registered(events: list[ev.Event]) -> list[ev.Event]:
    return [event for event in events if not isinstance(event, ev.Registered)]


@st.composite
def histories(draw: st.DrawFn) -> list[ev.Event]:
    """A registration and what may follow it: clocks start before they stop, units are called."""
    history: list[ev.Event] = [draw(registrations)]
    rest = _registered(draw(st.lists(events, max_size=8)))
    for event in rest:
        history.extend(_needed(event, draw))
        history.append(event)
    return history


def _needed(event: ev.Event, draw: st.DrawFn) -> list[ev.Event]:
    """What has to have happened before `event` can."""
    match event:
        case (
            ev.ClockExtended()
            | ev.ClockSuspended()
            | ev.ClockResumed()
            | ev.ClockStopped()
            | ev.Alerted()
            | ev.AlarmAcknowledged()
            | ev.DeadlinePassed()
            | ev.BreachExplained()
        ):
            started = draw(of_kind(ev.ClockStarted))
            return [_with(started, key=event.key)]
        case ev.MeetingMoved():
            return [draw(of_kind(ev.HubCalled))]
        case ev.UnitAnswered() | ev.DeputyNamed():
            return [ev.UnitAdded(at=event.at, by=PROGRAM.id, unit=event.unit, answer_by=event.at)]
        case ev.InformationReceived():
            asked = draw(of_kind(ev.InformationRequested))
            return [_with(asked, request_id=event.request_id)]
        case _:
            return []


def _with(event: ev.Event, **fields: str) -> ev.Event:
    values = {name: getattr(event, name) for name in event.__dataclass_fields__}
    return type(event)(**(values | fields))

"""Steps with a clock: its end is moved, it rests or runs again, its warning is seen; or something
happens that clocks go by."""

from collections.abc import Callable, Iterable
from datetime import time
from typing import Literal

from hub.pages.moments import TypedDate, TypedTime, at
from hub.pages.sent import Fields, asked
from hub.pages.steps import Scene, Shown, Step, Values
from hub.pages.visit import Visit
from hub.views.clock_cards import acknowledgeable, extendable, restable, resumable
from hub.views.clocks import clock_view
from hub.views.occasions import occasion_choices
from hub.views.times import clock_time, day
from rules.access import Action
from rules.clock_policy import Postponement
from rules.errors import Invalid
from rules.postponing import Asked
from workflows import postponing
from workflows.rows import rows_of

_NOON = time(12)


class ClockForm(Fields):
    """Which clock it is about."""

    key: str = asked("Välj vilken frist det gäller.")


class ExtensionForm(ClockForm):
    """A later end, and why; a clock of whole days takes a day alone."""

    until: TypedDate = asked("Skriv till vilken dag fristen förlängs.")
    until_time: TypedTime | None = asked("Skriv klockslaget som TT.MM, till exempel 13.42.", None)
    whole_day: Literal["ja"] | None = None
    reason: str = asked("Skriv vilka skäl som finns.")


class RestForm(ClockForm):
    """How long the clock may rest, and why."""

    until: TypedDate = asked("Skriv till vilken dag fristen får vila som längst.")
    until_time: TypedTime = asked("Skriv klockslaget som TT.MM, till exempel 13.42.")
    reason: str = asked("Skriv vilka skäl som finns.")


class OccasionForm(Fields):
    """What has happened, and when."""

    occasion: str = asked("Välj en händelse i listan.")
    happened_at: TypedDate = asked("Skriv vilken dag det hände.")
    happened_time: TypedTime = asked("Skriv när det hände, som TT.MM.")


def _extend(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(ExtensionForm)
    hour = _NOON if form.whole_day else form.until_time
    if hour is None:
        raise Invalid({"until_time": "Skriv klockslaget som TT.MM, till exempel 13.42."})
    until = at(form.until, hour, field="until_time")
    asked_for = Asked(key=form.key, until=until, reason=form.reason)
    return postponing.extend(visit.office, visit.actor, case_id, asked=asked_for)


def _rest(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(RestForm)
    until = at(form.until, form.until_time, field="until_time")
    asked_for = Asked(key=form.key, until=until, reason=form.reason)
    return postponing.suspend(visit.office, visit.actor, case_id, asked=asked_for)


def _resume(visit: Visit, case_id: str) -> object:
    key = visit.sent.read(ClockForm).key
    return postponing.resume(visit.office, visit.actor, case_id, key=key)


def _acknowledge(visit: Visit, case_id: str) -> object:
    key = visit.sent.read(ClockForm).key
    return postponing.acknowledge(visit.office, visit.actor, case_id, key=key)


def _note(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(OccasionForm)
    happened_at = at(form.happened_at, form.happened_time, field="happened_time")
    return postponing.note_occasion(
        visit.office, visit.actor, case_id, occasion=form.occasion, happened_at=happened_at
    )


def _chosen(keys: Callable[[Scene], Iterable[str]]) -> Callable[[Scene], Shown]:
    """The clock that was asked for, or those to choose among."""

    def shown(scene: Scene) -> Shown:
        allowed = tuple(keys(scene))
        sent, visit = scene.visit.sent.values.get("key", ()), scene.visit
        wanted = (*sent[-1:], visit.query.get("key", ""))
        found = next((key for key in wanted if key in allowed), "")
        key = found or (allowed[0] if len(allowed) == 1 else "")
        rows = {row.key: row for row in rows_of(scene.read.case).clocks}
        lens = scene.lens
        sources = lens.instrument.sources
        views = {it: clock_view(rows[it], lens.policy, lens.at, sources=sources) for it in allowed}
        clock = scene.read.case.clocks.get(key)
        policy = lens.policy.clocks.get(clock.started.clock) if clock else None
        return {
            "choices": tuple(views.values()),
            "clock": views.get(key),
            "days": clock is not None and clock.schedule.last_day is not None,
            "extends": policy.extend if policy else None,
            "rests": policy.suspend if policy else None,
            "along": _along(policy.extend, scene) if policy else (),
        }

    return shown


def _along(extends: Postponement | None, scene: Scene) -> tuple[str, ...]:
    """The names of the clocks that are moved along."""
    clocks = scene.lens.policy.clocks
    return tuple(clocks[name].name for name in extends.also if name in clocks) if extends else ()


def _extendable(scene: Scene) -> Iterable[str]:
    return extendable(scene.read, scene.lens, scene.visit.actor)


def _restable(scene: Scene) -> Iterable[str]:
    return restable(scene.read, scene.lens, scene.visit.actor)


def _resumable(scene: Scene) -> Iterable[str]:
    return resumable(scene.read)


def _acknowledgeable(scene: Scene) -> Iterable[str]:
    return acknowledgeable(scene.read, scene.lens, scene.visit.actor)


def _occasions(scene: Scene) -> Shown:
    choices = occasion_choices(scene.lens.policy)
    return {"occasions": choices, "options": [(it.id, it.name) for it in choices]}


def _now(scene: Scene) -> Values:
    now = scene.lens.at
    return {"happened_at": (day(now),), "happened_time": (clock_time(now),)}


STEPS = (
    Step(
        noun="extension",
        title="Förläng fristen",
        action=Action.POSTPONE,
        shows=_chosen(_extendable),
        does=_extend,
        done="extended",
        then="/clocks",
    ),
    Step(
        noun="rest",
        title="Låt fristen vila",
        action=Action.POSTPONE,
        shows=_chosen(_restable),
        does=_rest,
        done="resting",
        then="/clocks",
    ),
    Step(
        noun="resumption",
        title="Låt fristen löpa igen",
        action=Action.POSTPONE,
        shows=_chosen(_resumable),
        does=_resume,
        done="resumed",
        then="/clocks",
    ),
    Step(
        noun="acknowledgement",
        title="Jag har sett varningen",
        action=Action.ACKNOWLEDGE,
        shows=_chosen(_acknowledgeable),
        does=_acknowledge,
        done="seen",
        then="/clocks",
    ),
    Step(
        noun="occasion",
        title="Anteckna händelse",
        action=Action.NOTE_OCCASION,
        shows=_occasions,
        starts_with=_now,
        does=_note,
        done="occasion",
        then="/clocks",
    ),
)

"""Steps of the hub: call it, call one more unit, answer, name a deputy."""

from collections.abc import Iterable
from datetime import datetime

from hub.pages import directory
from hub.pages.meetings import chosen_time
from hub.pages.moments import TypedDate, TypedTime
from hub.pages.sent import Fields, asked
from hub.pages.steps import Scene, Shown, Step, Values
from hub.pages.visit import Visit
from hub.views.hubcall import hub_view, proposal_view
from hub.views.times import clock_time, day, weekday_moment
from rules.access import Action, answers_for
from rules.people import Role
from rules.policy import Policy, UnitKind
from rules.statement import About, AnswerKind, Nature, Statement, Weight
from workflows import convening, meetings
from workflows.document import ANSWERS


class CallForm(Fields):
    """Which units are called, and when the hub meets."""

    units: tuple[str, ...] = asked("Välj minst en enhet att kalla.")
    when: str = asked("Välj den föreslagna tiden eller skriv en annan.")
    meeting_date: TypedDate | None = None
    meeting_time: TypedTime | None = None
    reason: str = ""


class UnitForm(Fields):
    """One more unit."""

    unit: str = asked("Välj en enhet.")


class StatementForm(Fields):
    """One statement of a unit or a party."""

    text: str = ""
    source: str = ""
    about: About = asked("Välj om uppgiften gäller barnet eller sammanhanget.")
    nature: Nature = asked("Välj om uppgiften är ett faktum eller en bedömning.")
    weight: Weight = Weight.NEUTRAL


class AnswerForm(Fields):
    """A unit's answer."""

    unit: str = asked("Välj vilken enhet svaret gäller.")
    kind: AnswerKind = asked("Välj ett av de fyra svaren.")
    statements: tuple[StatementForm, ...] = asked("Fyll i uppgiften.", ())
    reason: str = ""


class DeputyForm(Fields):
    """Who stands in for a unit."""

    unit: str = asked("Välj vilken enhet det gäller.")
    deputy: str = asked("Välj vem som är ersättare.")
    reason: str = ""


def statements_of(forms: Iterable[StatementForm]) -> tuple[Statement, ...]:
    """The statements as values."""
    return tuple(
        Statement(
            text=it.text, source=it.source, about=it.about, nature=it.nature, weight=it.weight
        )
        for it in forms
    )


def _call(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(CallForm)
    return convening.call_hub(
        visit.office,
        visit.actor,
        case_id,
        units=form.units,
        starts_at=chosen_time(form.when, form.meeting_date, form.meeting_time),
        reason=form.reason,
    )


def _add_unit(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(UnitForm)
    return convening.add_unit(visit.office, visit.actor, case_id, unit=form.unit)


def _answer(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(AnswerForm)
    return convening.answer(
        visit.office,
        visit.actor,
        case_id,
        unit=form.unit,
        kind=form.kind,
        statements=statements_of(form.statements),
        reason=form.reason,
    )


def _name_deputy(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(DeputyForm)
    return convening.name_deputy(
        visit.office,
        visit.actor,
        case_id,
        unit=form.unit,
        deputy=form.deputy,
        reason=form.reason,
    )


def callable_units(policy: Policy) -> dict[str, str]:
    """Units of the own board that can be called; the intake is always there."""
    return {
        name: unit.name
        for name, unit in policy.units.items()
        if unit.same_board and unit.kind is not UnitKind.INTAKE
    }


def _slot(scene: Scene) -> Shown:
    case, now = scene.read.case, scene.lens.at
    slot = meetings.proposal(scene.visit.office, case, scene.read.moment)
    return {
        "units": callable_units(scene.lens.policy),
        "usual": scene.lens.policy.routing.call,
        "proposal": proposal_view(slot, scene.lens),
        "deadline": weekday_moment(meetings.deadline(case, scene.read.moment)),
        "today": day(now),
    }


def _uncalled(scene: Scene) -> Shown:
    units = callable_units(scene.lens.policy)
    return {"units": {n: name for n, name in units.items() if n not in scene.read.case.units}}


def _our_units(scene: Scene) -> Shown:
    case, actor = scene.read.case, scene.visit.actor
    ours = {u: scene.lens.unit(u) for u in case.units if answers_for(actor, case, u)}
    hub = hub_view(case, scene.lens)
    earlier = [unit for unit in hub.units if unit.unit in ours and not unit.silent]
    return {"ours": ours, "kinds": ANSWERS, "earlier": earlier, "hub": hub}


def _our_unit(scene: Scene) -> Values:
    """Our own unit first; the address may say which when we stand in for another."""
    ours = list(_our_units(scene)["ours"])  # type: ignore[call-overload]
    wanted = scene.visit.query.get("unit", "")
    chosen = wanted if wanted in ours else (ours[0] if len(ours) == 1 else "")
    return {"unit": (chosen,)} if chosen else {}


def _stand_ins(scene: Scene) -> Shown:
    case, actor = scene.read.case, scene.visit.actor
    intake = actor.has(Role.INTAKE)
    units = {u: scene.lens.unit(u) for u in case.units if intake or answers_for(actor, case, u)}
    people = directory.holding(scene.visit.office, Role.UNIT, Role.UNIT_MANAGER)
    return {
        "units": units,
        "people": [(it.id, f"{it.name}, {scene.lens.unit(it.unit)}") for it in people],
    }


def meeting_values(starts_at: datetime, ends_at: datetime) -> Values:
    """A meeting's day and times as they stand in fields."""
    return {
        "meeting_date": (day(starts_at),),
        "started": (clock_time(starts_at),),
        "ended": (clock_time(ends_at),),
    }


STEPS = (
    Step(
        noun="call",
        title="Kalla hubben",
        action=Action.CALL,
        shows=_slot,
        does=_call,
        done="called",
        then="/hub",
    ),
    Step(
        noun="units",
        title="Kalla en enhet till",
        action=Action.CALL,
        shows=_uncalled,
        does=_add_unit,
        done="unit-added",
        then="/hub",
    ),
    Step(
        noun="answers",
        title="Enhetens svar",
        action=Action.ANSWER,
        shows=_our_units,
        starts_with=_our_unit,
        does=_answer,
        done="answered",
        then="/hub",
    ),
    Step(
        noun="deputies",
        title="Utse ersättare",
        action=Action.NAME_DEPUTY,
        shows=_stand_ins,
        does=_name_deputy,
        done="deputy",
        then="/hub",
    ),
)

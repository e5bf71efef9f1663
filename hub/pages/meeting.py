"""Steps of the hub meeting: who was there, the joint mapping, the joint assessment."""

from hub.pages.convening import meeting_values
from hub.pages.moments import TypedDate, TypedTime, at, end_of
from hub.pages.sent import Fields, asked
from hub.pages.steps import Scene, Shown, Step, Values
from hub.pages.visit import Visit
from hub.views.case import assessment
from hub.views.hubcall import hub_view
from hub.views.underlag import document
from rules.access import Action
from rules.case import Case
from rules.level import Level
from rules.statement import About, Dissent, MapItem, Nature, Section, Weight
from workflows import meeting
from workflows.document import SECTIONS


class MeetingForm(Fields):
    """When the hub met and who was there."""

    meeting_date: TypedDate = asked("Skriv mötets dag.")
    started: TypedTime = asked("Skriv när mötet började.")
    ended: TypedTime = asked("Skriv när mötet slutade.")
    present: str = asked("Skriv vilka som var med, med namn.")
    present_units: tuple[str, ...] = ()


class ItemForm(Fields):
    """One point of the mapping."""

    section: Section = asked("Välj var i kartläggningen punkten hör hemma.")
    text: str = ""
    source: str = ""
    nature: Nature = Nature.FACT


class MappingForm(Fields):
    """The joint kartläggning."""

    items: tuple[ItemForm, ...] = asked("Skriv minst en punkt i kartläggningen.", ())


class DissentForm(Fields):
    """A differing opinion, by name."""

    name: str = ""
    unit: str = ""
    opinion: str = ""
    level: Level | None = asked("Välj en nivå eller lämna tomt.", None)


class AssessmentForm(Fields):
    """The joint bedömning."""

    level: Level = asked("Välj den nivå som hubben kom fram till.")
    reasons: str = asked("Skriv skälen till bedömningen.")
    dissents: tuple[DissentForm, ...] = ()


def names_of(text: str) -> tuple[str, ...]:
    """One name a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _hold(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(MeetingForm)
    day, now = form.meeting_date, visit.office.clock()
    started_at = at(day, form.started, field="started")
    return meeting.hold(
        visit.office,
        visit.actor,
        case_id,
        started_at=started_at,
        ended_at=end_of(day, form.ended, began=started_at, now=now, field="ended"),
        present=names_of(form.present),
        present_units=form.present_units,
    )


def _map(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(MappingForm)
    items = tuple(
        MapItem(section=it.section, text=it.text, source=it.source, nature=it.nature)
        for it in form.items
    )
    return meeting.make_mapping(visit.office, visit.actor, case_id, items=items)


def _assess(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(AssessmentForm)
    dissents = tuple(
        Dissent(name=it.name, unit=it.unit, opinion=it.opinion, level=it.level)
        for it in form.dissents
    )
    return meeting.make_assessment(
        visit.office,
        visit.actor,
        case_id,
        level=form.level,
        reasons=form.reasons,
        dissents=dissents,
    )


def _hub(scene: Scene) -> Shown:
    return {"hub": hub_view(scene.read.case, scene.lens)}


def _planned(scene: Scene) -> Values:
    call = scene.read.case.call
    return meeting_values(call.starts_at, call.ends_at) if call else {}


def _sections(scene: Scene) -> Shown:
    return {
        "sections": SECTIONS,
        "hub": hub_view(scene.read.case, scene.lens),
        "kept": scene.read.case.mapping is not None,
        "document": document(scene.read.case, scene.lens),
    }


def _drafted(scene: Scene) -> Values:
    """The mapping as it was last kept; before that, what the units have said, sorted in."""
    case = scene.read.case
    items = case.mapping.items if case.mapping else tuple(_from_answers(scene))
    values: dict[str, tuple[str, ...]] = {}
    for number, item in enumerate(items, 1):
        values[f"items.{number}.section"] = (item.section.value,)
        values[f"items.{number}.text"] = (item.text,)
        values[f"items.{number}.source"] = (item.source,)
        values[f"items.{number}.nature"] = (item.nature.value,)
    return values


def _from_answers(scene: Scene) -> list[MapItem]:
    """Where it stands is a first guess that the hub moves; the words are the unit's own."""
    weights = {Weight.RISK: Section.RISKS, Weight.PROTECTION: Section.PROTECTION}
    drafted = [
        MapItem(
            section=weights.get(it.weight, _side(it.about)),
            text=it.text,
            source=f"{scene.lens.unit(unit.unit)}: {it.source}",
            nature=it.nature,
        )
        for unit in scene.read.case.units.values()
        for answer in unit.answers
        for it in answer.statements
    ]
    return drafted + _unknown(scene)


def _side(about: About) -> Section:
    return Section.CHILD if about is About.CHILD else Section.FAMILY


def _unknown(scene: Scene) -> list[MapItem]:
    """What silent units might have known is still unknown."""
    return [
        MapItem(
            section=Section.UNKNOWN,
            text=f"{scene.lens.unit(unit)} har inte svarat.",
            source="Hubben",
        )
        for unit in scene.read.case.silent_units
    ]


def _assessed(scene: Scene) -> Shown:
    case: Case = scene.read.case
    return {
        "levels": [(level.value, level.value.capitalize()) for level in reversed(Level)],
        "promises": scene.lens.instrument.levels,
        "units": {unit: scene.lens.unit(unit) for unit in case.units},
        "proposal": assessment(case, scene.lens),
        "document": document(case, scene.lens),
    }


STEPS = (
    Step(
        noun="meeting",
        title="Hubbmöte",
        action=Action.MEET,
        shows=_hub,
        starts_with=_planned,
        does=_hold,
        done="held",
        then="/mapping",
    ),
    Step(
        noun="mapping",
        title="Gemensam kartläggning",
        action=Action.MEET,
        shows=_sections,
        starts_with=_drafted,
        does=_map,
        done="mapped",
        then="/assessment",
        careful=True,
    ),
    Step(
        noun="assessment",
        title="Gemensam bedömning",
        action=Action.MEET,
        shows=_assessed,
        does=_assess,
        done="assessed",
        careful=True,
    ),
)

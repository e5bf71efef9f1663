"""What can happen to a case, as events with everything filled in; a test says what it means."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.calendar import rest_day
from adapters.rulesfile import load
from rules import events as ev
from rules.alarms import due_events
from rules.answer import Answer, Value
from rules.case import Case
from rules.classification import Classification, Finding
from rules.clocks import follow
from rules.concern import Channel, Child, Reporter, ReporterKind
from rules.fold import extend, replay
from rules.level import Level
from rules.schedule import Calendar
from rules.statement import About, AnswerKind, DecisionKind, MapItem, Nature, Section, Statement

RECEIVED = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
BY = "konto-Mira"
CASE = "arende-1"


def after(minutes: float = 0, **span: float) -> datetime:
    return RECEIVED + timedelta(minutes=minutes, **span)


def registered(
    kind: ReporterKind = ReporterKind.SCHOOL,
    *,
    wants_feedback: bool = False,
    facts: dict[str, int | bool | str | None] | None = None,
) -> ev.Registered:
    return ev.Registered(
        at=after(5),
        by=BY,
        number="MH-2026-00001",
        report_id="anmalan-1",
        received_at=RECEIVED,
        channel=Channel.PHONE,
        reporter=Reporter(kind=kind, wants_feedback=wants_feedback),
        child=Child(name="Alva"),
        siblings=(),
        title="Oro",
        text="Alva är rädd.",
        related=(),
        facts=facts or {},
    )


def classification(level: Level, *found: str, known: bool = True) -> Classification:
    findings = (Finding(rule, level, "Därför.") for rule in found or (f"regel-{level.value}",))
    return Classification(
        level=level,
        possible=(level, Level.RED),
        findings=tuple(findings),
        ask_next=(),
        disregarded=(),
        engines_agree=True,
        rules_version="v1",
        facts={},
        answers={"vald": Answer(Value.YES, "skola")} if known else {},
    )


def classified(
    level: Level = Level.RED, *found: str, at: datetime | None = None, known: bool = True
) -> ev.Classified:
    found_level = classification(level, *found, known=known)
    return ev.Classified(at=at or after(5), by=BY, classification=found_level)


def answered(
    *, at: datetime | None = None, source: str = "skola", **said: Value
) -> ev.QuestionsAnswered:
    answers = {name: Answer(value, source) for name, value in said.items()}
    return ev.QuestionsAnswered(at=at or after(6), by=BY, answers=answers)


def protected(at: datetime | None = None) -> ev.ProtectionAssessed:
    return ev.ProtectionAssessed(at=at or after(10), by=BY, needed=False, reasons="Tryggt nu.")


def level_set(level: Level = Level.RED, at: datetime | None = None) -> ev.LevelSet:
    return ev.LevelSet(at=at or after(12), by=BY, level=level, reason="")


def lowering(level: Level = Level.GREEN, by: str = BY) -> ev.LoweringProposed:
    return ev.LoweringProposed(at=after(14), by=by, level=level, reason="Mindre allvarligt.")


def called(*units: str, at: datetime | None = None) -> ev.HubCalled:
    at = at or after(15)
    return ev.HubCalled(
        at=at,
        by=BY,
        units=units or ("barn", "ungdom"),
        starts_at=at + timedelta(hours=2),
        ends_at=at + timedelta(hours=2, minutes=30),
        answer_by=at + timedelta(hours=2),
        extra=False,
        why_slot="första fasta tid",
        reason="",
    )


def said(text: str = "Sågs på torget.") -> Statement:
    return Statement(text=text, source="journal", about=About.CONTEXT, nature=Nature.FACT)


def answer(
    unit: str = "barn", kind: AnswerKind = AnswerKind.NOT_KNOWN, at: datetime | None = None
) -> ev.UnitAnswered:
    statements = (said(),) if kind is AnswerKind.KNOWN else ()
    return ev.UnitAnswered(
        at=at or after(60),
        by="konto-Bea",
        unit=unit,
        answer=kind,
        statements=statements,
        attested_by="Bea",
    )


def deputy(unit: str = "barn", who: str = "konto-Dora") -> ev.DeputyNamed:
    return ev.DeputyNamed(at=after(30), by="konto-Bea", unit=unit, deputy=who, reason="Sjuk")


def met(at: datetime | None = None) -> ev.MeetingHeld:
    at = at or after(165)
    return ev.MeetingHeld(
        at=at,
        by=BY,
        started_at=at - timedelta(minutes=30),
        ended_at=at,
        present=("Mira", "Bea"),
        present_units=("barn",),
        silent_units=("ungdom",),
        absent_units=("ungdom",),
    )


def item(text: str = "Bor hos mormor.", source: str = "Bea") -> MapItem:
    return MapItem(section=Section.FAMILY, text=text, source=source)


def mapped() -> ev.MappingMade:
    return ev.MappingMade(at=after(170), by=BY, items=(item(),))


def assessed(level: Level = Level.RED, at: datetime | None = None) -> ev.AssessmentMade:
    return ev.AssessmentMade(at=at or after(175), by=BY, level=level, reasons="Samlad bild.")


def decided(decision: DecisionKind = DecisionKind.OPEN, at: datetime | None = None) -> ev.Decided:
    return ev.Decided(
        at=at or after(180),
        by=BY,
        decision=decision,
        reasons="Våld.",
        law="SoL 20:2",
        decided_by="Mira",
        delegation="inleda_utredning",
    )


def handed(investigator: str | None = None, unit: str = "utredning") -> ev.HandedOver:
    return ev.HandedOver(
        at=after(190),
        by=BY,
        unit=unit,
        investigator=investigator,
        upto_seq=9,
        package_hash="0" * 64,
    )


def taken(by: str = "konto-Uta") -> ev.HandoverAcknowledged:
    return ev.HandoverAcknowledged(at=after(200), by=by, investigator=by)


def passed(key: str, owner: str = "mottagning", at: datetime | None = None) -> ev.DeadlinePassed:
    return ev.DeadlinePassed(
        at=at or after(241), by="program", key=key, due_at=after(240), owner=owner
    )


def explained(key: str) -> ev.BreachExplained:
    return ev.BreachExplained(
        at=after(300), by="konto-Cia", key=key, cause="annat", comment="Kö.", owner="Cia"
    )


def closed(at: datetime | None = None) -> ev.Closed:
    return ev.Closed(at=at or after(400), by=BY, reason="")


def case_of(*events: ev.Event, first: ev.Registered | None = None) -> Case:
    """The case that the registration and `events` add up to."""
    case = replay(CASE, [first or registered(), *events])
    assert case is not None
    return case


CALENDAR = Calendar(load().policy, "v1", rest_day)


def followed(case: Case, at: datetime) -> Case:
    """`case` with its clocks brought in line at `at`."""
    return extend(case, follow(case, CALENDAR, at))


def lived(*events: ev.Event, first: ev.Registered | None = None) -> Case:
    """The case with its clocks followed after every event; it is classified when registered."""
    first = first or registered()
    case = case_of(first=first)
    if not events or not isinstance(events[0], ev.Classified):
        case = followed(case, first.at)
    for event in events:
        case = followed(extend(case, [event]), event.at)
    return case


def running(case: Case) -> set[str]:
    return {key for key, clock in case.clocks.items() if clock.running}


def breaches(case: Case, at: datetime) -> tuple[ev.DeadlinePassed, ...]:
    """What a sweep at `at` records as passed."""
    found = due_events(case, CALENDAR, at)
    return tuple(event for event in found if isinstance(event, ev.DeadlinePassed))


def by(event: ev.Event, who: str) -> ev.Event:
    return replace(event, by=who)

"""What happens to a made-up case, event by event, for tests that need no rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from rules import events as ev
from rules.answer import Answer, Value
from rules.classification import Classification, Finding
from rules.concern import Channel, Child, Protected, Reporter, ReporterKind, Sibling
from rules.level import Level
from rules.people import PROGRAM, Role
from rules.statement import About, AnswerKind, DecisionKind, Nature, Statement
from workflows.delivery_ports import Claim, Notice, Way
from workflows.ports import Access, Account, Session, UnitOfWork

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
BY = "konto-mira"


def after(**span: float) -> datetime:
    return NOON + timedelta(**span)


def registered(number: str = "2026-0001", **changes: object) -> ev.Registered:
    event = ev.Registered(
        at=after(minutes=5),
        by=BY,
        number=number,
        report_id="anmalan-1",
        received_at=NOON,
        channel=Channel.PHONE,
        reporter=Reporter(kind=ReporterKind.SCHOOL),
        child=Child(name="Åsa Öberg", birth_date=date(2015, 4, 1), protected=Protected.NO),
        siblings=(Sibling(name="Ärlan Öberg"),),
        title="Oro",
        text="Barnet är rädd för att gå hem – det säger hon själv.",
        related=(),
        facts={"alder": 10, "pagaende_insats": False, "anmalartyp": "skola", "okand": None},
    )
    return replace(event, **changes)  # type: ignore[arg-type]


def classified(level: Level = Level.ORANGE, *, at: datetime | None = None) -> ev.Classified:
    finding = Finding(rule="r1", level=level, because="Flera riskfaktorer.", law="SoL 20:1")
    return ev.Classified(
        at=at or after(minutes=5),
        by=PROGRAM.id,
        classification=Classification(
            level=level,
            possible=(level, Level.RED),
            findings=(finding,),
            ask_next=(),
            disregarded=(),
            engines_agree=True,
            rules_version="v1",
            facts={"alder": 10},
            answers={"vald": Answer(Value.YES, "skola")},
        ),
    )


def clock(
    key: str = "hantering", *, due: datetime | None = None, warn: tuple[datetime, ...] = ()
) -> ev.ClockStarted:
    due_at = due or after(hours=12)
    return ev.ClockStarted(
        at=after(minutes=5),
        by=PROGRAM.id,
        key=key,
        clock=key,
        name="Hantering",
        legal=False,
        anchor_at=NOON,
        due_at=due_at,
        target_at=due_at,
        warn_at=warn,
        why="12 h från inkommen",
        law=None,
        unit="mottagning",
        tell=("mottagning",),
        escalate=("enhetschef",),
        rules_version="v1",
    )


def stopped(key: str = "hantering", *, at: datetime | None = None) -> ev.ClockStopped:
    moment = at or after(hours=2)
    return ev.ClockStopped(at=moment, by=PROGRAM.id, key=key, stopped_at=moment, because="beslutat")


def suspended(until: datetime, key: str = "hantering") -> ev.ClockSuspended:
    return ev.ClockSuspended(
        at=after(hours=1), by=BY, key=key, until=until, reason="Lov.", ground="lov", law=None
    )


def passed(key: str = "hantering", *, owner: str = "mottagning") -> ev.DeadlinePassed:
    return ev.DeadlinePassed(
        at=after(hours=13), by=PROGRAM.id, key=key, due_at=after(hours=12), owner=owner
    )


def alerted(step: str, key: str = "hantering") -> ev.Alerted:
    return ev.Alerted(at=after(hours=12), by=PROGRAM.id, key=key, step=step, told=())


def explained(key: str = "hantering") -> ev.BreachExplained:
    return ev.BreachExplained(
        at=after(hours=14), by=BY, key=key, cause="resurs", comment="Kö.", owner="mottagning"
    )


def called(*units: str) -> ev.HubCalled:
    return ev.HubCalled(
        at=after(minutes=20),
        by=BY,
        units=units,
        starts_at=after(hours=3),
        ends_at=after(hours=3, minutes=30),
        answer_by=after(hours=2),
        extra=False,
        why_slot="första tiden",
        reason="nivån",
    )


def answered(unit: str) -> ev.UnitAnswered:
    statement = Statement(
        text="Känd sedan 2024.", source="journal", about=About.CHILD, nature=Nature.FACT
    )
    return ev.UnitAnswered(
        at=after(hours=1), by=BY, unit=unit, answer=AnswerKind.KNOWN, statements=(statement,)
    )


def deputy(unit: str, account_id: str) -> ev.DeputyNamed:
    return ev.DeputyNamed(at=after(hours=1), by=BY, unit=unit, deputy=account_id, reason="sjuk")


def decided(decision: DecisionKind = DecisionKind.OPEN) -> ev.Decided:
    return ev.Decided(
        at=after(hours=3),
        by=BY,
        decision=decision,
        reasons="Oron är bekräftad.",
        law="SoL 20:2",
        decided_by=BY,
        delegation="inleda_utredning",
    )


def handed_over(unit: str = "utredning", investigator: str | None = None) -> ev.HandedOver:
    return ev.HandedOver(
        at=after(hours=4),
        by=BY,
        unit=unit,
        investigator=investigator,
        upto_seq=3,
        package_hash="0" * 64,
    )


def closed() -> ev.Closed:
    return ev.Closed(at=after(hours=5), by=BY, reason="klart")


def keep(work: UnitOfWork, case_id: str, *events: ev.Event) -> None:
    """Append `events` where the case now stands."""
    work.journal.append(case_id, events, expected=len(work.journal.read(case_id)))


def notice(key: str = "n1", *, case_id: str = "a") -> Notice:
    return Notice(
        key=key,
        case_id=case_id,
        subject="Ärende 2026-0001",
        body="Fristen går ut 14:00.",
        role=Role.INTAKE,
        unit="mottagning",
        made_at=NOON,
    )


def claim(by: str = "s1", *, at: datetime = NOON, **changes: object) -> Claim:
    until = at + timedelta(minutes=2)
    made = Claim(way=Way.MAIL, by=by, at=at, until=until, most=1)
    return replace(made, **changes)  # type: ignore[arg-type]


def account(username: str = "mira", **changes: object) -> Account:
    person = Account(
        id=f"konto-{username}",
        username=username,
        name=username.title(),
        roles=frozenset({Role.INTAKE}),
        unit="mottagning",
        delegations=frozenset({"inleda_utredning"}),
        email=None,
        password="$argon2id$...",
    )
    return replace(person, **changes)  # type: ignore[arg-type]


def session(token_hash: str = "h1", *, kind: str = "webb") -> Session:
    return Session(
        token_hash=token_hash,
        account_id="konto-mira",
        csrf="c",
        started_at=NOON,
        seen_at=NOON,
        kind=kind,
    )


def access(*case_ids: str, action: str = "läsa") -> Access:
    return Access(
        at=NOON,
        account_id=BY,
        action=action,
        case_ids=case_ids,
        granted=True,
        relation="mottagning",
    )

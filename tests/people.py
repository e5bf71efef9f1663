"""Named people, concerns and an office on the store in memory, for tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

from adapters.calendar import rest_day
from adapters.memory import MemoryUnitOfWork
from adapters.memory_tables import MemoryStore
from adapters.rulesfile import load, parse
from rules.answer import Answer, Value
from rules.concern import (
    Channel,
    Child,
    Protected,
    Report,
    ReportedChild,
    Reporter,
    ReporterKind,
    Sibling,
)
from rules.engines.rulebook import LiveRules, live
from rules.engines.soundness import soundness
from rules.language.ruleset import RulesFile
from rules.people import Actor, Role
from rules.proofs.certificate import Certificate
from rules.proofs.difference import lowerings
from workflows import rulecheck
from workflows.ports import Account, Office, UnitOfWork

MORNING = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
DECIDES = frozenset({"inleda_utredning", "inte_inleda_utredning"})


@cache
def rules() -> LiveRules:
    """The shipped rules, compiled once."""
    return live(load())


@dataclass
class Hands:
    """A clock that a test moves by hand."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


@dataclass
class Ids:
    """Ids in order, so that a test reads the same every time."""

    count: int = 0

    def __call__(self) -> str:
        self.count += 1
        return f"00000000-0000-4000-8000-{self.count:012d}"


@dataclass
class World:
    """An office with everything in memory, and handles on what it is made of."""

    store: MemoryStore = field(default_factory=MemoryStore)
    clock: Hands = field(default_factory=Hands)
    ids: Ids = field(default_factory=Ids)
    rulebook: LiveRules = field(default_factory=rules)

    @property
    def office(self) -> Office:
        return office(lambda: MemoryUnitOfWork(self.store), self.clock, self.ids, self.rulebook)

    def admit(self, *actors: Actor) -> None:
        """Give `actors` accounts, so that they can be named and told."""
        with MemoryUnitOfWork(self.store) as work:
            for actor in actors:
                work.people.add(account(actor))
            work.commit()

    def forgotten(self) -> tuple[str, ...]:
        """Open cases that nobody would be told about: the promise is that there are none."""
        return MemoryUnitOfWork(self.store).lists.unpromised()


def office(
    uow: Callable[[], UnitOfWork],
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    rulebook: LiveRules,
) -> Office:
    return Office(
        uow=uow,
        clock=clock,
        rulebook=lambda: rulebook,
        rests=rest_day,
        new_id=new_id,
        read_rules=parse,
        proved=_tried,
        lowerings=lowerings,
    )


def _tried(file: RulesFile) -> rulecheck.Report:
    """Without the proofs, which take seconds."""
    faults = file.placed(soundness(file.ruleset))
    paper = Certificate(file.version, "", "", sound=not faults, periods=(), checks=())
    return rulecheck.Report(faults, (), paper)


def actor(
    name: str,
    *roles: Role,
    unit: str | None = None,
    delegations: frozenset[str] = frozenset(),
) -> Actor:
    return Actor(
        id=f"konto-{name}", name=name, roles=frozenset(roles), unit=unit, delegations=delegations
    )


def account(person: Actor, password: str = "inget") -> Account:
    return Account(
        id=person.id,
        username=person.name.lower(),
        name=person.name,
        roles=person.roles,
        unit=person.unit,
        delegations=person.delegations,
        email=f"{person.id}@kommun.example",
        password=password,
    )


MIRA = actor("Mira", Role.INTAKE, unit="mottagning", delegations=DECIDES)
NORA = actor("Nora", Role.INTAKE, unit="mottagning", delegations=DECIDES)
OSKAR = actor("Oskar", Role.INTAKE, unit="mottagning")
BEA = actor("Bea", Role.UNIT, unit="barn")
UNO = actor("Uno", Role.UNIT, unit="ungdom")
VERA = actor("Vera", Role.UNIT, unit="vuxen")
EKA = actor("Eka", Role.UNIT, unit="ekonomi")
UTA = actor("Uta", Role.INVESTIGATOR, unit="utredning")
ULF = actor("Ulf", Role.INVESTIGATOR, unit="utredning")
CIA = actor("Cia", Role.UNIT_MANAGER, unit="mottagning")
CALLE = actor("Calle", Role.UNIT_MANAGER, unit="barn")
CURT = actor("Curt", Role.UNIT_MANAGER, unit="utredning")
VIVI = actor("Vivi", Role.MANAGER)
RUT = actor("Rut", Role.RULE_OWNER)
GRY = actor("Gry", Role.REVIEWER)
SYS = actor("Sys", Role.ADMINISTRATOR)
JON = actor("Jon", Role.DUTY)
EVERYONE = (
    MIRA, NORA, OSKAR, BEA, UNO, VERA, EKA, UTA, ULF, CIA, CALLE, CURT, VIVI, RUT, GRY, SYS, JON,
)  # fmt: skip

ELLIOT = Child(
    name="Elliot Vråkberg",
    birth_date=date(2016, 5, 14),
    personal_number="20160514-9895",
    protected=Protected.NO,
)


def yes(*names: str, source: str = "skola") -> dict[str, Answer]:
    return {name: Answer(Value.YES, source) for name in names}


def no(*names: str, source: str = "skola") -> dict[str, Answer]:
    return {name: Answer(Value.NO, source) for name in names}


RED = yes("vald_mot_barnet", "vagar_inte_ga_hem")
ORANGE = yes("utnyttjas_i_brott", "aldre_styr", source="polis")
GREEN = yes("skolan_fungerar_inte")


def report(
    *children: ReportedChild,
    received_at: datetime = MORNING - timedelta(minutes=10),
    kind: ReporterKind = ReporterKind.SCHOOL,
    answers: Mapping[str, Answer] = RED,
    reference: str | None = None,
    wants_feedback: bool = False,
    contact: str | None = None,
) -> Report:
    return Report(
        received_at=received_at,
        channel=Channel.PHONE,
        reporter=Reporter(kind=kind, wants_feedback=wants_feedback, contact=contact),
        title="Rädsla för att gå hem",
        text="Eleven berättar att pappa slog med bältet i går och vågar inte gå hem.",
        children=children or (reported(answers=answers),),
        reference=reference,
    )


def reported(
    child: Child = ELLIOT,
    *,
    answers: Mapping[str, Answer] = RED,
    siblings: tuple[Sibling, ...] = (),
    facts: Mapping[str, int | bool | str | None] | None = None,
) -> ReportedChild:
    return ReportedChild(child=child, siblings=siblings, answers=answers, facts=facts or {})

"""What surrounds a case: its chronology, its package, a proposed slot, rules, log and caller."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from rules import fold
from rules.language.ruleset import RuleSet
from rules.language.shape import Kind
from rules.level import Level
from rules.people import Actor, Role
from rules.policy import Policy
from rules.slots import Slot
from workflows.chronology import Line, chronology
from workflows.package import fingerprint, package_of
from workflows.ports import Access
from workflows.reading import CaseView


class Chronology(BaseModel):
    """Every event in order, one Swedish sentence each."""

    number: str
    lines: tuple[Line, ...]


class Package(BaseModel):
    """The handover package; once handed over, exactly what was handed over."""

    handed_over: bool
    fingerprint: str = Field(description="sha256 av paketet i kanonisk form.")
    package: Mapping[str, object]


class IndicatorShown(BaseModel):
    """One question of the instrument."""

    id: str
    area: str
    kind: Kind
    ask: str


class RuleShown(BaseModel):
    """One rule with its reason."""

    id: str
    level: Level
    because: str
    law: str | None
    source: str | None


class RulesShown(BaseModel):
    """The rules in force, and the words that bodies may use."""

    version: str
    name: str
    areas: Mapping[str, str]
    indicators: tuple[IndicatorShown, ...]
    facts: tuple[str, ...]
    rules: tuple[RuleShown, ...]
    units: Mapping[str, str]
    parties: Mapping[str, str]
    grounds: Mapping[str, str]
    breach_causes: Mapping[str, str]


class AccessLine(BaseModel):
    """One line of the access log."""

    at: datetime
    account_id: str
    action: str
    case_ids: tuple[str, ...]
    granted: bool
    relation: str
    detail: str

    @classmethod
    def of(cls, line: Access) -> Self:
        """From the log."""
        return cls(
            at=line.at,
            account_id=line.account_id,
            action=line.action,
            case_ids=line.case_ids,
            granted=line.granted,
            relation=line.relation,
            detail=line.detail,
        )


class AccessLog(BaseModel):
    """The newest lines first."""

    lines: tuple[AccessLine, ...]


class Me(BaseModel):
    """Whose token it is."""

    id: str
    name: str
    roles: tuple[Role, ...]
    unit: str | None
    delegations: tuple[str, ...]

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """From the account."""
        return cls(
            id=actor.id,
            name=actor.name,
            roles=tuple(sorted(actor.roles)),
            unit=actor.unit,
            delegations=tuple(sorted(actor.delegations)),
        )


class SlotShown(BaseModel):
    """The meeting time that a call now would get, and why just that one."""

    starts_at: datetime
    ends_at: datetime
    answer_by: datetime
    extra: bool
    why: str
    room: str
    gives_way: tuple[str, ...]

    @classmethod
    def of(cls, slot: Slot) -> Self:
        """From the rules."""
        return cls(
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            answer_by=slot.answer_by,
            extra=slot.extra,
            why=slot.why,
            room=slot.room,
            gives_way=tuple(slot.gives_way),
        )


def chronology_of(view: CaseView) -> Chronology:
    """The case as a chronology."""
    lines = chronology(view.events, view.moment.rulebook.policy)
    return Chronology(number=view.case.number, lines=tuple(lines))


def package_shown(view: CaseView) -> Package:
    """The package as it was handed over, or as it would be now."""
    handover = view.case.handover
    events = view.events[: handover.upto_seq] if handover else view.events
    case = fold.replay(view.case.id, events) or view.case
    package = package_of(case)
    return Package(
        handed_over=handover is not None, fingerprint=fingerprint(package), package=package
    )


def rules_shown(instrument: RuleSet, policy: Policy) -> RulesShown:
    """The rules in force."""
    return RulesShown(
        version=instrument.version,
        name=instrument.name,
        areas=instrument.words.areas,
        indicators=tuple(
            IndicatorShown(id=one.id, area=one.area, kind=one.kind, ask=one.ask)
            for one in instrument.indicators.values()
        ),
        facts=tuple(instrument.words.facts),
        rules=tuple(
            RuleShown(
                id=rule.id,
                level=rule.level,
                because=rule.because,
                law=rule.law,
                source=rule.source,
            )
            for rule in instrument.all_rules
        ),
        units={name: unit.name for name, unit in policy.units.items()},
        parties=policy.parties,
        grounds=policy.grounds,
        breach_causes=policy.breach_causes,
    )

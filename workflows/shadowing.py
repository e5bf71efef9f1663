"""A version in shadow: evaluated beside the live one, afterwards, on what the journal already has.

It is never in the path of a step, reads only what is committed, and writes only its own rows; it
uses the second engine alone. So it can neither change, hold up nor bring down what is in force.
"""

from dataclasses import dataclass

from rules.engines.carried import carried_answers, carried_facts
from rules.language.fault import Unreadable, Unsound
from rules.language.ruleset import RuleSet
from rules.level import Level
from rules.local_time import local_day
from rules.people import Actor, Role
from rules.versions import NoSuchShadow, ShadowRuns
from workflows.concern_line import Concern
from workflows.ports import Office
from workflows.recounting import Recount
from workflows.rule_ports import Past, Shadow, ShadowResult, Tally
from workflows.versions import RuleAction, log, read_version, require, sound

BATCH = 200
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a shadow has fared beside what was in force; the newest of those that differ."""

    shadow: Shadow
    tally: tuple[Tally, ...]
    differing: tuple[ShadowResult, ...]

    @property
    def count(self) -> int:
        """Classifications seen."""
        return sum(it.count for it in self.tally)

    @property
    def other_level(self) -> int:
        """How many of them the shadow gave another level."""
        return sum(it.count for it in self.tally if it.shadow and it.shadow is not it.live)

    @property
    def failed(self) -> int:
        """How many the shadow could say nothing of."""
        return sum(it.count for it in self.tally if it.shadow is None)


@dataclass(frozen=True, slots=True)
class Followed:
    """What one round gave for one shadow."""

    version: str
    count: int
    differing: int
    failed: int


def start(office: Office, actor: Actor, version: str) -> Shadow:
    """Let a version go in shadow from now on, an old one as well as a proposed one.

    Raises NotVisible, Invalid when it is not sound, and ShadowRuns.
    """
    require(office, actor, RuleAction.SHADOW, Role.RULE_OWNER)
    sound(office, read_version(office, version).text)
    with office.uow() as work:
        work.rules.alone()
        if any(it.version == version and it.ended_at is None for it in work.rules.shadows()):
            raise ShadowRuns
        begun = Shadow(version=version, started_by=actor.id, started_at=office.clock())
        shadow = work.rules.start_shadow(begun)
        log(work, office, actor, action=RuleAction.SHADOW, detail=f"börja {version}")
        work.commit()
    return shadow


def stop(office: Office, actor: Actor, version: str) -> None:
    """End the version's shadow; what it said stays. Raises NoSuchShadow."""
    require(office, actor, RuleAction.SHADOW, Role.RULE_OWNER)
    with office.uow() as work:
        work.rules.alone()
        running = [it for it in work.rules.shadows() if it.version == version and not it.ended_at]
        if not running:
            raise NoSuchShadow
        work.rules.end_shadow(running[0].id, at=office.clock(), by=actor.id)
        log(work, office, actor, action=RuleAction.SHADOW, detail=f"sluta {version}")
        work.commit()


def comparison(office: Office, actor: Actor, shadow_id: int, *, limit: int = 200) -> Comparison:
    """The running comparison, cases by number alone; the look is logged with every case in it."""
    require(office, actor, RuleAction.COMPARE, Role.RULE_OWNER, Role.MANAGER, Role.REVIEWER)
    with office.uow() as work:
        found = [it for it in work.rules.shadows() if it.id == shadow_id]
        if not found:
            raise NoSuchShadow
        differing = work.rules.differing(shadow_id, limit=limit)
        case_ids = tuple(dict.fromkeys(it.case_id for it in differing))
        version = found[0].version
        log(work, office, actor, action=RuleAction.COMPARE, detail=version, case_ids=case_ids)
        tally = work.rules.tally(shadow_id)
        work.commit()
    return Comparison(found[0], tally, differing)


class Shadows:
    """Follows the journal for every running shadow; made once for each worker."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._readers: dict[str, _Reader] = {}

    def follow(self) -> tuple[Followed, ...]:
        """One round: at most a batch for each shadow. Several workers may do it at once."""
        with self._office.uow() as work:
            running = [it for it in work.rules.shadows() if it.ended_at is None]
        self._readers = {it.version: self._reader(it.version) for it in running}
        return tuple(followed for it in running if (followed := self._follow(it)).count)

    def _reader(self, version: str) -> "_Reader":
        known = self._readers.get(version)
        return known or _reader(self._office, version)

    def _follow(self, shadow: Shadow) -> Followed:
        reader = self._readers[shadow.version]
        with self._office.uow() as work:
            results = [
                reader.result(shadow, past) for past in work.rules.unseen(shadow, limit=BATCH)
            ]
            work.rules.record(results)
            work.commit()
        failed = sum(it.fault is not None for it in results)
        other = sum(it.fault is None and it.shadow_level is not it.live_level for it in results)
        return Followed(shadow.version, len(results), differing=other, failed=failed)


def _reader(office: Office, version: str) -> "_Reader":
    try:
        ruleset = office.read_rules(read_version(office, version).text).ruleset
    except (Unreadable, Unsound) as fault:
        return _Reader(fault=type(fault).__name__)
    today = local_day(office.clock())
    return _Reader(ruleset, Recount(ruleset, today))


@dataclass(frozen=True, slots=True)
class _Reader:
    """A version ready to be asked, or why it cannot be."""

    ruleset: RuleSet | None = None
    recount: Recount | None = None
    fault: str = ""

    def result(self, shadow: Shadow, past: Past) -> ShadowResult:
        """What the shadow says; a fault is said and counted, and is nothing more."""
        try:
            level, rules, fault = *self._said(past), None
        except Exception as error:  # noqa: BLE001  whatever it is, it is the shadow's alone
            level, rules = None, ()
            fault = str(error) if isinstance(error, _Silent) else type(error).__name__
        live = past.classification
        return ShadowResult(
            shadow_id=shadow.id,
            position=past.position,
            case_id=past.case_id,
            number=past.number,
            at=past.at,
            live_version=live.rules_version if live else "",
            live_level=live.level if live else None,
            live_rules=tuple(it.rule for it in live.findings) if live else (),
            shadow_level=level,
            shadow_rules=rules,
            fault=fault,
        )

    def _said(self, past: Past) -> tuple[Level, tuple[str, ...]]:
        live = past.classification
        if self.ruleset is None or self.recount is None:
            raise _Silent(self.fault)
        if live is None or past.received_at is None:
            raise _Silent(UNREADABLE)
        words = self.ruleset.words
        concern = Concern(
            past.number,
            carried_facts(words, live.facts),
            carried_answers(words, live.answers),
            past.received_at,
        )
        outcome = self.recount.outcome(concern)
        return outcome.level, tuple(sorted(outcome.rules))


class _Silent(Exception):
    """The shadow has nothing to say, and this is why."""

"""A version of the rules is proposed, approved by another person, or rejected; all is logged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rules import versions
from rules.errors import Invalid, NotAllowed, NotVisible
from rules.language.fault import Fault, Unreadable, Unsound
from rules.language.ruleset import RulesFile
from rules.people import Actor, Role
from rules.versions import Approval, Rejection, RuleVersion, Standing, VersionKnown, Wish
from workflows.ports import Access, Office, UnitOfWork
from workflows.rule_ports import Shadow


class RuleAction(StrEnum):
    """What is done with versions of the rules, as the access log says it."""

    PROPOSE = "föreslå regler"
    APPROVE = "godkänna regler"
    REJECT = "avvisa regler"
    SHADOW = "köra regler i skugga"
    COMPARE = "jämföra regler i skugga"
    RECOMPUTE = "räkna om klassningar"
    DRIFT = "följa upp regler"
    SAMPLE = "dra urval att bedöma"
    RATE = "bedöma blint"
    AGREEMENT = "läsa samstämmighet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """All that a page about versions shows, of one moment."""

    at: datetime
    versions: tuple[RuleVersion, ...]
    approvals: tuple[Approval, ...]
    schedule: tuple[Approval, ...]
    rejections: tuple[Rejection, ...]
    shadows: tuple[Shadow, ...]

    @property
    def in_force(self) -> Approval | None:
        """What governs now."""
        return versions.in_force(self.schedule, self.at)

    @property
    def waiting(self) -> Approval | None:
        """What has been approved and has yet to take effect."""
        return versions.waiting(self.schedule, self.at)

    @property
    def file_governs(self) -> bool:
        """Whether nobody has approved anything yet, so that the installation's file is in force."""
        return not versions.governed_by_people(self.schedule)

    @property
    def proposals(self) -> tuple[RuleVersion, ...]:
        """Versions that wait for an answer, the newest first; a withdrawn approval is none."""
        answered = {it.version for it in self.schedule}
        answered |= {it.version for it in self.rejections if it.approval_id is None}
        return tuple(it for it in self.versions if it.version not in answered)


def overview(office: Office) -> Versions:
    """Versions, approvals, rejections and shadows; nothing of any case."""
    with office.uow() as work:
        return Versions(
            at=office.clock(),
            versions=work.rules.versions(),
            approvals=work.rules.approvals(),
            schedule=work.rules.schedule(),
            rejections=work.rules.rejections(),
            shadows=work.rules.shadows(),
        )


def in_force(office: Office, at: datetime | None = None) -> Approval | None:
    """The approval that governs at `at`, or else now."""
    return versions.in_force(schedule(office), at or office.clock())


def schedule(office: Office) -> tuple[Approval, ...]:
    """The approvals that stand, in the order they take effect."""
    with office.uow() as work:
        return work.rules.schedule()


def read_version(office: Office, version: str) -> RuleVersion:
    """The version by its full name; raises NotVisible when there is none."""
    with office.uow() as work:
        return _kept(work, version)


def propose(office: Office, actor: Actor, *, text: str, note: str = "") -> RuleVersion:
    """Keep a sound version, with what was proved of it, until another person has answered.

    Raises Invalid with every fault of the file, and VersionKnown.
    """
    require(office, actor, RuleAction.PROPOSE, Role.RULE_OWNER)
    file = sound(office, text)
    proposal = RuleVersion(
        version=file.version,
        text=text,
        author=actor.id,
        proposed_at=office.clock(),
        note=note.strip(),
        certificate=office.proved(file).certificate.text(),
    )
    with office.uow() as work:
        if not work.rules.keep(proposal):
            raise VersionKnown
        log(work, office, actor, action=RuleAction.PROPOSE, detail=proposal.version)
        work.commit()
    return proposal


def approve(
    office: Office,
    actor: Actor,
    version: str,
    *,
    effective_at: datetime,
    base: str,
    ticked: Collection[str] = (),
    reason: str = "",
) -> Approval:
    """Let a version take effect; `base` is the version that the approver compared it with.

    Raises what `rules.versions.approve` raises, and Invalid when the file is no longer sound.
    """
    require(office, actor, RuleAction.APPROVE, Role.RULE_OWNER, Role.MANAGER)
    proposal, replaced = read_version(office, version), read_version(office, base)
    lowers = required_ticks(office, old=replaced.text, new=proposal.text)
    wish = Wish(effective_at=effective_at, base=base, ticked=frozenset(ticked), reason=reason)
    with office.uow() as work:
        work.rules.alone()
        standing = _standing(work, version)
        at = office.clock()
        approval = versions.approve(proposal, standing, wish, lowers=lowers, actor=actor, at=at)
        kept = work.rules.approve(approval)
        log(work, office, actor, action=RuleAction.APPROVE, detail=version)
        work.commit()
    return kept


def reject(office: Office, actor: Actor, version: str, *, reason: str) -> Rejection:
    """Decline a proposal, or withdraw an approval that has yet to take effect."""
    require(office, actor, RuleAction.REJECT, Role.RULE_OWNER, Role.MANAGER)
    with office.uow() as work:
        work.rules.alone()
        proposal, standing = _kept(work, version), _standing(work, version)
        at = office.clock()
        rejection = versions.reject(proposal, standing, reason=reason, actor=actor, at=at)
        work.rules.reject(rejection)
        log(work, office, actor, action=RuleAction.REJECT, detail=version)
        work.commit()
    return rejection


def required_ticks(office: Office, *, old: str, new: str) -> frozenset[str]:
    """The kinds of lowering to tick; UNCOMPARED when this program cannot read the old version.

    Raises Invalid when the new one is not sound.
    """
    fresh = sound(office, new)
    try:
        return frozenset(office.lowerings(office.read_rules(old), fresh))
    except (Unreadable, Unsound):
        return frozenset({versions.UNCOMPARED})


def sound(office: Office, text: str) -> RulesFile:
    """The rules that `text` states, proved; Invalid tells every fault, with its line."""
    file = readable(office, text)
    faults = office.proved(file).faults
    if faults:
        raise _unsound(faults)
    return file


def readable(office: Office, text: str) -> RulesFile:
    """The rules that `text` states, not yet proved; Invalid tells every fault, with its line."""
    try:
        return office.read_rules(text)
    except Unreadable as fault:
        raise Invalid({"text": str(fault)}) from fault
    except Unsound as fault:
        raise _unsound(fault.faults) from fault


def _unsound(faults: Iterable[Fault]) -> Invalid:
    return Invalid({f"text.{n}": it.sentence("rules.yaml") for n, it in enumerate(faults, 1)})


def _kept(work: UnitOfWork, version: str) -> RuleVersion:
    kept = work.rules.version(version)
    if kept is None:
        raise NotVisible
    return kept


def _standing(work: UnitOfWork, version: str) -> Standing:
    given = tuple(it for it in work.rules.rejections() if it.version == version)
    return Standing(work.rules.schedule(), given)


def require(office: Office, actor: Actor, action: RuleAction, *roles: Role) -> None:
    """NotAllowed, and a line in the access log, when the actor has none of `roles`."""
    if actor.has(*roles):
        return
    with office.uow() as work:
        log(work, office, actor, action=action, detail="NotAllowed", granted=False)
        work.commit()
    raise NotAllowed


def log(
    work: UnitOfWork,
    office: Office,
    actor: Actor,
    *,
    action: RuleAction,
    detail: str,
    granted: bool = True,
    case_ids: tuple[str, ...] = (),
) -> None:
    """One line in the access log, in the transaction of what it tells of."""
    work.access.record(
        Access(
            at=office.clock(),
            account_id=actor.id,
            action=action.value,
            case_ids=case_ids,
            granted=granted,
            detail=detail,
        )
    )

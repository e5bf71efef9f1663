"""Versions of the rules: who wrote one, who approved it, and from when it is in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules.errors import ChangedMeanwhile, Invalid, NotAllowed, Refusal
from rules.people import Actor, Role

FILE = "rules.yaml"
INSTALLATION = "installation"

# The one kind of lowering when two versions could not be compared: it too must be ticked.
UNCOMPARED = "ojämförd"

# By then every process has read the schedule, however seldom it is asked.
LEAD = timedelta(minutes=1)


class OwnProposal(Refusal):
    """Den som har skrivit en version kan inte själv godkänna den."""


class ProposalRejected(Refusal):
    """Förslaget är avvisat. Lägg fram det på nytt med en ny versionsbeteckning."""


class VersionKnown(Refusal):
    """Just den versionen finns redan. Ändra något i den, eller godkänn den som finns."""


class AlreadyInForce(Refusal):
    """Versionen gäller redan."""


class AnotherIsWaiting(Refusal):
    """En godkänd version väntar på att börja gälla. Dra tillbaka den först, eller vänta."""


class NotWaiting(Refusal):
    """Versionen väntar inte på något svar, eller så är det för sent att dra tillbaka den."""


class RulesChangedMeanwhile(ChangedMeanwhile):
    """En annan version har börjat gälla sedan du jämförde. Läs den nya jämförelsen först."""


class LowersUnticked(Refusal):
    """Förslaget sänker nivån på sätt som inte har bockats för, ett i taget."""


class ShadowRuns(Refusal):
    """Versionen går redan i skugga."""


class NoSuchShadow(Refusal):
    """Versionen går inte i skugga."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """A rules file as it was written; kept for ever. `version` is its label and hash.

    `author` is an account, or FILE for what came with the installation's own file.
    """

    version: str
    text: str = field(repr=False)
    author: str
    proposed_at: datetime
    note: str = ""
    certificate: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Another person than the author lets a version take effect at a set time.

    `base` is the version that it was compared with, `ticked` the kinds of lowering that the
    approver has seen. A version may be approved several times: that is how one goes back.
    """

    id: int = 0
    version: str
    author: str
    approver: str
    approved_at: datetime
    effective_at: datetime
    base: str | None = None
    ticked: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A proposal that was declined, or an approval that was withdrawn before it took effect."""

    version: str
    approval_id: int | None = None
    rejected_by: str
    rejected_at: datetime
    reason: str


def in_force(schedule: Iterable[Approval], at: datetime) -> Approval | None:
    """The approval that governs at `at`: the last one to have taken effect."""
    effective = (it for it in schedule if it.effective_at <= at)
    return max(effective, key=lambda it: (it.effective_at, it.id), default=None)


def waiting(schedule: Iterable[Approval], at: datetime) -> Approval | None:
    """The approval that has yet to take effect; there is never more than one."""
    return next((it for it in schedule if it.effective_at > at), None)


def governed_by_people(schedule: Iterable[Approval]) -> bool:
    """Whether anybody has approved a version; until then the installation's file governs."""
    return any(it.approver != INSTALLATION for it in schedule)


def require_approver(actor: Actor) -> None:
    """A rule owner or the manager of the whole answers for what takes effect."""
    if not actor.has(Role.RULE_OWNER, Role.MANAGER):
        raise NotAllowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an approver asks for, having read the comparison with `base`."""

    effective_at: datetime
    base: str
    ticked: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is decided so far: the approvals that stand, and the answers given to the version."""

    schedule: Sequence[Approval]
    rejections: Sequence[Rejection] = ()


def approve(
    proposal: RuleVersion,
    standing: Standing,
    wish: Wish,
    *,
    lowers: frozenset[str],
    actor: Actor,
    at: datetime,
) -> Approval:
    """The approval, or why not; `lowers` are the kinds of lowering that the version brings."""
    require_approver(actor)
    if proposal.author == actor.id:
        raise OwnProposal
    if any(it.approval_id is None for it in standing.rejections):
        raise ProposalRejected
    _require_turn(proposal, standing.schedule, base=wish.base, at=at)
    if wish.effective_at < at + LEAD:
        soonest = "Välj en tid minst en minut fram, så att alla datorer hinner läsa versionen."
        raise Invalid({"effective_at": soonest})
    if left := ", ".join(sorted(lowers - wish.ticked)):
        raise LowersUnticked(f"Förslaget sänker nivån på sätt som du inte har bockat för: {left}.")
    return Approval(
        version=proposal.version,
        author=proposal.author,
        approver=actor.id,
        approved_at=at,
        effective_at=wish.effective_at,
        base=wish.base,
        ticked=tuple(sorted(wish.ticked)),
        reason=wish.reason,
    )


def _require_turn(
    proposal: RuleVersion, schedule: Sequence[Approval], *, base: str, at: datetime
) -> None:
    """One waits at a time, so what is compared with is what will be replaced."""
    if waiting(schedule, at):
        raise AnotherIsWaiting
    now = in_force(schedule, at)
    if now is None or now.version != base:
        raise RulesChangedMeanwhile
    if now.version == proposal.version and now.approver != INSTALLATION:
        raise AlreadyInForce


def reject(
    proposal: RuleVersion, standing: Standing, *, reason: str, actor: Actor, at: datetime
) -> Rejection:
    """Withdraws the version's waiting approval, or declines a proposal that nobody approved."""
    require_approver(actor)
    if not reason.strip():
        raise Invalid({"reason": "Skriv varför."})
    mine = [it for it in standing.schedule if it.version == proposal.version]
    coming = waiting(mine, at)
    late = coming is not None and coming.effective_at < at + LEAD
    answered = any(it.approval_id is None for it in standing.rejections)
    if late or (coming is None and (mine or answered)):
        raise NotWaiting
    return Rejection(
        version=proposal.version,
        approval_id=coming.id if coming else None,
        rejected_by=actor.id,
        rejected_at=at,
        reason=reason,
    )

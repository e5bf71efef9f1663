"""Which versions of the rules are in force when, as every process asks again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rules.versions import (
    FILE,
    INSTALLATION,
    Approval,
    RuleVersion,
    governed_by_people,
    in_force,
)
from workflows.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class RuleBooks:
    """The decided versions, each read in a transaction of its own."""

    uow: Callable[[], UnitOfWork]

    def schedule(self) -> tuple[Approval, ...]:
        """The approvals that stand, in the order they take effect."""
        with self.uow() as work:
            return work.rules.schedule()

    def text(self, version: str) -> str | None:
        """The file of the version, as it was written; None when nobody has kept it."""
        with self.uow() as work:
            kept = work.rules.version(version)
        return kept.text if kept else None

    def install(self, version: str, text: str, *, at: datetime) -> bool:
        """Put the installation's own file in force; False once people approve what is in force."""
        with self.uow() as work:
            work.rules.alone()
            schedule = work.rules.schedule()
            if governed_by_people(schedule):
                return False
            work.rules.keep(RuleVersion(version=version, text=text, author=FILE, proposed_at=at))
            last = schedule[-1] if schedule else None
            if last is None or last.version != version:
                kept = work.rules.version(version)
                assert kept is not None
                work.rules.approve(_installed(kept, last, at))
            work.commit()
        return True


def _installed(kept: RuleVersion, last: Approval | None, at: datetime) -> Approval:
    """In force from now, and never before the one that it replaces, whatever the clocks say."""
    return Approval(
        version=kept.version,
        author=kept.author,
        approver=INSTALLATION,
        approved_at=at,
        effective_at=max(at, last.effective_at) if last else at,
        base=last.version if last else None,
        reason="Installationens egen fil.",
    )


def governing(schedule: tuple[Approval, ...], at: datetime) -> tuple[Approval, ...]:
    """The approvals that have taken effect, the one in force first; none while the file governs."""
    if not governed_by_people(schedule) or in_force(schedule, at) is None:
        return ()
    return tuple(it for it in reversed(schedule) if it.effective_at <= at)

"""Who is away when, and who stands in meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from rules.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody is away from `starts_at` until `ends_at`, and `deputy` stands in; why is not kept.

    `back_at` is when they came back, if that was before it would have ended.
    """

    id: str
    account: str
    starts_at: datetime
    ends_at: datetime
    deputy: str | None
    set_by: str
    set_at: datetime
    back_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """The first moment at which they are there again."""
        return min(self.ends_at, self.back_at or self.ends_at)

    def during(self, start: datetime, end: datetime) -> bool:
        """Whether they are away at some moment from `start` up to `end`."""
        return self.starts_at < end and start < self.until

    def at(self, moment: datetime) -> bool:
        """Whether they are away at the moment."""
        return self.starts_at <= moment < self.until

    def throughout(self, start: datetime, end: datetime) -> bool:
        """Whether they are away at every moment from `start` up to `end`."""
        return self.starts_at <= start and end <= self.until


def require_absence(absence: Absence) -> Absence:
    """The absence, if it can be one: it ends after it begins and after now, and nobody stands in
    for themselves."""
    if absence.ends_at <= absence.starts_at:
        raise Invalid({"ends_at": "Frånvaron kan inte sluta innan den börjar."})
    if absence.ends_at <= absence.set_at:
        raise Invalid({"ends_at": "Frånvaron har redan varit; skriv när den slutar."})
    if absence.deputy == absence.account:
        raise Invalid({"deputy": "Välj någon annan än den som är borta."})
    return absence

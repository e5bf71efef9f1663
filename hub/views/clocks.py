"""Clocks as people read them: local promises and legal limits side by side, breaches first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hub.views import words
from hub.views.times import SOON, Deadline, deadline, last_moment, moment
from rules.policy import Policy
from workflows.rows import ClockRow
from workflows.source_words import in_words


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock; `id` names it in a form."""

    case_id: str
    key: str
    name: str
    legal: bool
    unit: str
    deadline: Deadline
    why: str
    law: str
    open_breach: bool
    remains: bool
    cause: str
    comment: str


@dataclass(frozen=True, slots=True)
class ClockPanel:
    """A case's clocks: what runs or is breached, by kind, and what is over."""

    local: tuple[ClockView, ...]
    legal: tuple[ClockView, ...]
    over: tuple[ClockView, ...]

    @property
    def running(self) -> tuple[ClockView, ...]:
        """Everything that has not stopped, the most urgent first."""
        return (*self.local, *self.legal)


def clock_view(
    row: ClockRow, policy: Policy, now: datetime, *, sources: Mapping[str, str]
) -> ClockView:
    """One clock as it stands now; `sources` are the titles of what the rules rest on."""
    return ClockView(
        case_id=row.case_id,
        key=row.key,
        name=row.name,
        legal=row.legal,
        unit=words.unit_name(policy, row.unit) if row.unit else "",
        deadline=stand(row, now),
        why=row.why,
        law=in_words(row.law or "", sources),
        open_breach=row.passed_at is not None and row.explained_at is None,
        remains=row.stopped_at is None,
        cause=policy.breach_causes.get(row.cause or "", row.cause or ""),
        comment=row.comment or "",
    )


def stand(row: ClockRow, now: datetime) -> Deadline:
    """How the clock stands now; one that rests has no end until it runs again."""
    if row.stopped_at is None and row.resting_until is not None:
        return Deadline(
            f"vilar, längst till {moment(row.resting_until)}", "", "resting", "‖", "Vilar"
        )
    if row.stopped_at is None:
        return deadline(row.due_at, now)
    done = moment(row.stopped_at)
    if row.passed_at is not None or row.stopped_at > row.due_at:
        text = f"bröts {last_moment(row.due_at)}"
        return Deadline(text, f"klart {done}", "late", "✖", "För sent")
    return Deadline(f"klart {done}", "", "kept", "✔", "I tid")


def panel(
    rows: Iterable[ClockRow], policy: Policy, now: datetime, *, sources: Mapping[str, str]
) -> ClockPanel:
    """The clocks of a case, breached ones before all and then the nearest."""
    kept = sorted(rows, key=lambda row: row.due_at)
    shown = [(row, clock_view(row, policy, now, sources=sources)) for row in kept]
    alive = [(row, view) for row, view in shown if row.stopped_at is None]
    return ClockPanel(
        local=tuple(view for row, view in alive if not row.legal),
        legal=tuple(view for row, view in alive if row.legal),
        over=tuple(view for row, view in shown if row.stopped_at is not None),
    )


def is_near(row: ClockRow, now: datetime) -> bool:
    """Whether a running clock ends within two hours."""
    return row.stopped_at is None and now < row.due_at <= now + SOON

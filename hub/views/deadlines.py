"""The chef's board: breaches first, then what is about to breach, then every running clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from hub.views.clocks import ClockView, clock_view, is_near
from hub.views.words import LevelTag, level_tag
from rules.clocks import intake_unit
from rules.people import Actor, Role
from workflows.reading import Board
from workflows.rows import CaseRow, ClockRow


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A clock with the case it belongs to; numbers, never content."""

    number: str
    level: LevelTag
    clock: ClockView
    href: str
    explain: str


@dataclass(frozen=True, slots=True)
class CaseClocks:
    """One case's running clocks, local and legal side by side."""

    number: str
    level: LevelTag
    href: str
    local: tuple[ClockView, ...]
    legal: tuple[ClockView, ...]


@dataclass(frozen=True, slots=True)
class DeadlineBoard:
    """Everything that a chef needs to see of the clocks."""

    breached: tuple[CaseClock, ...]
    near: tuple[CaseClock, ...]
    cases: tuple[CaseClocks, ...]
    running: int


def board_view(board: Board, actor: Actor, sources: Mapping[str, str]) -> DeadlineBoard:
    """The board's clocks in order of urgency; `sources` are the titles of what they rest on."""
    build = _Builder(board, actor, sources)
    alive = [row for row in board.clocks if row.stopped_at is None]
    breaches = [row for row in board.clocks if row.passed_at is not None]
    return DeadlineBoard(
        breached=build.to_explain([row for row in breaches if row.explained_at is None]),
        near=build.clocks([row for row in alive if is_near(row, build.at)]),
        cases=build.cases(alive),
        running=len(alive),
    )


class _Builder:
    def __init__(self, board: Board, actor: Actor, sources: Mapping[str, str]) -> None:
        self.at = board.moment.at
        self._policy = board.moment.rulebook.policy
        self._rows = {row.case_id: row for row in board.cases}
        self._units = {(unit.case_id, unit.unit) for unit in board.units}
        self._actor = actor
        self._sources = sources
        self._intake = intake_unit(self._policy)

    def clocks(self, rows: Sequence[ClockRow]) -> tuple[CaseClock, ...]:
        return tuple(self._clock(row) for row in sorted(rows, key=lambda it: it.due_at))

    def to_explain(self, rows: Sequence[ClockRow]) -> tuple[CaseClock, ...]:
        """Those that are for the reader to explain; what others owe is in their lists."""
        return tuple(it for it in self.clocks(rows) if it.explain)

    def cases(self, alive: Sequence[ClockRow]) -> tuple[CaseClocks, ...]:
        found: dict[str, list[ClockRow]] = {}
        for row in alive:
            found.setdefault(row.case_id, []).append(row)
        ordered = sorted(found.items(), key=lambda item: min(it.due_at for it in item[1]))
        return tuple(self._case(self._rows[case_id], rows) for case_id, rows in ordered)

    def _clock(self, row: ClockRow) -> CaseClock:
        case = self._rows[row.case_id]
        href = self._href(case)
        return CaseClock(
            number=case.number,
            level=level_tag(case.level),
            clock=self._view(row),
            href=f"{href}/clocks" if href else "",
            explain=self._explain(row),
        )

    def _view(self, row: ClockRow) -> ClockView:
        return clock_view(row, self._policy, self.at, sources=self._sources)

    def _explain(self, row: ClockRow) -> str:
        """Where the breach is explained; by its owner's chef, the intake's, or the highest."""
        actor, page = self._actor, f"/cases/{row.case_id}/breaches?key={quote(row.key)}"
        owns = actor.unit in (row.owner, self._intake) and actor.has(Role.UNIT_MANAGER)
        return page if owns or actor.has(Role.MANAGER) else ""

    def _case(self, case: CaseRow, rows: Sequence[ClockRow]) -> CaseClocks:
        views = [self._view(row) for row in sorted(rows, key=lambda r: r.due_at)]
        return CaseClocks(
            number=case.number,
            level=level_tag(case.level),
            href=self._href(case),
            local=tuple(view for view in views if not view.legal),
            legal=tuple(view for view in views if view.legal),
        )

    def _href(self, case: CaseRow) -> str:
        """A link only for those who may open the case; the others see its number."""
        actor, base = self._actor, f"/cases/{case.case_id}"
        called = case.closed_at is None and (case.case_id, actor.unit) in self._units
        receives = actor.unit is not None and case.handover_unit == actor.unit
        manages = actor.has(Role.UNIT_MANAGER) and (
            actor.unit == self._intake or called or receives
        )
        return base if manages or actor.has(Role.INTAKE) else ""

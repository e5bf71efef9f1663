"""People at work: a queue for each team, the most urgent first, nobody interrupted.

For tasks of one urgency more people never start a task later, whatever the hours they work: when
a task can start with fewer people, all tasks before it have already started with more, and no
more of them are still going on. With urgencies, meetings and answers in between it is no theorem.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from hub.simulation.agenda import Agenda
from hub.simulation.draws import Draws
from hub.simulation.profile import Profile, Team
from rules.local_time import STOCKHOLM

Urgency = tuple[int, datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A task that somebody has begun: what, for which case, and how long it had waited.

    `nobody` is true when no one of the team was at work when it came.
    """

    team: Team
    step: str
    concern: int
    ready_at: datetime
    started_at: datetime
    ended_at: datetime
    nobody: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do for a concern; `done` is called when it has been done."""

    step: str
    concern: int
    urgency: Urgency
    length: timedelta
    done: Callable[[], None]


@dataclass(slots=True)
class Staff:
    """One team: its queue, and how many are busy."""

    team: Team
    agenda: Agenda
    present: Callable[[datetime], int]
    told: Callable[[Work], None]
    busy: int = 0
    _queue: list[tuple[Urgency, int, Task, datetime, bool]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def ask(self, task: Task) -> None:
        """Put `task` in the queue."""
        now = self.agenda.at
        nobody = self.present(now) == 0
        heappush(self._queue, (task.urgency, next(self._order), task, now, nobody))
        self.begin()

    def begin(self) -> None:
        """Whoever is free takes the most urgent; called too when the hour brings other people."""
        while self._queue and self.busy < self.present(self.agenda.at):
            _, _, task, ready_at, nobody = heappop(self._queue)
            self._take(task, ready_at, nobody=nobody)

    def _take(self, task: Task, ready_at: datetime, *, nobody: bool) -> None:
        now = self.agenda.at
        ended_at = now + task.length
        self.busy += 1
        self.told(
            Work(
                team=self.team,
                step=task.step,
                concern=task.concern,
                ready_at=ready_at,
                started_at=now,
                ended_at=ended_at,
                nobody=nobody,
            )
        )

        def finish() -> None:
            self.busy -= 1
            task.done()
            self.begin()

        self.agenda.put(ended_at, finish)

    @property
    def waiting(self) -> tuple[tuple[Task, datetime, bool], ...]:
        """What nobody has begun, and since when."""
        return tuple((task, since, nobody) for _, _, task, since, nobody in self._queue)


def present(profile: Profile, draws: Draws, team: Team) -> Callable[[datetime], int]:
    """How many of `team` are at work at a moment: the shifts less those who are away that day.

    The first n of a shift are the same people however large it is, and away on the same days.
    """
    known: dict[tuple[int, int, int, int], int] = {}

    def at(moment: datetime) -> int:
        local = moment.astimezone(STOCKHOLM)
        hour = (local.year, local.month, local.day, local.hour)
        if hour not in known:
            known[hour] = _counted(profile, draws, team, at=local)
        return known[hour]

    return at


def _counted(profile: Profile, draws: Draws, team: Team, *, at: datetime) -> int:
    away = profile.absence.get(team, 0.0)
    return sum(
        draws.chance("frånvaro", at.date(), number, one) >= away
        for number, block in enumerate(profile.staffing)
        if block.team == team and block.covers(at)
        for one in range(block.people)
    )

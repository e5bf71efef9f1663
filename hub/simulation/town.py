"""A simulated municipality: an office on a driven clock, its people, and what they have done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.simulation.agenda import Agenda
from hub.simulation.causes import Seen, Wait
from hub.simulation.draws import Draws
from hub.simulation.people import People
from hub.simulation.profile import Duration, Profile, Team
from hub.simulation.teams import Staff, Task, Urgency, Work
from hub.simulation.worker import Worker
from workflows.ports import Office


@dataclass(slots=True, kw_only=True)
class Town:
    """Where the courses of all concerns are played side by side."""

    office: Office
    agenda: Agenda
    profile: Profile
    draws: Draws
    people: People
    worker: Worker
    staff: dict[Team, Staff]
    works: dict[int, list[Work]] = field(default_factory=dict)

    def ask(
        self, team: Team, step: str, done: Callable[[], None], *, concern: int, urgency: Urgency
    ) -> None:
        """Somebody of `team` is to take the step; its length is the same in every run."""
        length = self.length(self.profile.work[step], concern, step)
        task = Task(step=step, concern=concern, urgency=urgency, length=length, done=done)
        self.staff[team].ask(task)

    def length(self, duration: Duration, *names: object) -> timedelta:
        """A drawn length of `duration` in minutes."""
        return timedelta(minutes=self.draws.length(duration, *names))

    def later(self, wait: timedelta, happening: Callable[[], None]) -> None:
        """`happening` takes place after `wait`."""
        self.agenda.put(self.agenda.at + wait, happening)

    def seen(self, concern: int, reached_at: Mapping[str, datetime]) -> Seen:
        """What the simulation knows of a concern until now."""
        begun = (
            Wait(it.team, it.ready_at, it.started_at, it.nobody)
            for it in self.works.get(concern, ())
        )
        queued = (
            Wait(team, since, self.agenda.at, nobody)
            for team, staff in self.staff.items()
            for task, since, nobody in staff.waiting
            if task.concern == concern
        )
        return Seen(self.agenda.at, (*begun, *queued), reached_at)

    def note(self, work: Work) -> None:
        """Somebody has begun a task."""
        self.works.setdefault(work.concern, []).append(work)

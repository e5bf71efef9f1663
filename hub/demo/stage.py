"""Where demo cases are played: the real workflows, with a clock that is set to the past."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules import fold
from rules.case import Case
from rules.people import Actor
from workflows import outages
from workflows.delivering import deliver
from workflows.delivery_ports import Post
from workflows.ports import Office, Scope
from workflows.watching import sweep

WORKER = "00000000-0000-4000-8000-000000000000"


@dataclass(slots=True)
class MovableClock:
    """Tells the time it is set to."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Stage:
    """The office in the past, who acts there, and which cases each course has made."""

    office: Office
    clock: MovableClock
    post: Post
    begins: datetime
    actors: Mapping[str, Actor]
    cases: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def ago(self, minutes: float) -> datetime:
        """The moment that many minutes before the demo begins; negative lies ahead."""
        return self.begins - timedelta(minutes=minutes)

    def case_id(self, name: str) -> str:
        """The case of a course; `name:2` is the second child of its report."""
        course, _, number = name.partition(":")
        return self.cases[course][int(number or 1) - 1]

    def case(self, name: str) -> Case:
        """The case as it is now."""
        case_id = self.case_id(name)
        with self.office.uow() as work:
            case = fold.replay(case_id, work.journal.read(case_id))
        assert case is not None
        return case


Act = Callable[[Stage], object]


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happens so many minutes before the demo begins."""

    ago: float
    act: Act


def play(stage: Stage, scenes: Iterable[Scene]) -> None:
    """Play the scenes of all courses in the order of time, the worker at its post throughout."""
    for scene in sorted(scenes, key=lambda one: -one.ago):
        _watch_until(stage, stage.ago(scene.ago))
        scene.act(stage)
    _watch_until(stage, stage.begins)
    outages.beat(stage.office, WORKER)


def _watch_until(stage: Stage, moment: datetime) -> None:
    """What falls due meanwhile is found when it falls due."""
    while (due := _next_due(stage, moment)) is not None:
        _look(stage, due)
    _look(stage, moment)


def _look(stage: Stage, at: datetime) -> None:
    stage.clock.at = at
    sweep(stage.office)
    deliver(stage.office, stage.post)


def _next_due(stage: Stage, until: datetime) -> datetime | None:
    everything = Scope(everything=True, include_closed=True)
    with stage.office.uow() as work:
        ids = [row.case_id for row in work.lists.cases(everything)]
        clocks = work.lists.clocks(ids)
    after = stage.clock.at
    running = (row.due_at for row in clocks if row.stopped_at is None and row.passed_at is None)
    return min((due for due in running if after < due < until), default=None)

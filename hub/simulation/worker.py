"""The clock worker of a simulation: the ordinary chores, woken exactly when something is due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from hub.simulation.agenda import Agenda
from hub.simulation.post import PlayedPost
from rules import fold
from rules.case import Case
from workflows import outages, watching
from workflows.delivering import deliver
from workflows.ports import Office
from workflows.rows import rows_of
from workflows.vigil_ports import Outage

NAME = "simulering"
_AGAIN = timedelta(minutes=1)


class Follower(Protocol):
    """Who goes on with a case when the program has told something about it."""

    def breached(self, case: Case) -> None: ...

    def reached(self, address: str) -> None: ...


@dataclass(slots=True)
class Tally:
    """What the worker has seen; each of the three last must stay empty."""

    sweeps: int = 0
    found: int = 0
    mails: int = 0
    outages: list[Outage] = field(default_factory=list)
    checks: int = 0
    unpromised: list[tuple[datetime, str]] = field(default_factory=list)
    overlooked: list[tuple[datetime, str]] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Worker:
    """Sweeps, delivers, and when it has been down catches up before anything else."""

    office: Office
    agenda: Agenda
    post: PlayedPost
    followers: dict[str, Follower] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    down: bool = False
    _woken: set[datetime] = field(default_factory=set)
    _retrying: bool = False

    def kept(self, case: Case) -> None:
        """A step was taken in `case`: wake when its clocks and alarms say, and send the mail."""
        rows = rows_of(case)
        moments = {alarm.at for alarm in rows.alarms}
        moments |= {it.due_at for it in rows.clocks if it.stopped_at is None}
        for at in moments - self._woken:
            if at >= self.agenda.at:
                self._woken.add(at)
                self.agenda.put(at, self.look)
        self.deliver()

    def look(self) -> None:
        """The sweep, when somebody is there to make it."""
        if not self.down:
            done = watching.sweep(self.office)
            self.tally.sweeps += 1
            self.tally.damaged.update(done.damaged)
            self._go_on([one.case_id for one in done.passed])

    def _go_on(self, passed: Sequence[str]) -> None:
        self.tally.found += len(passed)
        for case_id in dict.fromkeys(passed):
            case = case_of(self.office, case_id)
            self.kept(case)
            self.followers[case_id].breached(case)
        self.deliver()

    def deliver(self) -> None:
        """The delivery round; what was not taken is tried again."""
        if self.down:
            return
        done = deliver(self.office, self.post)
        self.tally.mails += done.sent
        if done.failed and not self._retrying:
            self._retrying = True
            self.agenda.put(self.agenda.at + _AGAIN, self._try_again)

    def _try_again(self) -> None:
        self._retrying = False
        self.deliver()

    def post_down(self) -> None:
        """No mail is taken from now on."""
        self.post.down = True

    def post_up(self) -> None:
        """Mail is taken again; what waits goes out at its next try."""
        self.post.down = False

    def stop(self) -> None:
        """Nobody watches from now on."""
        outages.beat(self.office, NAME)
        self.down = True

    def start(self) -> None:
        """Catch up, list what passed meanwhile, and only then work on."""
        self.down = False
        outage = outages.beat(self.office, NAME)
        if outage is not None:
            self.tally.outages.append(outage)
        self.look()

    def check(self) -> None:
        """The promise: a running clock or an owned breach, and nothing due that nobody found."""
        self.look()
        now = self.agenda.at
        self.tally.checks += 1
        self.tally.unpromised += [(now, it) for it in unpromised(self.office)]
        if not self.down:
            self.tally.overlooked += [(now, it) for it in _overlooked(self.office, self.followers)]


def unpromised(office: Office) -> tuple[str, ...]:
    """Open cases that nobody would be told about: the promise is that there are none."""
    with office.uow() as work:
        return work.lists.unpromised()


def _overlooked(office: Office, cases: dict[str, Follower]) -> list[str]:
    """Cases with a clock that has run out although the sweep has just been by."""
    now = office.clock()
    with office.uow() as work:
        clocks = work.lists.clocks(tuple(cases))
    return [
        it.case_id
        for it in clocks
        if it.stopped_at is None and it.passed_at is None and it.due_at <= now
    ]


def case_of(office: Office, case_id: str) -> Case:
    """The case as it is now."""
    with office.uow() as work:
        case = fold.replay(case_id, work.journal.read(case_id))
    assert case is not None
    return case

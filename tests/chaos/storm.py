"""Processes that work side by side on one database and die at random commits, thousands of times.

Two at a time, each forked, each with the clock a little further on. Whoever serves people notes
what it has been told is kept before it goes on; whoever watches the clocks notes nothing. Meanwhile
PostgreSQL is restarted, connections are cut, and the mail server is down or in a mood.
"""

import os
import random
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from hub.api.precondition import expecting
from hub.api.problem import Stale
from rules.concern import Child
from rules.errors import Refusal
from rules.fold import replay
from rules.level import Level
from tests.chaos.mail import DOWN, UNSURE, noted, post_at
from tests.chaos.place import Place
from tests.chaos.points import WHEN, at_every_commit, die
from tests.people import GREEN, MIRA, MORNING, ORANGE, RED, report, reported
from tests.stores import TestServer
from workflows import assessing, delivering, registering, watching
from workflows.patience import Patience
from workflows.ports import StoreUnavailable

TOGETHER = 2
MOST_COMMITS = 6
LAPSE = timedelta(minutes=3)
# Thirty others may come before somebody who is slow is taken for dead.
PATIENCE = Patience(lease=30 * LAPSE)
RESTART_EVERY, CUT_EVERY = 50, 4
MAIL_IS_DOWN = 0.1
_NOBODY = 1
_CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = %s AND application_name = 'hub' ORDER BY random() LIMIT 1
"""
_FELL = 70
_ANSWERS = (RED, ORANGE, GREEN)


@dataclass
class Storm:
    """What has died where so far; `calm` counts those that found nothing more to do."""

    place: Place
    server: TestServer
    mail: int
    seed: int = 0
    deaths: Counter[tuple[str, str]] = field(default_factory=Counter)
    calm: int = 0
    restarts: int = 0
    cut: int = 0

    def rage(self, crashes: int) -> datetime:
        """Until so many have died; gives the latest time that any of them had."""
        number, living = 0, 0
        while self.deaths.total() < crashes or living:
            if self.deaths.total() + living < crashes and living < TOGETHER:
                number += 1
                self._fork(number)
                living += 1
                self._befall(number)
                continue
            self._bury()
            living -= 1
        return MORNING + number * LAPSE

    def _befall(self, number: int) -> None:
        """What happens to PostgreSQL, whoever works on it at that moment."""
        if number % RESTART_EVERY == 0:
            self.server.server.halt()
            self.server.server.resume()
            self.restarts += 1
        elif number % CUT_EVERY == 0:
            with psycopg.connect(self.server.address(), autocommit=True) as connection:
                found = connection.execute(_CUT, [self.place.url.database]).fetchall()
            self.cut += len(found)

    def _fork(self, number: int) -> None:
        if os.fork() == 0:
            self.place.clock.now = MORNING + number * LAPSE
            chance = random.Random(f"{self.seed} {number}")
            one = _One(self.place, number, chance, self.mail)
            os._exit(one.live())

    def _bury(self) -> None:
        process, status = os.wait()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            note = self.place.folder / f"death-{process}"
            point, moment = note.read_text("utf-8").split()
            note.unlink()
            self.deaths[point, moment] += 1
        elif status:
            raise AssertionError("a process fell by itself")
        else:
            self.calm += 1


@dataclass
class _One:
    """A process: what it does until it dies, or until there is nothing more to do."""

    place: Place
    number: int
    chance: random.Random
    mail: int
    met: int = 0

    def live(self) -> int:
        last, moment = self.chance.randint(1, MOST_COMMITS), self.chance.choice(WHEN)

        def meet(point: str, passing: str) -> None:
            self.met += passing == WHEN[0]
            if self.met == last and passing == moment:
                note = self.place.folder / f"death-{os.getpid()}"
                note.write_text(f"{point} {moment}", "utf-8")
                die()

        try:
            at_every_commit(meet)
            self._serve() if self.chance.random() < 0.5 else self._watch()
        except BaseException as fault:  # noqa: BLE001  the process ends here, whatever it was
            traceback.print_exception(fault, file=sys.stderr)
            return _FELL
        return 0

    def _watch(self) -> None:
        try:
            watching.sweep(self.place.office)
        except StoreUnavailable:
            return
        post = post_at(self.mail)
        if self.chance.random() < MAIL_IS_DOWN:
            noted(self.place.folder, DOWN)
            post = post_at(_NOBODY)
        try:
            delivering.deliver(self.place.office, post, PATIENCE)
        except StoreUnavailable:
            noted(self.place.folder, UNSURE)

    def _serve(self) -> None:
        """Somebody at the intake; who is refused, or waits in vain, goes on with the next."""
        for turn in range(MOST_COMMITS):
            act: Callable[[], str] = self.chance.choice((self._register, self._step, self._step))
            if turn == 0 and self.number % 5 == 1:
                act = self._register
            try:
                said = act()
            except (Refusal, Stale, StoreUnavailable):
                continue
            self._acknowledge(said)

    def _register(self) -> str:
        reference = f"r-{self.number}-{self.chance.getrandbits(32)}"
        received = self.place.clock.now - timedelta(minutes=self.chance.randint(1, 300))
        answers = self.chance.choice(_ANSWERS)
        child = reported(Child(name=f"Barn {reference}"), answers=answers)
        said = report(child, received_at=received, reference=reference)
        (case,) = registering.register(self.place.office, MIRA, said)
        return f"case {case.id} 1 {reference}"

    def _step(self) -> str:
        ids = self.place.case_ids()
        if not ids:
            return self._register()
        case_id = self.chance.choice(ids[-20:])
        there = self.place.office
        with there.uow() as work:
            case = replay(case_id, work.journal.read(case_id))
        assert case is not None
        here = expecting(there, case.version)
        if case.protection is None:
            after = assessing.assess_protection(here, MIRA, case_id, needed=False, reasons="Nej.")
        elif case.confirmed_level is None:
            after = assessing.set_level(here, MIRA, case_id, level=Level.RED, reason="Skäl.")
        else:
            after = assessing.answer_questions(here, MIRA, case_id, answers=GREEN)
        return f"case {case_id} {after.version} -"

    def _acknowledge(self, said: str) -> None:
        """The client has its answer; it is on paper before anything else happens."""
        with Path(self.place.folder / "acknowledged.txt").open("a", encoding="utf-8") as paper:
            paper.write(f"{said}\n")

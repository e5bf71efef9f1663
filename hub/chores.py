"""What the clock worker does again and again; each chore is short and may be run twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog

from hub import watchdog
from rules.classification import Classification
from workflows import delivering, watching
from workflows.delivery_ports import Post
from workflows.liveness import SKEW
from workflows.ports import Office
from workflows.shadowing import Shadows
from workflows.statement_ports import Seal
from workflows.watching import Passed


class Measures(watchdog.Measures, Protocol):
    """Where the numbers go."""

    def raised(self, lateness: float) -> None: ...

    def delivered(self, way: str, lateness: float) -> None: ...

    def undelivered(self, seconds: float) -> None: ...

    def classified(self, level: str, *, agree: bool) -> None: ...


class Rules(Protocol):
    """The rules on disk."""

    def reload_if_changed(self) -> None: ...


class Chores:
    """The sweep, the delivery round, the shadows, the watchdog and the heartbeat of one worker."""

    def __init__(
        self,
        office: Office,
        post: Post,
        hook: Post | None = None,
        *,
        worker: str,
        measures: Measures,
        rules: Rules,
        skew: Callable[[], timedelta],
        seal: Seal | None = None,
    ) -> None:
        self._office = office
        self._post = post
        self._hook = hook
        self._measures = measures
        self._rules = rules
        self._skew = skew
        self._watchdog = watchdog.Watchdog(
            office, worker=worker, measures=measures, skew=skew, seal=seal
        )
        self._shadows = Shadows(office)
        self._log = structlog.get_logger()

    def catch_up(self) -> None:
        """Before work is accepted: what passed while nobody watched is listed, then recorded."""
        with self._watchdog.living():
            self.sweep()
            self.state()

    def sweep(self) -> None:
        """Record what has passed and warn of what is about to.

        With a wrong clock it waits: a breach is never unwritten, and what is late is found.
        """
        skew = self._skew()
        if abs(skew) > SKEW:
            self._log.critical("sweep.waits", seconds=skew.total_seconds())
            return
        done = watching.sweep(self._office)
        self._tell(done.passed)
        for case_id in done.damaged:
            self._log.critical("case.damaged", case=case_id)

    def deliver(self) -> None:
        """Send what is in the outbox by e-mail."""
        self._round(self._post)

    def call_hooks(self) -> None:
        """Tell the other program, if there is one; a slow one never delays an e-mail."""
        if self._hook is not None:
            self._round(self._hook)

    def _round(self, post: Post) -> None:
        done = delivering.deliver(self._office, post)
        for late in done.late:
            self._measures.delivered(post.way.value, late.total_seconds())
        if done.sent or done.failed or done.dead:
            self._log.info("outbox.delivered", sent=done.sent, failed=done.failed + done.dead)
        if done.dead:
            self._log.error("outbox.gave_up", count=done.dead)

    def shadow(self) -> None:
        """Let the versions in shadow say what they would have said of what has come since."""
        for one in self._shadows.follow():
            told = {"rules_version": one.version, "count": one.count, "differing": one.differing}
            self._log.info("shadow.followed", **told)
            if one.failed:
                self._log.error("shadow.failed", rules_version=one.version, failed=one.failed)

    def beat(self) -> None:
        """A sign of life."""
        self._watchdog.beat()

    def watchdog(self) -> None:
        """Prove the promise, tell what is late, compare the clocks, look at the rules file."""
        self._rules.reload_if_changed()
        self._measures.undelivered(self._undelivered())
        self._watchdog.watch()

    def state(self) -> None:
        """The statement of the day."""
        self._watchdog.state()

    def _undelivered(self) -> float:
        """How many seconds ago the oldest message that is still under way was written."""
        now = self._office.clock()
        with self._office.uow() as work:
            oldest = work.outbox.oldest_waiting(now)
        return (now - oldest).total_seconds() if oldest else 0.0

    def _tell(self, passed: tuple[Passed, ...]) -> None:
        for one in passed:
            lateness = one.late.total_seconds()
            self._measures.raised(lateness)
            self._log.warning(
                "deadline.passed", case=one.number, due_at=one.due_at, lateness=lateness
            )


def tell_of_classification(measures: Measures) -> Callable[[Classification], None]:
    """What is measured and logged each time that the rules have spoken."""

    def told(said: Classification) -> None:
        measures.classified(said.level.value, agree=said.engines_agree)
        log = structlog.get_logger()
        rules = [finding.rule for finding in said.findings]
        log.info(
            "concern.classified",
            proposed=said.level.value,
            rules=rules,
            rules_version=said.rules_version,
        )
        if said.incident is not None:
            log.critical("engines.disagreed", rules_version=said.rules_version, rules=rules)

    return told

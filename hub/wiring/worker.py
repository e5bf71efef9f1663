"""What a clock worker does, and how it is woken."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from adapters.clock import now
from adapters.post import RecordedPost, SmtpPost
from adapters.scheduler import Chore, Scheduler
from adapters.settings import Settings
from adapters.skew import skew
from hub.chores import Chores
from hub.wiring.house import House
from workflows.delivery_ports import Post

_SWEEP, _DELIVERY, _SHADOW, _BEAT, _WATCHDOG = 5, 5, 10, 15, 60


def smtp_post(settings: Settings) -> Post:
    """The real way out for messages."""
    assert settings.smtp_url is not None
    return SmtpPost(settings.smtp_url, sender=settings.mail_from, clock=now)


def recorded_post(moment: Callable[[], datetime]) -> RecordedPost:
    """Keeps what would have been sent."""
    return RecordedPost(moment)


def chores_of(house: House, post: Post) -> Chores:
    """What this process does as a worker."""
    return Chores(
        house.office,
        post,
        worker=str(uuid4()),
        measures=house.metrics,
        rules=house.rules,
        skew=lambda: skew(house.database.engine, now),
    )


def scheduler_of(chores: Chores) -> Scheduler:
    """The alarm clock that wakes the chores."""
    standing = (
        Chore("sweep", _SWEEP, chores.sweep),
        Chore("delivery", _DELIVERY, chores.deliver),
        Chore("shadow", _SHADOW, chores.shadow),
        Chore("heartbeat", _BEAT, chores.beat),
        Chore("watchdog", _WATCHDOG, chores.watchdog),
    )
    return Scheduler(standing, clock=now)

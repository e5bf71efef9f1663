"""What a clock worker does, and how it is woken."""

from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from socket import gethostname
from uuid import uuid4

from adapters.clock import now
from adapters.fitting import HEAD
from adapters.post import RecordedPost, SmtpPost
from adapters.scheduler import Chore, Scheduler
from adapters.settings import Settings
from adapters.skew import skew
from adapters.webhook import WebHook
from hub.chores import Chores
from hub.presence import Presence
from hub.serving import leave
from hub.wiring.house import House
from hub.wiring.seal import seal_of
from workflows.delivery_ports import Post
from workflows.node_ports import Node

_SWEEP, _DELIVERY, _SHADOW, _BEAT, _WATCHDOG, _NODE, _STATEMENT = 5, 5, 10, 15, 60, 5, 20


def smtp_post(settings: Settings) -> Post:
    """The real way out for messages."""
    assert settings.smtp_url is not None
    return SmtpPost(settings.smtp_url, sender=settings.mail_from)


def hook_post(settings: Settings) -> Post | None:
    """The way to another program, if there is one."""
    if settings.webhook_url is None:
        return None
    return WebHook(settings.webhook_url, secrets=settings.webhook_secrets, clock=now)


def recorded_post(moment: Callable[[], datetime]) -> RecordedPost:
    """Keeps what would have been sent."""
    return RecordedPost(moment)


def chores_of(house: House, post: Post) -> Chores:
    """What this process does as a worker."""
    return Chores(
        house.office,
        post,
        hook_post(house.settings),
        worker=str(uuid4()),
        measures=house.metrics,
        rules=house.rules,
        skew=lambda: skew(house.database.engine, now),
        seal=seal_of(house.settings),
    )


def presence_of(house: House, kind: str) -> Presence:
    """This process, as the others see it."""
    at = house.office.clock()
    node = Node(
        id=str(uuid4()),
        kind=kind,
        host=gethostname(),
        program=version("mash-hubben"),
        schema=HEAD,
        started_at=at,
        seen_at=at,
    )
    return Presence(house.office, node, stop=leave)


def scheduler_of(chores: Chores | None, presence: Presence) -> Scheduler:
    """The alarm clock that wakes the chores; without any it only tells that the process lives."""
    node = Chore("node", _NODE, presence.beat)
    if chores is None:
        return Scheduler((node,), clock=now)
    standing = (
        node,
        Chore("sweep", _SWEEP, chores.sweep),
        Chore("delivery", _DELIVERY, chores.deliver),
        Chore("hooks", _DELIVERY, chores.call_hooks),
        Chore("shadow", _SHADOW, chores.shadow),
        Chore("heartbeat", _BEAT, chores.beat),
        Chore("watchdog", _WATCHDOG, chores.watchdog),
        Chore("statement", _STATEMENT, chores.state),
    )
    return Scheduler(standing, clock=now)
